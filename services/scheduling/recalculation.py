"""Provisional deadlines of reports and filings become final with the official calendar (domain 3.0.1, 7)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command, Event
from contracts.scheduling.annual_plan import PlanDrafted, RecalculatePlanFilingDeadline
from contracts.scheduling.inspection_activity import FieldworkFinished, RecalculateReportDeadline
from contracts.scheduling.major_matter_filing import FilingDue, RecalculateFilingDeadline
from services.chassis.calendar import Due
from services.chassis.recounting import final_due
from services.chassis.timers import waiting
from services.scheduling.domain.major_matter_filing import window_key


def recalculate(app: Any, _: Letter) -> Iterator[Command]:
    """Every report and filing still awaited, counted again from its own start under the rule of that day."""
    for stream, old in list(waiting(app, "scheduling.LapseReport")):
        if (due := _again(app, stream, FieldworkFinished)) is not None:
            yield RecalculateReportDeadline(activity_id=stream, **_moved(old, due))
    for stream, old in list(waiting(app, "scheduling.LapseFilingDeadline")):
        if (due := _again(app, stream, PlanDrafted)) is not None:
            yield RecalculatePlanFilingDeadline(plan_id=stream, **_moved(old, due))
    for stream, old in list(waiting(app, "scheduling.LapseFiling")):
        if (due := _again(app, stream, FilingDue)) is not None:
            yield RecalculateFilingDeadline(filing_id=stream, **_moved(old, due))


def _again(app: Any, stream: UUID, kind: type[Event]) -> Due | None:
    """From the last record of the kind that set the deadline, if it said provisional."""
    *_, record = (one for one in app.events.get(stream) if isinstance(one.event, kind))
    return final_due(app, record.head, _key(record.event)) if record.event.provisional else None


def _key(event: Any) -> str:
    if isinstance(event, FilingDue):
        return window_key(event.kind)
    return "report.window" if isinstance(event, FieldworkFinished) else "window.onTime"


def _moved(old: Any, due: Due) -> dict[str, Any]:
    return {"old_due_at": old, "new_due_at": due.due_at, "calendar_revision": due.revision}
