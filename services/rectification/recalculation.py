"""Provisional deadlines become final once the official calendar covers them (domain 3.0.1, 7)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.rectification.deadlines import RecalculateDeadline
from contracts.rectification.problem_ledger import ItemRegistered, ItemReopened
from contracts.rectification.rectification_plan import PlanAccepted, PlanRequested
from contracts.rectification.supervision_order import SupervisionOrderIssued
from contracts.wire import read_command
from services.chassis.aggregates import charter_of
from services.chassis.application import ServiceApplication
from services.chassis.calendar import Due
from services.chassis.recounting import final_due
from services.chassis.timers import running
from services.rectification.domain.problem_ledger import ProblemLedger

SET_BY: dict[type[Any], str] = {
    ItemRegistered: "rectification.item.defaultDeadline",
    ItemReopened: "rectification.item.defaultDeadline",
    PlanRequested: "rectification.plan.deadline",
    PlanAccepted: "rectification.report.deadline",
    SupervisionOrderIssued: "rectification.order.deadline",
}


def recalculate(app: ServiceApplication, _: Letter) -> Iterator[RecalculateDeadline]:
    """Every deadline that runs and is provisional, counted again from its own start under its own rule."""
    for memo in running(app):
        _instant, stream, name, _subject = memo.key.split("|")
        yield from _recalculated(app, UUID(stream), read_command(name, memo.value or b"{}"))


def recalculate_the_item(app: ServiceApplication, letter: Letter) -> Iterator[RecalculateDeadline]:
    """A deadline that stood still while the year was published runs on: it is counted again now."""
    event: Any = letter.event
    ledger = app.load(ProblemLedger, letter.head.stream)
    for _, timer in ledger.timers() if ledger else ():
        if getattr(timer, "item_id", None) == event.item_id:
            yield from _recalculated(app, letter.head.stream, timer)


def _recalculated(app: ServiceApplication, stream: UUID, timer: Any) -> Iterator[RecalculateDeadline]:
    kind = app.kinds[type(timer)]
    aggregate = app.load(kind, stream)
    cycle = charter_of(kind).rows[type(timer)][0]
    if aggregate is None or not aggregate.subject(cycle, timer).provisional:
        return
    due = _counted_again(app, stream, timer)
    if due is not None:
        yield RecalculateDeadline(
            stream_id=stream, subject_id=UUID(cycle.key_of(timer) or str(stream)), old_due_at=timer.due_at,
            new_due_at=due.due_at, calendar_revision=due.revision,
        )


def _counted_again(app: ServiceApplication, stream: UUID, timer: Any) -> Due | None:
    """From the record that set the deadline: when it happened, and which edition of which policy it applied."""
    records: list[Any] = list(app.events.get(stream))
    for record in reversed(records):
        key = SET_BY.get(type(record.event))
        due_at = getattr(record.event, "report_due_at", None) or getattr(record.event, "due_at", None)
        if key is None or due_at != timer.due_at or not _speaks_of(record.event, timer):
            continue
        return final_due(app, record.head, key)
    return None


def _speaks_of(event: Any, timer: Any) -> bool:
    return getattr(event, "item_id", None) == getattr(timer, "item_id", None)
