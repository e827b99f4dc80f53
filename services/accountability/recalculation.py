"""Provisional clocks of cases and transfers become final once the official calendar covers them (domain 3.0.1, 7)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contracts.accountability import accountability_case as case
from contracts.accountability import case_transfer as transfer
from contracts.letter import Letter
from contracts.record import Command
from services.accountability.remembered import Provisional
from services.chassis.copies import kept
from services.chassis.memos import Memo
from services.chassis.recounting import final_due
from services.chassis.timers import waiting

Clocks = tuple[tuple[case.CaseClock, str, str], ...]
SET_BY: Mapping[type[Any], Clocks] = {
    case.CaseProposed: ((case.CaseClock.OPENING, "due_at", "accountability.team.deadline"),),
    case.CaseServed: (
        (case.CaseClock.REVIEW_REQUEST, "review_due_at", "accountability.review.request"),
        (case.CaseClock.PUBLICATION, "publication_due_at", "window.promptly"),
    ),
    case.CaseReviewRequested: ((case.CaseClock.REVIEW, "due_at", "accountability.review.decision"),),
    case.CaseReviewDecided: ((case.CaseClock.APPEAL_REQUEST, "appeal_due_at", "accountability.appeal.request"),),
    case.CaseAppealed: ((case.CaseClock.APPEAL, "due_at", "accountability.appeal.decision"),),
    case.CaseAppealDecided: ((case.CaseClock.CORRECTION, "correction_due_at", "accountability.correction"),),
}
"""Which clocks each event starts: the field of the deadline and the policy that sets it."""


def provisional(_: Any, event: Any) -> Iterator[Memo]:
    """Windows have no timer by which a case could be found, so the case is remembered."""
    if event.provisional or getattr(event, "publication_provisional", False):
        yield kept(Provisional(accountability_case_id=event.accountability_case_id), event.accountability_case_id)


REMEMBERED: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
    f"accountability.{event.__name__}": provisional for event in SET_BY
}


def recalculate(app: Any, _: Letter) -> Iterator[Command]:
    """Every deadline that is provisional, counted again from its own start under its own rule."""
    for found in app.kept.every(Provisional):
        yield from _of_case(app, found.accountability_case_id)
    for stream, old in list(waiting(app, "accountability.LapseTransfer")):
        sent = [one for one in app.events.get(stream) if isinstance(one.event, transfer.TransferSent)][-1]
        due = final_due(app, sent.head, "transfer.answer.deadline") if sent.event.provisional else None
        if due is not None:
            yield transfer.RecalculateTransferDeadline(
                transfer_id=stream, old_due_at=old, new_due_at=due.due_at, calendar_revision=due.revision)


def _of_case(app: Any, stream: Any) -> Iterator[case.RecalculateCaseDeadline]:
    """The case itself says which of them still are provisional."""
    for record in app.events.get(stream):
        for clock, field, key in SET_BY.get(type(record.event), ()):
            old, due = getattr(record.event, field), final_due(app, record.head, key)
            if old is not None and due is not None:
                yield case.RecalculateCaseDeadline(
                    accountability_case_id=stream, clock=clock, old_due_at=old, new_due_at=due.due_at,
                    calendar_revision=due.revision)
