"""What must hold of a world once it has healed, whatever happened in it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from contracts.correspondence import WRITERS
from contracts.letter import Letter
from contracts.values import Role
from services.chassis.announcing import all_letters
from services.chassis.casebook import each
from services.chassis.clock import system_clock
from services.chassis.listening import by_case
from services.chassis.parked import parked_letters
from services.cli.simulation.witness import WITNESS
from services.cli.simulation.world import World
from services.cli.wiring import auditing, projecting
from services.reporting.views import VIEWS

Breaches = Iterator[str]


class Told:
    """Every log read once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.logs = {name: list(all_letters(disk.log, name)) for name, disk in world.disks.items()}
        self.since = {
            name: letters[world.story.logs[name].max_notification_id() or 0:]
            for name, letters in self.logs.items() if name in world.story.logs
        }


def breaches(world: World) -> list[str]:
    """Every breach of every law, in words."""
    told = Told(world)
    return [f"{law.__name__}: {breach}" for law in LAWS for breach in law(told)]


def all_that_was_said_was_obeyed_once(told: Told) -> Breaches:
    """An answered command's records stand once, together, where its receipt says; nobody is left without an answer."""
    by_cause: dict[Any, list[Letter]] = defaultdict(list)
    for letter in (letter for letters in told.since.values() for letter in letters):
        by_cause[letter.head.causation_id].append(letter)
    for person in told.world.people:
        yield from person.contradictions
        yield from (f"{said.command} got no answer: {person.last_refusal}" for said in person.to_say)
        for command_id, receipt in person.answered.items():
            positions = [letter.position for letter in by_cause[command_id]]
            wanted = told.world.story.caused[command_id]
            if positions != [*range(receipt.position - wanted + 1, receipt.position + 1)][:wanted or 0]:
                yield f"{command_id} has a receipt for {receipt.position}, its records are at {positions}"


def what_was_refused_left_nothing(told: Told) -> Breaches:
    """No record, and no memo of the command."""
    refused = {command_id for person in told.world.people for command_id in person.refused}
    for name, letters in told.since.items():
        yield from (f"{letter!r}" for letter in letters if letter.head.causation_id in refused)
        log = told.world.disks[name].log
        yield from (f"{name} remembers {each}" for each in refused if log.memo("command", str(each)))


def no_position_and_no_version_is_missing(told: Told) -> Breaches:
    """Positions and each stream's versions are 1, 2, 3 …; no instant of storing goes back."""
    for name, letters in told.logs.items():
        versions = Counter[UUID]()
        for number, letter in enumerate(letters, 1):
            versions[letter.head.stream] += 1
            if (letter.position, letter.head.version) != (number, versions[letter.head.stream]):
                yield f"{name}: {letter!r} version {letter.head.version} stands at {number}"
        instants = [letter.head.recorded_at for letter in letters]
        if instants != sorted(instants):
            yield f"{name}: time goes back"


def the_casebook_has_every_record_once_in_order(told: Told) -> Breaches:
    """Byte for byte, and every chain of hashes is whole."""
    filed: dict[str, list[Letter]] = defaultdict(list)
    for one in each(told.world.casebook):
        filed[one.letter.sender].append(one.letter)
    yield from (f"{name} is not as filed" for name in WRITERS if filed[name] != told.logs[name])
    fault = auditing(told.world.casebook, lambda _, __: [], system_clock).verify()
    if fault is not None:
        yield f"{fault}"


def every_letter_was_obeyed_once_in_order(told: Told) -> Breaches:
    """The witness has one record for each letter, and those of one case in the order of each sender."""
    noted = [letter.event.name for letter in told.logs[WITNESS] if letter.name == "registry.BodyRegistered"]  # type: ignore[attr-defined]
    known = {f"{name} {letter.position}": letter for name, letters in told.since.items() for letter in letters}
    counts = Counter(noted)
    yield from (f"{name} was obeyed {counts[name]} times" for name in known if counts[name] != 1)
    last: dict[tuple[str, str], int] = {}
    for letter in (known[name] for name in noted if name in known):
        line = (letter.sender, by_case(letter))
        if last.get(line, 0) > letter.position:
            yield f"{letter!r} was obeyed after {last[line]}"
        last[line] = letter.position
    parked = [place for disk in told.world.disks.values() for place, _ in parked_letters(disk.log)]
    yield from (f"{place} is still parked" for place in parked)


def the_same_came_of_it_as_in_the_quiet(told: Told) -> Breaches:
    """Every stream has the events that it has when nothing fails, each as often."""
    found = Counter((each.sender, each.topic, each.head.stream) for letters in told.since.values() for each in letters)
    wanted = told.world.story.told
    yield from (f"too much: {count} × {one}" for one, count in sorted((found - wanted).items(), key=str))
    yield from (f"missing: {count} × {one}" for one, count in sorted((wanted - found).items(), key=str))


def no_timer_fired_before_its_instant(told: Told) -> Breaches:
    """What a timer says happened when it was due, and was stored then or later."""
    for letter in (letter for letters in told.since.values() for letter in letters):
        if letter.head.actor.role is Role.TIMER and letter.head.recorded_at < letter.head.occurred_at:
            yield f"{letter!r} was stored at {letter.head.recorded_at}, due {letter.head.occurred_at}"


def the_pages_are_the_fold_of_the_casebook(told: Told) -> Breaches:
    """Every view, byte for byte."""
    projector = projecting(told.world.casebook, told.world.pages)
    found = ((name, projector.verify(name)) for name in VIEWS)
    yield from (f"{name}: {difference}" for name, difference in found if difference is not None)


LAWS: tuple[Callable[[Told], Iterable[str]], ...] = (
    all_that_was_said_was_obeyed_once,
    what_was_refused_left_nothing,
    no_position_and_no_version_is_missing,
    the_casebook_has_every_record_once_in_order,
    every_letter_was_obeyed_once_in_order,
    the_same_came_of_it_as_in_the_quiet,
    no_timer_fired_before_its_instant,
    the_pages_are_the_fold_of_the_casebook,
)
