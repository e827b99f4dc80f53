"""Participation (成员单位参加督导): one stream per activity, member unit and person."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT

# --- commands ---------------------------------------------------------------------------------


class RecordParticipation(Command, kw_only=True):
    """登记成员单位派人参加一项督导活动。"""

    roles = BODY | DEPARTMENT
    stream_key = ("activity_id", "member_unit_id", "person_id")
    activity_id: UUID
    member_unit_id: UUID
    person_id: UUID


# --- events -----------------------------------------------------------------------------------


class MemberUnitParticipated(Event, kw_only=True):
    """成员单位已派人参加督导活动。"""

    activity_id: UUID
    member_unit_id: UUID
    person_id: UUID
