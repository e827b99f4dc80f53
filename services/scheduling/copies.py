"""What scheduling remembers of personnel: every inspector's standing, functions, credentials, quota and ties."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.values import Function, Tier
from services.chassis.copies import kept
from services.chassis.memos import Memo
from services.chassis.policy_values import china_day


class Badge(msgspec.Struct, kw_only=True):
    """A credential, with its days."""

    valid_from: date
    valid_to: date
    state: str = "VALID"


class Inspector(msgspec.Struct, kw_only=True):
    """An inspector as personnel last described them."""

    inspector_id: UUID
    body_id: UUID
    tier: Tier
    functions: tuple[Function, ...]
    state: str = "PENDING_TRAINING"
    badges: tuple[Badge, ...] = ()

    def valid_at(self, at: datetime) -> bool:
        """Whether a credential is valid on that day."""
        day = china_day(at)
        return any(b.state == "VALID" and b.valid_from <= day <= b.valid_to for b in self.badges)


class Quota(msgspec.Struct, kw_only=True):
    """How many days a part-time inspector is to serve in a year."""

    days: int


class Tie(msgspec.Struct, kw_only=True):
    """A school at which an inspector held a post, and when he or she left it (personnel.CareerExchangeRecorded)."""

    school_id: UUID
    left: date


class Holder(msgspec.Struct, kw_only=True):
    """Whose credential it is."""

    inspector_id: UUID


Copying = Callable[[Any, Any], Iterator[Memo]]


def _taken_on(app: Any, event: Any) -> Iterator[Memo]:
    body_id = getattr(event, "appointing_body_id", None) or event.engaging_body_id
    tier = getattr(event, "home_tier", None) or app.reference.body(body_id).tier
    inspector = Inspector(inspector_id=event.inspector_id, body_id=body_id, tier=tier, functions=event.functions)
    yield kept(inspector, event.inspector_id)


def _becomes(state: str) -> Copying:
    def move(app: Any, event: Any) -> Iterator[Memo]:
        inspector = app.kept.find(Inspector, event.inspector_id)
        inspector.state = state
        yield kept(inspector, event.inspector_id)

    return move


def _issued(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Holder(inspector_id=event.inspector_id), event.credential_id)
    badge = Badge(valid_from=event.valid_from, valid_to=event.valid_to)
    yield kept(badge, event.inspector_id, event.credential_id)


def _badge_becomes(state: str) -> Copying:
    def move(app: Any, event: Any) -> Iterator[Memo]:
        holder = app.kept.find(Holder, event.credential_id)
        badge = app.kept.find(Badge, holder.inspector_id, event.credential_id)
        badge.state = state
        yield kept(badge, holder.inspector_id, event.credential_id)

    return move


def _quota(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Quota(days=event.quota), event.inspector_id, event.year)


def _tied(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Tie(school_id=event.school_id, left=china_day(event.at)), event.person_id, event.school_id)


def whose(app: Any, event: Any) -> UUID | None:
    """The inspector an event of personnel is about, named or by the credential."""
    named: UUID | None = getattr(event, "inspector_id", None)
    if named is None:
        holder = app.kept.find(Holder, event.credential_id)
        named = holder.inspector_id if holder else None
    return named


def member(app: Any, inspector_id: UUID) -> Inspector | None:
    """An inspector with all their credentials, or None."""
    inspector: Inspector | None = app.kept.find(Inspector, inspector_id)
    if inspector is not None:
        inspector.badges = tuple(app.kept.below(Badge, inspector_id))
    return inspector


COPIES: Mapping[str, Copying] = {
    "personnel.InspectorAppointed": _taken_on,
    "personnel.InspectorEngaged": _taken_on,
    "personnel.PreServiceTrainingCompleted": _becomes("ACTIVE"),
    "personnel.InspectorSuspended": _becomes("SUSPENDED"),
    "personnel.InspectorReinstated": _becomes("ACTIVE"),
    "personnel.InspectorExited": _becomes("EXITED"),
    "personnel.CredentialIssued": _issued,
    "personnel.CredentialSuspended": _badge_becomes("SUSPENDED"),
    "personnel.CredentialRestored": _badge_becomes("VALID"),
    "personnel.CredentialRevoked": _badge_becomes("REVOKED"),
    "personnel.CredentialExpired": _badge_becomes("EXPIRED"),
    "personnel.WorkloadQuotaSet": _quota,
    "personnel.CareerExchangeRecorded": _tied,
}
