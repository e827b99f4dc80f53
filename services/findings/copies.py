"""What findings remembers of others: activities with their leaders, who belongs where, its findings by activity."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from services.chassis.copies import kept
from services.chassis.memos import Memo


class Activity(msgspec.Struct, kw_only=True):
    """An activity of scheduling."""

    activity_id: UUID
    body_id: UUID
    targets: tuple[UUID, ...]
    state: str = "PLANNED"
    leader_id: UUID | None = None
    members: tuple[UUID, ...] = ()


class Visit(msgspec.Struct, kw_only=True):
    """A routine visit of scheduling."""

    state: str


class Belonging(msgspec.Struct, kw_only=True):
    """A body or unit at which a person holds a role."""

    place: str


class Found(msgspec.Struct, kw_only=True):
    """A finding, listed under its activity and unit."""

    finding_id: UUID


def _planned(_: Any, event: Any) -> Iterator[Memo]:
    activity = Activity(activity_id=event.activity_id, body_id=event.body_id, targets=event.targets)
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


def _found(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Found(finding_id=event.finding_id), event.activity_id, event.unit_id, event.finding_id)


COPIES: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
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
}
