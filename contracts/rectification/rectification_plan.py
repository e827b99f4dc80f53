"""RectificationPlan (整改工作方案): what a unit will do about every open item, and its report."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, UNIT, CalendarKind, Instant, Value


class RevisionReason(Enum):
    """退回原因：缺举一反三、期限过晚、缺整改措施。"""

    EXTENSION_MISSING = "EXTENSION_MISSING"
    DATE_LATE = "DATE_LATE"
    NO_MEASURE = "NO_MEASURE"


class Publisher(Enum):
    """整改情况由谁公开：单位、督导机构。"""

    UNIT = "UNIT"
    BODY = "BODY"


class PlannedItem(Value, kw_only=True):
    """One item of the plan: measures, responsible person, date."""

    item_id: UUID
    measures: tuple[str, ...]
    person_id: UUID | None = None
    due_at: Instant | None = None


class ExtensionAnswer(Value, kw_only=True):
    """举一反三: how the unit looked for the same problem elsewhere, and what it found."""

    group: str
    method: str
    found_items: tuple[str, ...] = ()


# --- commands ---------------------------------------------------------------------------------


class _OfPlan(Command, kw_only=True):
    stream_key = ("plan_id",)
    plan_id: UUID


class RequestPlan(_OfPlan, kw_only=True):
    """要求单位就清单中的问题报送整改工作方案。"""

    roles = BODY | SYSTEM
    natural_key = ("unit_id", "ledger_id")
    unit_id: UUID
    ledger_id: UUID
    item_ids: tuple[UUID, ...]
    due_at: Instant | None = None


class SubmitPlan(_OfPlan, kw_only=True):
    """单位报送整改工作方案，逐项列出措施、责任人和期限，并举一反三。"""

    roles = UNIT
    items: tuple[PlannedItem, ...]
    extension_answers: tuple[ExtensionAnswer, ...] = ()


class ReturnPlanForRevision(_OfPlan, kw_only=True):
    """退回整改工作方案，写明原因。"""

    roles = BODY
    reason_codes: tuple[RevisionReason, ...]


class AcceptPlan(_OfPlan, kw_only=True):
    """通过整改工作方案，并已告知主管部门。"""

    roles = BODY
    department_informed_at: Instant | None = None


class ReportRectification(_OfPlan, kw_only=True):
    """单位向督导机构报告整改情况。"""

    roles = UNIT
    document_hash: str


class PublishRectification(_OfPlan, kw_only=True):
    """公开整改情况；由单位公开，或由督导机构公开。"""

    roles = UNIT | BODY
    channel: str
    url: str | None = None
    redactions: tuple[str, ...] = ()


class ClosePlanOfRectification(_OfPlan, kw_only=True):
    """问题全部销号，整改工作方案办结。"""

    roles = BODY | SYSTEM


class LapsePlan(_OfPlan, kw_only=True):
    """报送方案或整改报告的期限已过（由时钟发出）。"""

    roles = SYSTEM
    due_at: Instant


# --- events -----------------------------------------------------------------------------------


class PlanRequested(Event, kw_only=True):
    """已要求报送整改工作方案。"""

    plan_id: UUID
    unit_id: UUID
    item_ids: tuple[UUID, ...]
    due_at: Instant | None = None
    ledger_id: UUID | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class PlanSubmitted(Event, kw_only=True):
    """整改工作方案已报送。"""

    plan_id: UUID
    items: tuple[PlannedItem, ...]
    extension_answers: tuple[ExtensionAnswer, ...] = ()


class PlanSentBack(Event, kw_only=True):
    """整改工作方案已退回。"""

    plan_id: UUID
    reason_codes: tuple[RevisionReason, ...]


class PlanAccepted(Event, kw_only=True):
    """整改工作方案已通过，进入整改。"""

    plan_id: UUID
    accepter_id: UUID
    department_informed_at: Instant | None = None
    report_due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class RectificationReported(Event, kw_only=True):
    """整改情况已报告；逐项写明报告时的状态。"""

    plan_id: UUID
    item_states: dict[UUID, str]
    document_hash: str


class RectificationPublished(Event, kw_only=True):
    """整改情况已公开。"""

    plan_id: UUID
    publisher: Publisher
    channel: str
    url: str | None = None
    published_at: Instant
    redactions: tuple[str, ...] = ()


class RectificationPlanClosed(Event, kw_only=True):
    """整改工作方案已办结。"""

    plan_id: UUID


class PlanOverdueRaised(Event, kw_only=True):
    """方案或整改报告逾期。"""

    plan_id: UUID
    due_at: Instant
