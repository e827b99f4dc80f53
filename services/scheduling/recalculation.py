"""A provisional deadline of a report becomes final once the official calendar covers it (domain 3.0.1, 7)."""

from collections.abc import Iterator
from typing import Any

from contracts.letter import Letter
from contracts.scheduling.inspection_activity import FieldworkFinished, RecalculateReportDeadline
from contracts.values import CalendarKind
from services.chassis.timers import waiting
from services.scheduling.domain.inspection_activity import InspectionActivity


def recalculate(app: Any, _: Letter) -> Iterator[RecalculateReportDeadline]:
    """Every report still awaited, counted again from the end of the field work under the rule of that day."""
    for stream, old in list(waiting(app, "scheduling.LapseReport")):
        activity = app.load(InspectionActivity, stream)
        if not isinstance(activity, InspectionActivity) or not activity.provisional or activity.origin is None:
            continue
        records: list[Any] = list(app.events.get(stream))
        finished = max(r.head.occurred_at for r in records if isinstance(r.event, FieldworkFinished))
        rule = app.applied(activity.origin, finished).require("report.window")
        due = app.reference.calendar.due(finished, int(rule["amount"]), CalendarKind(rule["calendar"]))
        if not due.provisional:
            yield RecalculateReportDeadline(
                activity_id=stream, old_due_at=old, new_due_at=due.due_at, calendar_revision=due.revision)
