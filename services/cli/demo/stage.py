"""The stage: who says what at which working hour; everything uncertain comes from one seed."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from services.chassis.policy_values import CHINA, china_day
from services.chassis.town import REGISTRY, Town
from services.cli.founding import administrator
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.scenario.writing import command

Act = Callable[[], None]
DAY = timedelta(days=1)


class Stage:
    """Acts wait in an agenda; letters call for new ones."""

    def __init__(self, town: Town, names: Names, chronicle: Chronicle, rng: Random) -> None:
        self.town, self.names, self.rng = town, names, rng
        self.calls: dict[tuple[str, str], list[Callable[[Letter], None]]] = {}
        self._shorts: dict[str, str] = {}
        self._chronicle, self._read = chronicle, len(chronicle.letters)
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._acts = self._sent = 0

    def says(self, person: str, name: str, /, **said: Any) -> None:
        """A person sends a command; in a demonstration a refusal is a mistake, and is raised."""
        self._sent += 1
        identity = self.town.directory.identity(self.names.existing(person, "人员"))
        made = command(self.names, name, said)
        self.town.submit(identity, made, command_id=self.names.minted("demo", self._sent))

    def registers(self, name: str, /, **said: Any) -> None:
        """The country's registrar sends a command."""
        self._sent += 1
        made, command_id = command(self.names, name, said), self.names.minted("demo", self._sent)
        self.town.submit(administrator("system"), made, command_id=command_id)

    def knows(self, shorts: Iterable[str]) -> None:
        """Remember whose ids these are."""
        self._shorts.update({str(self.names.id_of(short)): short for short in shorts})

    def short_of(self, real: UUID | str) -> str:
        """The short id of someone known."""
        return self._shorts[str(real)]

    def at(self, instant: datetime, act: Act) -> None:
        """Put an act on the agenda."""
        self._acts += 1
        heappush(self._agenda, (instant, self._acts, act))

    def in_days(self, least: int, most: int, act: Act) -> None:
        """In some working days, at some hour of the office."""
        day = china_day(self.town.clock.now)
        for _ in range(self.rng.randint(least, most)):
            day = self.working_day(day + DAY)
        self.at(self.hour_of(day), act)

    def working_day(self, day: date) -> date:
        """The day, or the next working day after it."""
        calendar = self.town.services[REGISTRY].reference.calendar
        while not calendar.is_working_day(day):
            day += DAY
        return day

    def hour_of(self, day: date) -> datetime:
        """Between nine and five."""
        return datetime.combine(day, time(9), CHINA) + timedelta(minutes=self.rng.randrange(8 * 60))

    def on(self, name: str, place: str, call: Callable[[Letter], None]) -> None:
        """What to do whenever an event of this name is told in this place."""
        self.calls.setdefault((name, place), []).append(call)

    def run(self, until: datetime, say: Callable[[str], None] = lambda _: None) -> None:
        """Let it all happen, day by day, up to an instant; a line is said for each month."""
        with self.town.gathering():
            self._run(until, say)

    def _run(self, until: datetime, say: Callable[[str], None]) -> None:
        month = self.town.clock.now.month
        while self.town.clock.now < until:
            tomorrow = min(until, self.town.clock.now + DAY)
            while self._agenda and self._agenda[0][0] <= tomorrow:
                instant, _, act = heappop(self._agenda)
                self._listen(max(instant, self.town.clock.now))
                act()
            self._listen(tomorrow)
            if tomorrow.month != month:
                say(f"{month} 月已过，记录 {len(self._chronicle.letters)} 条")
                month = tomorrow.month

    def _listen(self, instant: datetime) -> None:
        """What is told at once is read in an order of its own, however it was carried."""
        self.town.advance_to(instant)
        letters = self._chronicle.letters[self._read:]
        self._read += len(letters)
        for letter in sorted(letters, key=_place):
            for call in self.calls.get((letter.name, str(letter.head.jurisdiction)), ()):
                call(letter)


def _place(letter: Letter) -> tuple[datetime, str, str, int]:
    """It follows from what happened alone: neither from positions nor from when it was recorded."""
    head = letter.head
    return head.occurred_at, letter.name, str(head.stream), head.version
