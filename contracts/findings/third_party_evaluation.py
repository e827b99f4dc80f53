"""ThirdPartyEvaluation (第三方评估): commissioned, delivered, accepted or disputed, and used."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, UNIT


class EvaluationUse(Enum):
    """用于：改进工作、整改问题、评价、公开发布。"""

    IMPROVEMENT = "IMPROVEMENT"
    RECTIFICATION = "RECTIFICATION"
    EVALUATION = "EVALUATION"
    PUBLICATION = "PUBLICATION"


# --- commands ---------------------------------------------------------------------------------


class _OfCommission(Command, kw_only=True):
    roles = BODY | UNIT
    stream_key = ("commission_id",)
    commission_id: UUID


class Commission(_OfCommission, kw_only=True):
    """委托第三方评估，写明范围、采购依据和其声明的利害关系（没有的列空）。"""

    contractor_id: UUID
    scope: str
    purchase_ref: str
    conflicts_declared: tuple[str, ...]


class Deliver(_OfCommission, kw_only=True):
    """第三方交付评估报告。"""

    report_hash: str


class Accept(_OfCommission, kw_only=True):
    """验收评估报告。"""


class Dispute(_OfCommission, kw_only=True):
    """对评估报告提出异议，写明理由。"""

    reasons: str


class RecordUse(_OfCommission, kw_only=True):
    """登记评估结果用于何处。"""

    used_for: EvaluationUse
    ref_id: UUID


# --- events -----------------------------------------------------------------------------------


class ThirdPartyCommissioned(Event, kw_only=True):
    """第三方评估已委托。"""

    commission_id: UUID
    contractor_id: UUID
    scope: str
    purchase_ref: str
    conflicts_declared: tuple[str, ...]


class ThirdPartyDelivered(Event, kw_only=True):
    """评估报告已交付。"""

    commission_id: UUID
    report_hash: str


class ThirdPartyAccepted(Event, kw_only=True):
    """评估报告已验收。"""

    commission_id: UUID
    accepter_id: UUID


class ThirdPartyDisputed(Event, kw_only=True):
    """对评估报告已提出异议。"""

    commission_id: UUID
    reasons: str


class ThirdPartyUsed(Event, kw_only=True):
    """评估结果的运用已登记。"""

    commission_id: UUID
    used_for: EvaluationUse
    ref_id: UUID
