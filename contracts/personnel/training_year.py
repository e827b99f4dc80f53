"""TrainingYear (年度培训) of one inspector: hours recorded, corrected, counted, exported."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, Role, Tier, Year


class TrainingKind(Enum):
    """方式：集中培训、网络培训、自学、岗前培训。"""

    CONCENTRATED = "CONCENTRATED"
    ONLINE = "ONLINE"
    SELF_STUDY = "SELF_STUDY"
    PRE_SERVICE = "PRE_SERVICE"


# --- commands ---------------------------------------------------------------------------------


class _OfTrainingYear(Command, kw_only=True):
    stream_key = ("inspector_id", "year")
    inspector_id: UUID
    year: Year


class OpenTrainingYear(_OfTrainingYear, kw_only=True):
    """为一名督学开立一年的培训记录；应达学时按当地规定。"""

    roles = BODY | SYSTEM


class RecordTrainingHours(_OfTrainingYear, kw_only=True):
    """记录一次培训的学时，附证据；同一次培训不得重复记录。"""

    roles = BODY | frozenset({Role.INSPECTOR})
    course_id: UUID
    kind: TrainingKind
    hours: int
    provider_level: Tier
    attended_at: Instant
    evidence_hash: str


class CorrectTrainingHours(_OfTrainingYear, kw_only=True):
    """更正学时，写明有误的记录、增减数和理由。"""

    roles = BODY
    corrects_event_id: UUID
    delta: int
    reason: str


class CloseTrainingYear(_OfTrainingYear, kw_only=True):
    """年度结束，核定是否达到应达学时。"""

    roles = BODY | SYSTEM


class ExportContinuingEducation(_OfTrainingYear, kw_only=True):
    """把学时计入干部或教师继续教育，写明接收单位。"""

    roles = BODY
    receiver: str


# --- events -----------------------------------------------------------------------------------


class TrainingYearOpened(Event, kw_only=True):
    """一年的培训记录已开立；没有规定应达学时的不写。"""

    inspector_id: UUID
    year: int
    required: int | None = None


class TrainingHoursRecorded(Event, kw_only=True):
    """学时已记录。"""

    inspector_id: UUID
    year: int
    course_id: UUID
    kind: TrainingKind
    hours: int
    provider_level: Tier
    attended_at: Instant
    evidence_hash: str


class TrainingHoursCorrected(Event, kw_only=True):
    """学时已更正。"""

    inspector_id: UUID
    year: int
    corrects_event_id: UUID
    delta: int
    reason: str


class TrainingYearClosed(Event, kw_only=True):
    """一年的学时已核定；写明所用的规则。"""

    inspector_id: UUID
    year: int
    required: int | None = None
    concentrated: int
    total: int
    satisfied: bool
    rule_version: str


class ContinuingEducationExported(Event, kw_only=True):
    """学时已计入继续教育。"""

    inspector_id: UUID
    year: int
    hours: int
    receiver: str
