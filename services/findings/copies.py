"""What findings remembers of activities, of who belongs where, and of its own findings, evidence and leads."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from services.chassis.copies import kept
from services.chassis.memos import Memo
from services.findings.copies_measured import MEASURED


class Activity(msgspec.Struct, kw_only=True):
    """An activity of scheduling."""

    activity_id: UUID
    body_id: UUID
    targets: tuple[UUID, ...]
    state: str = "PLANNED"
    leader_id: UUID | None = None
    members: tuple[UUID, ...] = ()
    lead_id: UUID | None = None


class Visit(msgspec.Struct, kw_only=True):
    """A routine visit of scheduling."""

    state: str


class Belonging(msgspec.Struct, kw_only=True):
    """A body or unit at which a person holds a role."""

    place: str


class Attached(msgspec.Struct, kw_only=True):
    """A piece of evidence, listed under its activity."""

    evidence_id: UUID


class Informed(msgspec.Struct, kw_only=True):
    """A lead, listed under the finding that it led to."""

    lead_id: UUID


class ProvisionalOpinion(msgspec.Struct, kw_only=True):
    """An opinion of which a deadline lies, or lay, beyond the official calendar."""

    opinion_id: UUID


class Found(msgspec.Struct, kw_only=True):
    """A finding, listed under its activity and unit."""

    finding_id: UUID


def _planned(_: Any, event: Any) -> Iterator[Memo]:
    lead_id = getattr(event, "lead_id", None)
    activity = Activity(
        activity_id=event.activity_id, body_id=event.body_id, targets=event.targets, lead_id=lead_id)
    yield kept(activity, event.activity_id)


def _team(app: Any, event: Any) -> Iterator[Memo]:
    activity = app.kept.find(Activity, event.activity_id)
    activity.leader_id = event.leader_id
    activity.members = tuple(member.inspector_id for member in event.members)
    yield kept(activity, event.activity_id)


def _becomes(state: str) -> Callable[[Any, Any], Iterator[Memo]]:
    def move(app: Any, event: Any) -> Iterator[Memo]:
        activity = app.kept.find(Activity, event.activity_id)
        activity.state = state
        yield kept(activity, event.activity_id)

    return move


def _visit_becomes(state: str) -> Callable[[Any, Any], Iterator[Memo]]:
    return lambda _, event: iter([kept(Visit(state=state), event.visit_id)])


def _granted(_: Any, event: Any) -> Iterator[Memo]:
    for place in filter(None, (event.body_id, event.unit_id, event.acts_for)):
        yield kept(Belonging(place=str(place)), event.person_id, event.role.value, place)


def _revoked(_: Any, event: Any) -> Iterator[Memo]:
    for memo in _granted(None, event):
        yield memo._replace(value=None)


def _attached(_: Any, event: Any) -> Iterator[Memo]:
    if event.activity_id is not None:
        yield kept(Attached(evidence_id=event.evidence_id), event.activity_id, event.evidence_id)


def _informed(_: Any, event: Any) -> Iterator[Memo]:
    if event.finding_id is not None:
        yield kept(Informed(lead_id=event.lead_id), event.finding_id, event.lead_id)


def _found(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Found(finding_id=event.finding_id), event.activity_id, event.unit_id, event.finding_id)


def _issued(_: Any, event: Any) -> Iterator[Memo]:
    if any(item.provisional for item in event.items):
        yield kept(ProvisionalOpinion(opinion_id=event.opinion_id), event.opinion_id)


COPIES: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
    **MEASURED,
    "scheduling.ActivityPlanned": _planned,
    "scheduling.ActivityProposedOutOfPlan": _planned,
    "scheduling.TeamFormed": _team,
    "scheduling.ActivityStarted": _becomes("IN_PROGRESS"),
    "scheduling.FieldworkFinished": _becomes("FIELDWORK_DONE"),
    "scheduling.ActivityClosed": _becomes("CLOSED"),
    "scheduling.ActivityCancelled": _becomes("CANCELLED"),
    "scheduling.VisitCheckedIn": _visit_becomes("CHECKED_IN"),
    "scheduling.VisitRecorded": _visit_becomes("RECORDED"),
    "registry.RoleGranted": _granted,
    "registry.RoleRevoked": _revoked,
    "findings.FindingRecorded": _found,
    "findings.OpinionIssued": _issued,
    "findings.EvidenceAttached": _attached,
    "findings.LeadSubstantiated": _informed,
}
