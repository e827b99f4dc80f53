"""Inspector (督学): the person from candidate to exit; the stream's id is the person's id."""

from datetime import date
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Function, Instant, Tier


class Category(Enum):
    """类别：总督学、副总督学、专职督学、兼职督学、责任督学、教育督导员、特约教育督导员、人民教育督察员。"""

    CHIEF = "CHIEF"
    DEPUTY_CHIEF = "DEPUTY_CHIEF"
    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    RESPONSIBLE = "RESPONSIBLE"
    EDUCATION_SUPERVISOR = "EDUCATION_SUPERVISOR"
    SPECIAL_SUPERVISOR = "SPECIAL_SUPERVISOR"
    PEOPLES_INSPECTOR = "PEOPLES_INSPECTOR"


class Origin(Enum):
    """来源：干部、校长、教师、专家、教研人员、公务员。"""

    CADRE = "CADRE"
    PRINCIPAL = "PRINCIPAL"
    TEACHER = "TEACHER"
    EXPERT = "EXPERT"
    RESEARCHER = "RESEARCHER"
    CIVIL_SERVANT = "CIVIL_SERVANT"


class EmploymentStatus(Enum):
    """在职状况：在职、退休。"""

    IN_SERVICE = "IN_SERVICE"
    RETIRED = "RETIRED"


class ExitGround(Enum):
    """退出事由：聘期届满、辞职、考核不合格、违纪违规、健康原因、调离、去世。"""

    TERM_ENDED = "TERM_ENDED"
    RESIGNED = "RESIGNED"
    ASSESSMENT_FAILED = "ASSESSMENT_FAILED"
    MISCONDUCT = "MISCONDUCT"
    HEALTH = "HEALTH"
    TRANSFERRED = "TRANSFERRED"
    DECEASED = "DECEASED"


# --- commands ---------------------------------------------------------------------------------


class _OfCandidate(Command, kw_only=True):
    stream_key = ("person_id",)
    person_id: UUID


class _OfInspector(Command, kw_only=True):
    stream_key = ("inspector_id",)
    inspector_id: UUID


class RegisterCandidate(_OfCandidate, kw_only=True):
    """登记一名督学人选，写明类别、来源和在职状况。"""

    roles = BODY
    category: Category
    origin: Origin
    employment_status: EmploymentStatus
    retired_on: date | None = None
    health_attested_at: Instant | None = None
    selection_round_id: UUID | None = None


class RejectCandidate(_OfCandidate, kw_only=True):
    """人选未获通过，写明理由。"""

    roles = BODY
    reason: str


class GrantQualification(_OfCandidate, kw_only=True):
    """经遴选（按规定须培训、认定的，已培训、认定），授予督学资格。"""

    roles = BODY
    batch_id: UUID | None = None
    training_record_id: UUID | None = None
    accredited_by: UUID | None = None
    scope: str | None = None
    valid_to: date | None = None


class AppointInspector(_OfInspector, kw_only=True):
    """任命专职督学。"""

    roles = BODY
    appointing_body_id: UUID
    category: Category
    home_tier: Tier
    functions: tuple[Function, ...]
    specialisations: tuple[str, ...] = ()
    selected_on: date


class EngageInspector(_OfInspector, kw_only=True):
    """聘任兼职督学、责任督学或教育督导员；退出后须重新遴选方可再聘。"""

    roles = BODY
    engaging_body_id: UUID
    category: Category
    functions: tuple[Function, ...]
    employment_status: EmploymentStatus
    retired_on: date | None = None
    selected_on: date


class ConfirmPreServiceTraining(_OfInspector, kw_only=True):
    """确认已完成岗前培训。"""

    roles = BODY
    course_id: UUID
    hours: int
    level: Tier


class SuspendInspector(_OfInspector, kw_only=True):
    """暂停督学履职，写明原因。"""

    roles = BODY | SYSTEM
    reason: str
    conduct_case_id: UUID | None = None


class ReinstateInspector(_OfInspector, kw_only=True):
    """恢复督学履职。"""

    roles = BODY | SYSTEM
    conduct_case_id: UUID | None = None


class RecordExit(_OfInspector, kw_only=True):
    """登记督学退出，写明事由、决定机关和生效时间。"""

    roles = BODY | SYSTEM
    ground: ExitGround
    decided_by: UUID
    effective_at: Instant


# --- events -----------------------------------------------------------------------------------


class CandidateRegistered(Event, kw_only=True):
    """督学人选已登记。"""

    person_id: UUID
    category: Category
    origin: Origin
    employment_status: EmploymentStatus
    retired_on: date | None = None
    health_attested_at: Instant | None = None
    selection_round_id: UUID | None = None


class CandidateRejected(Event, kw_only=True):
    """督学人选未获通过。"""

    person_id: UUID
    reason: str


class QualificationGranted(Event, kw_only=True):
    """督学资格已授予。"""

    person_id: UUID
    batch_id: UUID | None = None
    training_record_id: UUID | None = None
    accredited_by: UUID | None = None
    scope: str | None = None
    valid_to: date | None = None


class InspectorAppointed(Event, kw_only=True):
    """专职督学已任命。"""

    inspector_id: UUID
    appointing_body_id: UUID
    category: Category
    home_tier: Tier
    functions: tuple[Function, ...]
    specialisations: tuple[str, ...] = ()
    selected_on: date


class InspectorEngaged(Event, kw_only=True):
    """督学已聘任；写明连续聘期数。"""

    inspector_id: UUID
    engaging_body_id: UUID
    category: Category
    functions: tuple[Function, ...]
    employment_status: EmploymentStatus
    retired_on: date | None = None
    selected_on: date
    consecutive_terms: int


class PreServiceTrainingCompleted(Event, kw_only=True):
    """岗前培训已完成。"""

    inspector_id: UUID
    course_id: UUID
    hours: int
    level: Tier


class InspectorSuspended(Event, kw_only=True):
    """督学履职已暂停。"""

    inspector_id: UUID
    reason: str
    conduct_case_id: UUID | None = None


class InspectorReinstated(Event, kw_only=True):
    """督学履职已恢复。"""

    inspector_id: UUID
    conduct_case_id: UUID | None = None


class InspectorExited(Event, kw_only=True):
    """督学已退出。"""

    inspector_id: UUID
    ground: ExitGround
    decided_by: UUID
    effective_at: Instant
