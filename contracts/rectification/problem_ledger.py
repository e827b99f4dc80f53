"""ProblemLedger (问题清单) and its items (拉条挂账、销号): domain 3.4.1."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import (
    BODY,
    DEPARTMENT,
    FIELD,
    SYSTEM,
    UNIT,
    CalendarKind,
    Instant,
    Role,
    Severity,
    Tier,
)


class ItemSource(Enum):
    """问题来源: 已确认的问题, 上级交办, 国家实地核查, 意见落实检查."""

    CONFIRMED_FINDING = "CONFIRMED_FINDING"
    UPPER_BODY_ITEM = "UPPER_BODY_ITEM"
    NATIONAL_VERIFICATION = "NATIONAL_VERIFICATION"
    IMPLEMENTATION_INSPECTION = "IMPLEMENTATION_INSPECTION"


class ReopenCause(Enum):
    """重新打开的原因: 反弹, 虚假整改."""

    REBOUNDED = "REBOUNDED"
    FALSE_RECTIFICATION = "FALSE_RECTIFICATION"


# --- commands ---------------------------------------------------------------------------------


class _OfLedger(Command, kw_only=True):
    stream_key = ("ledger_id",)


class _OfItem(Command, kw_only=True):
    entity_key = "item_id"
    item_id: UUID


class OpenLedger(_OfLedger, kw_only=True):
    """为一个被督导单位开立问题清单。"""

    roles = BODY | SYSTEM
    natural_key = ("unit_id", "source_activity_id", "issuing_body_id")
    ledger_id: UUID
    unit_id: UUID
    issuing_body_id: UUID
    source_activity_id: UUID | None = None


class RegisterItem(_OfLedger, kw_only=True):
    """拉条挂账：把一个问题列入该单位的问题清单；第一个问题同时开立清单。"""

    roles = BODY | SYSTEM
    natural_key = ("unit_id", "source_activity_id", "issuing_body_id")
    ledger_id: UUID
    item_id: UUID
    unit_id: UUID
    issuing_body_id: UUID
    source: ItemSource
    text: str
    severity: Severity
    source_activity_id: UUID | None = None
    finding_id: UUID | None = None
    competent_department_id: UUID | None = None


class AssignItem(_OfItem, kw_only=True):
    """明确一个问题的责任人和整改期限。"""

    roles = BODY | UNIT
    person_id: UUID
    basis: str
    due_at: Instant | None = None
    calendar: CalendarKind = CalendarKind.WORKING_DAYS


class DelegateItem(_OfItem, kw_only=True):
    """把上级交办的问题作为任务分给一个成员单位。"""

    roles = BODY
    to_member_unit_id: UUID
    due_at: Instant


class LinkPlan(_OfItem, kw_only=True):
    """已通过的整改工作方案覆盖了这个问题。"""

    roles = BODY | SYSTEM
    plan_id: UUID


class StartItem(_OfItem, kw_only=True):
    """单位开始整改这个问题。"""

    roles = UNIT | BODY | SYSTEM


class ReportCompletion(_OfItem, kw_only=True):
    """单位报告整改完成，每项措施附证据。"""

    roles = UNIT | DEPARTMENT
    measures_done: tuple[str, ...]
    evidence_hashes: tuple[str, ...]


class VerifyItem(_OfItem, kw_only=True):
    """与单位及其主管部门无关的人员核实整改到位。"""

    roles = FIELD
    method: str
    evidence_hashes: tuple[str, ...]


class RejectCompletion(_OfItem, kw_only=True):
    """核实认为整改不到位，退回继续整改。"""

    roles = FIELD
    reason: str


class WriteOffItem(_OfItem, kw_only=True):
    """销号；由下发问题的督导机构或其书面委托的机构办理。"""

    roles = BODY | UNIT | DEPARTMENT | frozenset({Role.TEAM_LEADER})
    publication_id: UUID | None = None


class ExtendDeadline(_OfItem, kw_only=True):
    """延长整改期限，写明理由和批准人。"""

    roles = BODY
    new_due_at: Instant
    reason: str
    approver_id: UUID


class LapseDeadline(_OfItem, kw_only=True):
    """整改期限已过（由时钟发出）。"""

    roles = SYSTEM
    due_at: Instant


class PutUnderOrder(_OfItem, kw_only=True):
    """对这个问题已下达督办单。"""

    roles = BODY | SYSTEM
    order_id: UUID


class SuspendItem(_OfItem, kw_only=True):
    """因客观原因中止整改，并定下复核日期。"""

    roles = BODY
    reason: str
    review_at: Instant


class ResumeItem(_OfItem, kw_only=True):
    """复核后恢复整改。"""

    roles = BODY
    reason: str


class ReopenItem(_OfItem, kw_only=True):
    """“回头看”发现反弹或虚假整改，问题重新打开。"""

    roles = BODY | SYSTEM
    look_back_id: UUID
    cause: ReopenCause


class CompensateItem(_OfItem, kw_only=True):
    """所依据的问题已撤回，清单条目随之取消。"""

    roles = BODY | SYSTEM
    corrects_event_id: UUID
    reason: str


class RepointItem(_OfItem, kw_only=True):
    """单位合并、拆分或撤销，问题转由承继单位整改。"""

    roles = BODY | SYSTEM
    to_unit_id: UUID
    reason: str


class ReopenLedger(_OfLedger, kw_only=True):
    """有问题重新打开，已关闭的清单随之重新打开。"""

    roles = BODY | SYSTEM
    ledger_id: UUID
    item_id: UUID
    cause: ReopenCause


class CloseLedger(_OfLedger, kw_only=True):
    """清单中的问题全部办结，关闭清单。"""

    roles = BODY | SYSTEM
    ledger_id: UUID


# --- events -----------------------------------------------------------------------------------


class LedgerOpened(Event, kw_only=True):
    """问题清单已开立。"""

    ledger_id: UUID
    unit_id: UUID
    issuing_body_id: UUID
    tier: Tier
    source_activity_id: UUID | None = None


class ItemRegistered(Event, kw_only=True):
    """问题已挂账。"""

    item_id: UUID
    ledger_id: UUID
    issuing_body_id: UUID
    source: ItemSource
    text: str
    severity: Severity
    finding_id: UUID | None = None
    competent_department_id: UUID | None = None
    managed_by_at_finding: UUID | None = None
    number: str | None = None
    due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class ItemDelegated(Event, kw_only=True):
    """问题已分给成员单位。"""

    item_id: UUID
    to_member_unit_id: UUID
    due_at: Instant


class ItemAssigned(Event, kw_only=True):
    """责任人和整改期限已明确。"""

    item_id: UUID
    person_id: UUID
    due_at: Instant
    calendar: CalendarKind
    basis: str
    provisional: bool = False


class ItemPlanned(Event, kw_only=True):
    """问题已列入整改工作方案。"""

    item_id: UUID
    plan_id: UUID


class ItemStarted(Event, kw_only=True):
    """已开始整改。"""

    item_id: UUID


class CompletionReported(Event, kw_only=True):
    """单位已报告整改完成。"""

    item_id: UUID
    measures_done: tuple[str, ...]
    evidence_hashes: tuple[str, ...]
    reported_by: UUID


class ItemVerified(Event, kw_only=True):
    """已核实整改到位。"""

    item_id: UUID
    verifier_id: UUID
    method: str
    evidence_hashes: tuple[str, ...]


class ItemVerificationFailed(Event, kw_only=True):
    """核实未通过，整改不到位。"""

    item_id: UUID
    verifier_id: UUID
    reason: str


class ItemWrittenOff(Event, kw_only=True):
    """问题已销号。"""

    item_id: UUID
    by_body_id: UUID
    delegate_id: UUID | None = None
    publication_id: UUID | None = None


class DeadlineExtended(Event, kw_only=True):
    """整改期限已延长。"""

    item_id: UUID
    old_due_at: Instant | None
    new_due_at: Instant
    reason: str
    approver_id: UUID
    count: int


class ItemDeadlineLapsed(Event, kw_only=True):
    """整改期限已过，问题逾期。"""

    item_id: UUID
    due_at: Instant


class ItemPutUnderOrder(Event, kw_only=True):
    """问题已进入督办。"""

    item_id: UUID
    order_id: UUID


class ItemSuspended(Event, kw_only=True):
    """整改已中止。"""

    item_id: UUID
    reason: str
    review_at: Instant


class ItemResumed(Event, kw_only=True):
    """整改已恢复。"""

    item_id: UUID
    reason: str


class ItemReopened(Event, kw_only=True):
    """问题已重新打开。"""

    item_id: UUID
    look_back_id: UUID
    cause: ReopenCause
    due_at: Instant
    provisional: bool = False


class ItemCancelled(Event, kw_only=True):
    """问题已取消。"""

    item_id: UUID
    corrects_event_id: UUID
    reason: str


class ItemRepointed(Event, kw_only=True):
    """问题已转由承继单位整改；一并写明承继单位继续办理所需的情况。"""

    item_id: UUID
    from_unit_id: UUID
    to_unit_id: UUID
    reason: str
    state: str | None = None
    due_at: Instant | None = None
    registered_at: Instant | None = None


class LedgerClosed(Event, kw_only=True):
    """问题清单已关闭。"""

    ledger_id: UUID
    counts: dict[str, int]


class LedgerReopened(Event, kw_only=True):
    """问题清单已重新打开。"""

    ledger_id: UUID
    item_id: UUID
    cause: ReopenCause
