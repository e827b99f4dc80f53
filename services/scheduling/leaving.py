"""P7: whoever may no longer inspect leaves registers, teams and calendar, and the body above is told."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import double_random_draw, inspection_activity, major_matter_filing, routine_visit
from contracts.scheduling.inspection_activity import RemovalReason
from contracts.values import natural_id
from services.chassis.scope import last_of
from services.scheduling.copies import whose
from services.scheduling.domain.double_random_draw import DoubleRandomDraw
from services.scheduling.domain.inspection_activity import InspectionActivity
from services.scheduling.domain.routine_visit import RoutineVisit
from services.scheduling.traces import Call, Lot, Seat

Wishes = Iterator[Command]
FORMING = frozenset({"TEAMED", "NOTIFIED", "SEALED"})
REASONS = {
    "personnel.InspectorExited": RemovalReason.EXITED,
    "personnel.InspectorSuspended": RemovalReason.SUSPENDED,
    "personnel.CredentialSuspended": RemovalReason.NO_CREDENTIAL,
    "personnel.CredentialRevoked": RemovalReason.NO_CREDENTIAL,
    "personnel.CredentialExpired": RemovalReason.NO_CREDENTIAL,
}
SUBSTITUTION = {
    RemovalReason.EXITED: double_random_draw.SubstitutionReason.EXITED,
    RemovalReason.NO_CREDENTIAL: double_random_draw.SubstitutionReason.NO_CREDENTIAL,
}
"""The list is closed: for a mere suspension somebody must say which of its reasons holds."""
SENTENCES = {
    RemovalReason.EXITED: "名录内的督学已退出", RemovalReason.SUSPENDED: "名录内的督学已暂停履职",
    RemovalReason.NO_CREDENTIAL: "名录内的督学证已失效",
}


def leave(app: Any, letter: Letter) -> Wishes:
    """Out of what has not begun; what has begun is the leader's to decide."""
    inspector_id, reason = whose(app, letter.event), REASONS[letter.name]
    if inspector_id is None:
        return
    yield from _draws(app, inspector_id, reason)
    for seat in app.kept.below(Seat, inspector_id):
        activity = app.load(InspectionActivity, seat.activity_id)
        if activity.state in FORMING and inspector_id in activity.members:
            yield inspection_activity.RemoveTeamMember(
                activity_id=activity.stream, inspector_id=inspector_id, reason=reason)
    for call in app.kept.below(Call, inspector_id):
        visit = app.load(RoutineVisit, call.visit_id)
        if visit.state == "SCHEDULED":
            yield routine_visit.MissVisit(
                visit_id=visit.stream, reason=routine_visit.MissReason.INSPECTOR_UNAVAILABLE)
    if reason is RemovalReason.EXITED:
        yield from _tell_upward(letter, inspector_id)


def _draws(app: Any, inspector_id: UUID, reason: RemovalReason) -> Wishes:
    for lot in app.kept.below(Lot, inspector_id):
        draw = app.load(DoubleRandomDraw, lot.draw_id)
        if draw.state in ("PREPARED", "COMMITTED"):
            yield double_random_draw.AbandonDraw(draw_id=draw.stream, reason=SENTENCES[reason])
        elif draw.state == "DRAWN" and inspector_id in draw.inspectors and reason in SUBSTITUTION:
            yield double_random_draw.SubstituteDraw(
                draw_id=draw.stream, removed_id=inspector_id, reason=SUBSTITUTION[reason])


def _tell_upward(letter: Letter, inspector_id: UUID) -> Wishes:
    body_id = last_of(letter.head.owner_path)
    if body_id is not None:
        yield major_matter_filing.OpenFiling(
            filing_id=natural_id("MajorMatterFiling", "exit", letter.head.event_id), body_id=body_id,
            kind=major_matter_filing.FilingKind.PERSONNEL_CHANGE, source_id=inspector_id)
