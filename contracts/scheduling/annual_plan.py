"""AnnualPlan (年度工作计划) of one body for one calendar year: approved, filed upward, closed.

An activity is planned in its own stream; see `inspection_activity.PlanActivity`.
"""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, Year

# --- commands ---------------------------------------------------------------------------------


class _OfPlan(Command, kw_only=True):
    stream_key = ("plan_id",)
    plan_id: UUID


class DraftPlan(_OfPlan, kw_only=True):
    """拟制一个督导机构一年的工作计划。"""

    roles = BODY
    natural_key = ("body_id", "year")
    body_id: UUID
    year: Year


class MergeActivities(_OfPlan, kw_only=True):
    """把几项督导活动合并为一项，减少对单位的打扰。"""

    roles = BODY
    activity_ids: tuple[UUID, ...]
    lead_activity_id: UUID
    bodies: tuple[UUID, ...] = ()


class ApprovePlan(_OfPlan, kw_only=True):
    """批准年度工作计划。"""

    roles = BODY


class FilePlanUpward(_OfPlan, kw_only=True):
    """把年度工作计划报上一级督导机构备案。"""

    roles = BODY
    to_body_id: UUID | None = None
    document_hash: str


class AcknowledgePlan(_OfPlan, kw_only=True):
    """上一级督导机构签收备案的年度工作计划。"""

    roles = BODY


class ReturnPlan(_OfPlan, kw_only=True):
    """上一级督导机构退回年度工作计划，写明理由。"""

    roles = BODY
    reason: str


class AmendPlan(_OfPlan, kw_only=True):
    """调整已批准的年度工作计划，写明内容和理由；已备案的须重新备案。"""

    roles = BODY
    changes: tuple[str, ...]
    reason: str


class FileWorkReport(_OfPlan, kw_only=True):
    """报送年度工作报告。"""

    roles = BODY
    to_body_id: UUID | None = None
    document_hash: str


class ClosePlan(_OfPlan, kw_only=True):
    """年度结束，关闭年度工作计划。"""

    roles = BODY | SYSTEM


class LapseFilingDeadline(_OfPlan, kw_only=True):
    """年度工作计划的备案期限已过（由时钟发出）。"""

    roles = SYSTEM
    due_at: Instant


class RecalculatePlanFilingDeadline(_OfPlan, kw_only=True):
    """正式放假安排公布后，重新核定年度工作计划的暂定备案期限。"""

    roles = SYSTEM
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


# --- events -----------------------------------------------------------------------------------


class PlanDrafted(Event, kw_only=True):
    """年度工作计划已拟制；写明备案期限。"""

    plan_id: UUID
    body_id: UUID
    year: int
    filing_due_at: Instant | None = None
    provisional: bool = False


class ActivitiesMerged(Event, kw_only=True):
    """督导活动已合并。"""

    activity_ids: tuple[UUID, ...]
    lead_activity_id: UUID
    bodies: tuple[UUID, ...]
    plan_id: UUID | None = None


class PlanApproved(Event, kw_only=True):
    """年度工作计划已批准。"""

    plan_id: UUID
    approver_id: UUID
    version: int


class PlanFiledUpward(Event, kw_only=True):
    """年度工作计划已备案。"""

    plan_id: UUID
    to_body_id: UUID
    due_at: Instant | None = None
    filed_at: Instant
    document_hash: str


class PlanReceiptAcknowledged(Event, kw_only=True):
    """上一级督导机构已签收年度工作计划。"""

    plan_id: UUID
    by_body_id: UUID


class PlanReturned(Event, kw_only=True):
    """年度工作计划已被退回。"""

    plan_id: UUID
    by_body_id: UUID
    reason: str


class PlanAmended(Event, kw_only=True):
    """年度工作计划已调整。"""

    plan_id: UUID
    version: int
    changes: tuple[str, ...]
    reason: str


class WorkReportFiled(Event, kw_only=True):
    """年度工作报告已报送。"""

    plan_id: UUID
    to_body_id: UUID
    document_hash: str


class PlanClosed(Event, kw_only=True):
    """年度工作计划已关闭。"""

    plan_id: UUID


class PlanFilingLapsed(Event, kw_only=True):
    """年度工作计划逾期未备案。"""

    plan_id: UUID
    due_at: Instant


class PlanFilingDeadlineRecalculated(Event, kw_only=True):
    """年度工作计划的暂定备案期限已按正式放假安排重新核定。"""

    plan_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str
