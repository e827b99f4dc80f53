"""What must hold after any history: chains, tables, pages, numbers, time."""

from typing import Any
from uuid import UUID

from contracts.letter import Letter
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.announcing import all_letters
from services.chassis.life_cycle import LifeCycle
from services.cli.wiring import Embedded
from services.reporting.views import VIEWS

COMPOSED = frozenset({"LedgerReopened", "LedgerOpened", "LedgerClosed", "FeedbackCopied"})
"""Events that another command writes beside its own: their table is kept by the aggregate itself."""


def breaches(deployment: Embedded) -> list[str]:
    """Everything that is against the law, in words; empty when all is well."""
    found = [f"chain: {fault}" for fault in [deployment.library.audit.verify()] if fault is not None]
    for name in VIEWS:
        difference = deployment.library.projector.verify(name)
        found += [f"pages of {name}: {difference}"] if difference is not None else []
    for name, app in deployment.town.services.items():
        found += illegal(app.aggregates, list(all_letters(app.recorder, name)))
    return found


def illegal(kinds: tuple[type[Aggregate], ...], letters: list[Letter]) -> list[str]:
    """Stored transitions that no row of the tables allows, deadlines that never were, time that goes back."""
    held: dict[UUID, Aggregate] = {}
    by_event = {event: kind for kind in kinds for event in charter_of(kind).steps}
    found, last = list[str](), None
    for letter in letters:
        made = by_event[type(letter.event)](stream=letter.head.stream)
        aggregate = held.setdefault(letter.head.stream, made)
        cycle = charter_of(type(aggregate)).steps[type(letter.event)].cycle
        before = aggregate.subject(cycle, letter.event).state
        if not allowed(cycle, type(letter.event), before):
            found.append(f"{letter.name} from {before} at {letter.sender} {letter.position}")
        aggregate.evolve(letter.event)
        if last is not None and letter.head.recorded_at < last:
            found.append(f"time goes back at {letter.sender} {letter.position}")
        last = letter.head.recorded_at
    return found


def allowed(cycle: LifeCycle, event: type[Any], state: str) -> bool:
    """Whether some row writes this event from this state."""
    return event.__name__ in COMPOSED or any(
        event in line.outcome and (state in cycle.sources(line)) for line in cycle.rows
    )

