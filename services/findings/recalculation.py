"""A provisional defence window becomes final once the official calendar covers it (domain 3.0.1, 7)."""

from collections.abc import Iterator

from contracts.findings.finding import RecalculateDefenceWindow
from contracts.letter import Letter
from contracts.values import CalendarKind
from services.chassis.timers import waiting
from services.findings.domain.feedback import Feedback
from services.findings.domain.finding import Finding
from services.findings.gathering import App


def recalculate(app: App, _: Letter) -> Iterator[RecalculateDefenceWindow]:
    """Every window that runs and is provisional, counted again from the delivery of its feedback."""
    for stream, old in list(waiting(app, "findings.ConfirmFinding")):
        finding = app.load(Finding, stream)
        if not isinstance(finding, Finding) or not finding.provisional or finding.feedback_id is None:
            continue
        feedback = app.load(Feedback, finding.feedback_id)
        if not isinstance(feedback, Feedback) or feedback.delivered_at is None or finding.origin is None:
            continue
        rule = app.applied(finding.origin, feedback.delivered_at).require("defence.window")
        due = app.reference.calendar.due(
            feedback.delivered_at, int(rule["amount"]), CalendarKind(rule["calendar"]))
        if not due.provisional:
            yield RecalculateDefenceWindow(
                finding_id=stream, old_due_at=old, new_due_at=due.due_at, calendar_revision=due.revision)
