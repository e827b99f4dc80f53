"""Body (机构): whoever acts or receives: offices, committees, departments, governments."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import REGISTRAR, Tier


class BodyKind(Enum):
    """种类：督导办（室）、督导委员会、部门、党委（党工委）、政府（管委会）、成员单位。"""

    OFFICE = "OFFICE"
    COMMITTEE = "COMMITTEE"
    DEPARTMENT = "DEPARTMENT"
    PARTY_COMMITTEE = "PARTY_COMMITTEE"
    GOVERNMENT = "GOVERNMENT"
    MEMBER_UNIT = "MEMBER_UNIT"


# --- commands ---------------------------------------------------------------------------------


class _OfBody(Command, kw_only=True):
    stream_key = ("body_id",)
    body_id: UUID


class RegisterBody(_OfBody, kw_only=True):
    """登记一个机构，写明种类、级别、所在地和上级。"""

    roles = REGISTRAR
    kind: BodyKind
    tier: Tier
    placement: str
    name: str
    parent_body_id: UUID | None = None


class ChangeLeadershipRoster(_OfBody, kw_only=True):
    """登记一个督导机构所对应的党委和政府。"""

    roles = REGISTRAR
    party_committee_body_id: UUID
    government_body_id: UUID


# --- events -----------------------------------------------------------------------------------


class BodyRegistered(Event, kw_only=True):
    """机构已登记；所在地为行政区代码。"""

    body_id: UUID
    kind: BodyKind
    tier: Tier
    parent_body_id: UUID | None = None
    placement: str
    name: str


class LeadershipRosterChanged(Event, kw_only=True):
    """督导机构所对应的党委和政府已登记。"""

    body_id: UUID
    party_committee_body_id: UUID
    government_body_id: UUID
