"""MemberUnit (成员单位) of a committee: its duties and its liaisons."""

from datetime import date
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT

# --- commands ---------------------------------------------------------------------------------


class _OfMemberUnit(Command, kw_only=True):
    stream_key = ("committee_id", "member_unit_id")
    committee_id: UUID
    member_unit_id: UUID


class AssignDuty(_OfMemberUnit, kw_only=True):
    """明确成员单位的一项职责，写明条款。"""

    roles = BODY
    duty_code: str
    clause: str | None = None


class NameLiaison(_OfMemberUnit, kw_only=True):
    """成员单位确定专门的联系人。"""

    roles = BODY | DEPARTMENT
    person_id: UUID
    from_: date = msgspec.field(name="from")


# --- events -----------------------------------------------------------------------------------


class MemberUnitDutyAssigned(Event, kw_only=True):
    """成员单位的职责已明确。"""

    committee_id: UUID
    member_unit_id: UUID
    duty_code: str
    clause: str | None = None


class LiaisonNamed(Event, kw_only=True):
    """成员单位的联系人已确定。"""

    committee_id: UUID
    member_unit_id: UUID
    person_id: UUID
    from_: date = msgspec.field(name="from")
