"""InternalSupervisor (学校内部督导人员): the staff of one school and the leader in charge of it.

One stream per school, because there is exactly one leader at any time.
"""

from datetime import date
from enum import Enum
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, UNIT, Instant


class InternalPost(Enum):
    """岗位：视导员（中小学）、督导员（高校）。"""

    VISITING_SUPERVISOR = "VISITING_SUPERVISOR"
    SUPERVISOR = "SUPERVISOR"


# --- commands ---------------------------------------------------------------------------------


class _OfInternalStaff(Command, kw_only=True):
    roles = UNIT | BODY
    stream_key = ("register_id",)
    register_id: UUID


class EngageInternal(_OfInternalStaff, kw_only=True):
    """学校聘任一名内部督导人员，写明岗位、专兼职和起止日期。"""

    natural_key = ("school_id",)
    entity_key = "person_id"
    school_id: UUID
    person_id: UUID
    post_type: InternalPost
    full_time: bool = False
    from_: date = msgspec.field(name="from")
    to: date | None = None


class EndInternal(_OfInternalStaff, kw_only=True):
    """学校结束一名内部督导人员的聘任，写明理由（期满的由时钟发出）。"""

    roles = UNIT | BODY | SYSTEM
    entity_key = "person_id"
    person_id: UUID
    reason: str


class AppointLeader(_OfInternalStaff, kw_only=True):
    """学校明确一名校级领导负责内部督导，原负责人随之卸任。"""

    natural_key = ("school_id",)
    school_id: UUID
    person_id: UUID
    from_: date = msgspec.field(name="from")


# --- events -----------------------------------------------------------------------------------


class InternalSupervisorEngaged(Event, kw_only=True):
    """内部督导人员已聘任。"""

    register_id: UUID
    school_id: UUID
    person_id: UUID
    post_type: InternalPost
    full_time: bool
    from_: date = msgspec.field(name="from")
    to: date | None = None


class InternalSupervisorEnded(Event, kw_only=True):
    """内部督导人员的聘任已结束。"""

    school_id: UUID
    person_id: UUID
    at: Instant
    reason: str


class InternalLeaderAppointed(Event, kw_only=True):
    """内部督导负责人已明确。"""

    register_id: UUID
    school_id: UUID
    person_id: UUID
    from_: date = msgspec.field(name="from")
