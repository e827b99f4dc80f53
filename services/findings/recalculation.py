"""Provisional windows of defence and deadlines of opinions become final with the calendar (domain 3.0.1, 7)."""

from collections.abc import Iterator
from typing import Any

from contracts.findings.finding import FindingFedBack, RecalculateDefenceWindow
from contracts.findings.inspection_opinion import OpinionIssued, RecalculateOpinionDeadline
from contracts.letter import Letter
from contracts.record import Command
from services.chassis.recounting import final_due
from services.chassis.timers import waiting
from services.findings.copies import ProvisionalOpinion
from services.findings.domain.feedback import Feedback
from services.findings.domain.finding import Finding
from services.findings.gathering import App


def recalculate(app: App, _: Letter) -> Iterator[Command]:
    """Every deadline that is provisional, counted again from its own start under its own rule."""
    yield from _windows(app)
    for found in app.kept.every(ProvisionalOpinion):
        yield from _of_opinion(app, found)


def _windows(app: App) -> Iterator[RecalculateDefenceWindow]:
    """A window begins with the delivery of its feedback."""
    for stream, old in list(waiting(app, "findings.ConfirmFinding")):
        finding = app.load(Finding, stream)
        if not isinstance(finding, Finding) or not finding.provisional or finding.feedback_id is None:
            continue
        feedback = app.load(Feedback, finding.feedback_id)
        *_, fed_back = (one for one in _records(app, stream) if isinstance(one.event, FindingFedBack))
        since = feedback.delivered_at if isinstance(feedback, Feedback) else None
        due = final_due(app, fed_back.head, "defence.window", since)
        if due is not None:
            yield RecalculateDefenceWindow(
                finding_id=stream, old_due_at=old, new_due_at=due.due_at, calendar_revision=due.revision)


def _of_opinion(app: App, found: ProvisionalOpinion) -> Iterator[RecalculateOpinionDeadline]:
    """Item by item, from the day of issue; the opinion itself says which still are provisional."""
    (issued,) = (one for one in _records(app, found.opinion_id) if isinstance(one.event, OpinionIssued))
    due = final_due(app, issued.head, "rectification.item.defaultDeadline")
    for item in issued.event.items:
        if due is not None and item.provisional:
            yield RecalculateOpinionDeadline(
                opinion_id=found.opinion_id, finding_id=item.finding_id, old_due_at=item.due_at,
                new_due_at=due.due_at, calendar_revision=due.revision)


def _records(app: App, stream: Any) -> Iterator[Any]:
    return iter(app.events.get(stream))
