"""Plays a scenario on a town of its own in memory: clock, commands, checks, step by step."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from contracts.letter import Letter
from contracts.record import Command
from contracts.wire import WireError
from services.chassis.clock import HandClock
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.cli.founding import ADMINISTRATORS, administrator
from services.cli.scenario.checks import Answer, Difference, in_order, wrong_answer, wrong_events
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.format import CaseEvents, Scenario, Step
from services.cli.scenario.names import Names, Unnamed
from services.cli.scenario.views import wrong_view
from services.cli.scenario.world import WorldWriter
from services.cli.scenario.writing import command
from services.cli.scenario.yaml_tree import Unreadable
from services.cli.wiring import Embedded, embedded

AT_THE_DOOR = frozenset({"SERVICE_UNKNOWN", "PERSON_UNKNOWN", "TOKEN_INVALID", "TOKEN_EXPIRED"})
"""Refusals of the doors, before any service is asked."""


class Mismatch(Exception):
    """A step did not go as written; `case` is what was recorded of it so far."""

    code = "SCENARIO_MISMATCH"

    def __init__(self, step: str, difference: Difference, case: list[str]) -> None:
        super().__init__(f"{step}：应为 {difference.expected}；实为 {difference.got}")
        self.step, self.expected, self.got, self.case = step, *difference, case


class Played(NamedTuple):
    """A scenario that went as written."""

    title: str
    steps: int
    events: int


def in_memory(clock: datetime, chronicle: Chronicle) -> Embedded:
    """A deployment of one scenario's own, that is gone with it."""
    return embedded(None, HandClock(clock), hearers=(chronicle,))


class Player:
    """One scenario on one town, which `stage` opens at an instant; the same file plays to the same records."""

    def __init__(self, scenario: Scenario, stage: Callable[[datetime, Chronicle], Embedded] = in_memory) -> None:
        self.scenario, self.names, self.chronicle = scenario, Names(scenario.title), Chronicle()
        self.deployment = stage(scenario.clock, self.chronicle)
        self.town = self.deployment.town
        self._ids: list[UUID] = []

    def play(self, say: Callable[[str], None] = lambda _: None) -> Played:
        """Play it all; raises Mismatch, Unreadable, Unnamed, and what the registry refuses of the world."""
        self.build()
        before = len(self.chronicle.letters)
        for number, step in enumerate(self.scenario.steps, 1):
            say(f"第 {number} 步 {in_words(step)}")
            self._play(number, step)
        return Played(self.scenario.title, len(self.scenario.steps), len(self.chronicle.letters) - before)

    def build(self) -> None:
        """Register the world."""
        errands = WorldWriter(self.names, self.scenario.world).errands(self.scenario.policy)
        for number, errand in enumerate(errands):
            command_id = self.names.minted("world", number)
            self.town.submit(administrator(errand.sender), errand.command, command_id=command_id)

    def _play(self, number: int, step: Step) -> None:
        begun = len(self.chronicle.letters)
        self._move_clock(number, step)
        answer = self._sent(number, step) if step.do else None
        letters = self.chronicle.letters[begun:]
        if step.expect_view is not None:
            self.town.pages_follow()
        for difference in (
            wrong_answer(step, answer), wrong_events(step, letters, self.names),
            wrong_view(step.expect_view, self.deployment.library, self.names), self._wrong_case(step.expect_case),
        ):
            if difference is not None:
                raise self._mismatch(number, step, difference)

    def _move_clock(self, number: int, step: Step) -> None:
        if step.at is None:
            return
        if step.at < self.town.clock.now:
            raise Unreadable(f"第 {number} 步：时钟不能往回走，现在已是 {self.town.clock.now.isoformat()}")
        self.town.advance_to(step.at)

    def _sent(self, number: int, step: Step) -> Answer | None:
        try:
            made = command(self.names, step.do or "", step.with_)
            self._ids = list(ids_in(made))
            self.town.submit(
                self._identity(step), made, command_id=self.names.minted("step", step.id or number),
                occurred_at=step.occurred_at, reason=step.reason,
            )
        except WireError as error:
            return Answer(error.code, error.sentence, at_the_door=True)
        except Unnamed as error:
            raise Unnamed(f"第 {number} 步：{error}") from None
        except Refused as refused:
            return Answer(refused.code, refused.sentence, refused.code in AT_THE_DOOR)
        return None

    def _identity(self, step: Step) -> Identity:
        if step.as_ is None:
            raise Unnamed("没有写明由谁（as）发出命令")
        if self.names.known(step.as_) is None and step.as_ in ADMINISTRATORS:
            return administrator(step.as_)
        at_body = self.names.existing(step.at_body, "机构") if step.at_body else None
        return self.town.directory.identity(self.names.existing(step.as_, "人员"), at_body)

    def _wrong_case(self, expected: CaseEvents | None) -> Difference | None:
        if expected is None:
            return None
        letters = self.chronicle.of_unit(self.names.existing(expected.unit, "单位"))
        if in_order(expected.events, letters, self.names):
            return None
        return Difference(f"案卷依次有 {'、'.join(expected.events)}", "、".join(letter.name for letter in letters))

    def _mismatch(self, number: int, step: Step, difference: Difference) -> Mismatch:
        case = [self._line(letter) for letter in self.chronicle.of_case(self._ids)]
        return Mismatch(f"第 {number} 步（{in_words(step)}）", difference, case)

    def _line(self, letter: Letter) -> str:
        at = letter.head.occurred_at.astimezone(self.scenario.clock.tzinfo).isoformat(timespec="minutes")
        return self.names.short_of(f"{at} {letter.name} {msgspec.json.encode(letter.event).decode()}")


def in_words(step: Step) -> str:
    """What a step does, in one line."""
    moved = [f"时钟到 {step.at.isoformat()}"] if step.at else []
    sent = [f"{step.as_} 发出 {step.do}"] if step.do else []
    looked = [word for word in ("expect_view", "expect_case") if getattr(step, word) is not None]
    return "，".join([*moved, *sent, *looked])


def ids_in(made: Command) -> Iterable[UUID]:
    """The ids that a command names."""
    values = (getattr(made, name) for name in made.__struct_fields__)
    return (value for value in values if isinstance(value, UUID))

