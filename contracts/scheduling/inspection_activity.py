"""InspectionActivity (督导活动): planned or not, its team, notice or seal, field work, end."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import (
    BODY,
    DEPARTMENT,
    FIELD,
    SYSTEM,
    UNIT,
    Function,
    Instant,
    Tier,
    Value,
    Window,
)


class Scope(Enum):
    """范围：综合督导、专项督导。"""

    COMPREHENSIVE = "COMPREHENSIVE"
    SPECIAL = "SPECIAL"


class Rhythm(Enum):
    """频次：经常性、随机、随访、突发事件。"""

    ROUTINE = "ROUTINE"
    RANDOM = "RANDOM"
    FOLLOW_UP_VISIT = "FOLLOW_UP_VISIT"
    EMERGENCY = "EMERGENCY"


class Focus(Enum):
    """侧重：过程性、结果性。"""

    PROCESS = "PROCESS"
    RESULT = "RESULT"


class Visibility(Enum):
    """方式：明察、暗访、飞行检查。"""

    OVERT = "OVERT"
    COVERT = "COVERT"
    FLYING = "FLYING"


class Channel(Enum):
    """途径：实地、网络、书面材料、多种结合。"""

    ON_SITE = "ON_SITE"
    ONLINE = "ONLINE"
    DOCUMENT = "DOCUMENT"
    MIXED = "MIXED"


class Posting(Enum):
    """驻点：到访、常驻。"""

    VISITING = "VISITING"
    RESIDENT = "RESIDENT"


class Purpose(Enum):
    """目的：首次督导、回头看、回访核查、国家实地核查、评估认定、意见落实、专题调研。"""

    INITIAL = "INITIAL"
    LOOK_BACK = "LOOK_BACK"
    RETURN_VISIT = "RETURN_VISIT"
    NATIONAL_VERIFICATION = "NATIONAL_VERIFICATION"
    ACCREDITATION = "ACCREDITATION"
    POLICY_IMPLEMENTATION = "POLICY_IMPLEMENTATION"
    TOPICAL_SURVEY = "TOPICAL_SURVEY"


class Target(Enum):
    """对象：下级政府、同级部门、乡镇街道、学校、培训机构、下级督导机构、抽检样本。"""

    LOWER_GOVERNMENT = "LOWER_GOVERNMENT"
    SAME_LEVEL_DEPARTMENT = "SAME_LEVEL_DEPARTMENT"
    TOWNSHIP = "TOWNSHIP"
    SCHOOL = "SCHOOL"
    TRAINING_INSTITUTION = "TRAINING_INSTITUTION"
    LOWER_BODY = "LOWER_BODY"
    SAMPLE_ITEM = "SAMPLE_ITEM"


class Axes(Value, kw_only=True):
    """The nine independent axes that classify an activity; there is no single type."""

    function: Function
    target: Target
    scope: Scope | None = None
    rhythm: Rhythm | None = None
    focus: Focus | None = None
    visibility: Visibility = Visibility.OVERT
    channel: Channel = Channel.ON_SITE
    posting: Posting = Posting.VISITING
    purpose: Purpose = Purpose.INITIAL


class OutOfPlanCause(Enum):
    """计划外的原因：突发事件、线索引发、上级交办。"""

    EMERGENCY = "EMERGENCY"
    LEAD_DRIVEN = "LEAD_DRIVEN"
    UPPER_ORDER = "UPPER_ORDER"


class RecusalGround(Enum):
    """回避事由：亲属关系、曾在该单位任职、利害关系。"""

    RELATIVE = "RELATIVE"
    FORMER_EMPLOYER = "FORMER_EMPLOYER"
    INTEREST = "INTEREST"


class RecusalOutcome(Enum):
    """回避结论：应当回避、无须回避。"""

    GRANTED = "GRANTED"
    DENIED = "DENIED"


class RemovalReason(Enum):
    """离组原因：已退出、暂停履职、督学证失效。"""

    EXITED = "EXITED"
    SUSPENDED = "SUSPENDED"
    NO_CREDENTIAL = "NO_CREDENTIAL"


class NoticeKind(Enum):
    """通知形式：书面、电子、口头。"""

    WRITTEN = "WRITTEN"
    ELECTRONIC = "ELECTRONIC"
    ORAL = "ORAL"


class TeamMember(Value, kw_only=True):
    """An inspector in the team, with the body and level he or she comes from."""

    inspector_id: UUID
    home_body_id: UUID
    tier: Tier


# --- commands ---------------------------------------------------------------------------------


class _OfActivity(Command, kw_only=True):
    stream_key = ("activity_id",)
    activity_id: UUID


class PlanActivity(_OfActivity, kw_only=True):
    """把一项督导活动列入年度工作计划。"""

    roles = BODY
    plan_id: UUID
    body_id: UUID
    axes: Axes
    targets: tuple[UUID, ...]
    window: Window
    indicator_set_version: str | None = None
    legal_basis: tuple[str, ...] = ()
    days: int | None = None


class ProposeOutOfPlan(_OfActivity, kw_only=True):
    """提出一项计划外的督导活动，写明原因。"""

    roles = BODY | SYSTEM
    cause: OutOfPlanCause
    order_id: UUID | None = None
    lead_id: UUID | None = None
    reason: str
    body_id: UUID
    axes: Axes
    targets: tuple[UUID, ...]
    window: Window
    indicator_set_version: str | None = None
    legal_basis: tuple[str, ...] = ()
    days: int | None = None


class HoldConsultation(_OfActivity, kw_only=True):
    """召开督前会商，记录参加部门和要点。"""

    roles = BODY
    consultation_id: UUID
    departments: tuple[UUID, ...]
    points: tuple[str, ...]


class FormTeam(_OfActivity, kw_only=True):
    """组成督导组，明确组长、成员、专家和观察员。"""

    roles = BODY
    leader_id: UUID
    members: tuple[UUID, ...]
    experts: tuple[UUID, ...] = ()
    observers: tuple[UUID, ...] = ()


class RaiseRecusal(_OfActivity, kw_only=True):
    """提出某位督学应当回避。"""

    roles = FIELD | UNIT | DEPARTMENT
    inspector_id: UUID
    ground: RecusalGround


class DecideRecusal(_OfActivity, kw_only=True):
    """决定某位督学是否回避。"""

    roles = BODY
    inspector_id: UUID
    outcome: RecusalOutcome


class RemoveTeamMember(_OfActivity, kw_only=True):
    """督学已退出、暂停履职或督学证失效，离开督导组；缺员可重新组成督导组。"""

    roles = BODY | SYSTEM
    inspector_id: UUID
    reason: RemovalReason


class ServeNotice(_OfActivity, kw_only=True):
    """向单位送达督导通知；仅限明察。"""

    roles = BODY
    unit_id: UUID
    kind: NoticeKind = NoticeKind.WRITTEN


class SealActivity(_OfActivity, kw_only=True):
    """暗访、飞行检查：在开始之前对无关人员保密。"""

    roles = BODY
    sealed_until: Instant
    audience: tuple[UUID, ...]


class StartActivity(_OfActivity, kw_only=True):
    """组长到场签到，督导活动开始。"""

    roles = FIELD
    location: str


class RequestSelfAssessment(_OfActivity, kw_only=True):
    """要求单位按指标体系先行自查自评。"""

    roles = BODY
    unit_id: UUID
    indicator_set_version: str
    due_at: Instant | None = None


class FinishFieldwork(_OfActivity, kw_only=True):
    """实地工作结束，写明天数和到过的单位。"""

    roles = FIELD
    days: int
    units_seen: tuple[UUID, ...]


class CloseActivity(_OfActivity, kw_only=True):
    """督导报告已批准，督导活动结束；没有报告的写明理由。"""

    roles = BODY | SYSTEM
    report_id: UUID | None = None
    reason: str | None = None


class CancelActivity(_OfActivity, kw_only=True):
    """在开始之前取消督导活动，写明理由。"""

    roles = BODY | SYSTEM
    reason: str


class RecalculateReportDeadline(_OfActivity, kw_only=True):
    """正式放假安排公布后，重新核定暂定的报告期限。"""

    roles = SYSTEM
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


class LapseReport(_OfActivity, kw_only=True):
    """督导报告的期限已过（由时钟发出）。"""

    roles = SYSTEM
    due_at: Instant


# --- events -----------------------------------------------------------------------------------


class ActivityPlanned(Event, kw_only=True):
    """督导活动已列入计划。"""

    activity_id: UUID
    plan_id: UUID
    body_id: UUID
    axes: Axes
    targets: tuple[UUID, ...]
    window: Window
    indicator_set_version: str | None = None
    legal_basis: tuple[str, ...] = ()
    days: int | None = None


class ActivityProposedOutOfPlan(Event, kw_only=True):
    """计划外的督导活动已提出。"""

    activity_id: UUID
    cause: OutOfPlanCause
    order_id: UUID | None = None
    lead_id: UUID | None = None
    reason: str
    body_id: UUID
    axes: Axes
    targets: tuple[UUID, ...]
    window: Window
    indicator_set_version: str | None = None
    legal_basis: tuple[str, ...] = ()
    days: int | None = None


class ConsultationHeld(Event, kw_only=True):
    """督前会商已召开。"""

    consultation_id: UUID
    activity_id: UUID
    departments: tuple[UUID, ...]
    points: tuple[str, ...]


class TeamFormed(Event, kw_only=True):
    """督导组已组成。"""

    activity_id: UUID
    leader_id: UUID
    members: tuple[TeamMember, ...]
    experts: tuple[UUID, ...] = ()
    observers: tuple[UUID, ...] = ()


class RecusalRaised(Event, kw_only=True):
    """已提出回避。"""

    activity_id: UUID
    inspector_id: UUID
    ground: RecusalGround
    raised_by: UUID


class RecusalDecided(Event, kw_only=True):
    """回避已决定。"""

    activity_id: UUID
    inspector_id: UUID
    outcome: RecusalOutcome
    decided_by: UUID


class TeamMemberRemoved(Event, kw_only=True):
    """督学已离开督导组。"""

    activity_id: UUID
    inspector_id: UUID
    reason: RemovalReason


class NoticeServed(Event, kw_only=True):
    """督导通知已送达；写明提前的天数。"""

    activity_id: UUID
    unit_id: UUID
    kind: NoticeKind
    served_at: Instant
    lead_days: int | None = None


class ActivitySealed(Event, kw_only=True):
    """督导活动已保密。"""

    activity_id: UUID
    sealed_until: Instant
    audience: tuple[UUID, ...]


class ActivityStarted(Event, kw_only=True):
    """督导活动已开始。"""

    activity_id: UUID
    started_at: Instant
    location: str


class SelfAssessmentRequested(Event, kw_only=True):
    """已要求单位自查自评。"""

    activity_id: UUID
    unit_id: UUID
    indicator_set_version: str
    due_at: Instant | None = None
    provisional: bool = False


class FieldworkFinished(Event, kw_only=True):
    """实地工作已结束；写明报告期限。"""

    activity_id: UUID
    days: int
    units_seen: tuple[UUID, ...]
    report_due_at: Instant | None = None
    provisional: bool = False


class ReportDeadlineRecalculated(Event, kw_only=True):
    """暂定的报告期限已按正式放假安排重新核定。"""

    activity_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


class ActivityClosed(Event, kw_only=True):
    """督导活动已结束。"""

    activity_id: UUID
    report_id: UUID | None = None
    reason: str | None = None


class ActivityCancelled(Event, kw_only=True):
    """督导活动已取消。"""

    activity_id: UUID
    reason: str


class ReportOverdueRaised(Event, kw_only=True):
    """督导报告逾期。"""

    activity_id: UUID
    due_at: Instant
