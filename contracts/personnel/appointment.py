"""Appointment (聘期) of an inspector: its end is never edited, only a renewal makes a new term."""

from datetime import date
from enum import Enum
from uuid import UUID

import msgspec

from contracts.personnel.assessment import AssessmentGrade, AssessmentKind
from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant


class TerminationGround(Enum):
    """解聘事由：考核不合格、违纪违规。"""

    ASSESSMENT_FAILED = "ASSESSMENT_FAILED"
    MISCONDUCT = "MISCONDUCT"


# --- commands ---------------------------------------------------------------------------------


class _OfAppointment(Command, kw_only=True):
    stream_key = ("appointment_id",)
    appointment_id: UUID


class OpenAppointment(_OfAppointment, kw_only=True):
    """任命或聘任之后开始一个聘期，写明起止日期。"""

    roles = BODY | SYSTEM
    natural_key = ("inspector_id", "from_")
    inspector_id: UUID
    from_: date = msgspec.field(name="from")
    to: date


class AttachAssessment(_OfAppointment, kw_only=True):
    """把已确认的年度考核或聘期考核记入聘期。"""

    roles = BODY | SYSTEM
    assessment_id: UUID
    kind: AssessmentKind
    grade: AssessmentGrade


class RenewAppointment(_OfAppointment, kw_only=True):
    """续聘，写明新的截止日期和所依据的聘期考核；没有聘期考核的写明理由。"""

    roles = BODY
    new_to: date
    term_assessment_id: UUID | None = None
    reason: str | None = None


class EndAppointment(_OfAppointment, kw_only=True):
    """聘期届满或辞聘，聘期结束（届满的由时钟发出）。"""

    roles = BODY | SYSTEM
    reason: str


class TerminateAppointment(_OfAppointment, kw_only=True):
    """因考核不合格或违纪违规解聘，写明所依据的决定。"""

    roles = BODY | SYSTEM
    ground: TerminationGround
    decision_id: UUID


# --- events -----------------------------------------------------------------------------------


class AppointmentOpened(Event, kw_only=True):
    """聘期已开始；写明是第几个连续聘期。"""

    appointment_id: UUID
    inspector_id: UUID
    from_: date = msgspec.field(name="from")
    to: date
    term_number: int


class AppointmentAssessed(Event, kw_only=True):
    """考核已记入聘期。"""

    appointment_id: UUID
    assessment_id: UUID
    kind: AssessmentKind
    grade: AssessmentGrade


class AppointmentRenewed(Event, kw_only=True):
    """已续聘。"""

    appointment_id: UUID
    old_to: date
    new_to: date
    term_number: int
    term_assessment_id: UUID | None = None
    reason: str | None = None


class AppointmentEnded(Event, kw_only=True):
    """聘期已结束。"""

    appointment_id: UUID
    ended_at: Instant
    reason: str


class AppointmentTerminated(Event, kw_only=True):
    """已解聘。"""

    appointment_id: UUID
    at: Instant
    ground: TerminationGround
    decision_id: UUID
