"""JointLiability (连带责任) of one competent department for one item, and what it did."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, SYSTEM, Instant, Value


class GuidanceKind(Enum):
    """主管部门的行为：指导、督促。"""

    GUIDANCE = "GUIDANCE"
    URGING = "URGING"


class WeaknessCause(Enum):
    """整改不力的表现：问题逾期、督办无果、“回头看”未通过。"""

    ITEM_OVERDUE = "ITEM_OVERDUE"
    ORDER_LAPSED = "ORDER_LAPSED"
    LOOK_BACK_FAILED = "LOOK_BACK_FAILED"


class Urging(Value, kw_only=True):
    """One recorded act of guidance or urging."""

    kind: GuidanceKind
    at: Instant
    evidence_hash: str


# --- commands ---------------------------------------------------------------------------------


class _OfDuty(Command, kw_only=True):
    stream_key = ("item_id", "department_id")
    item_id: UUID
    department_id: UUID


class NotifyDuty(_OfDuty, kw_only=True):
    """告知主管部门对这个问题负有指导、督促整改的责任。"""

    roles = BODY | SYSTEM


class RecordGuidance(_OfDuty, kw_only=True):
    """记录主管部门的一次指导或督促，写明时间并附证据。"""

    roles = DEPARTMENT | BODY
    kind: GuidanceKind
    at: Instant
    evidence_hash: str


class FindWeakRectification(_OfDuty, kw_only=True):
    """整改不力，启动对主管部门的责任核查。"""

    roles = BODY | SYSTEM
    cause: WeaknessCause


class EstablishJointLiability(_OfDuty, kw_only=True):
    """听取主管部门意见后，认定连带责任。"""

    roles = BODY
    reasons: str
    heard_at: Instant | None = None


class DeclineJointLiability(_OfDuty, kw_only=True):
    """主管部门已及时督促，不认定连带责任。"""

    roles = BODY


# --- events -----------------------------------------------------------------------------------


class DutyNotified(Event, kw_only=True):
    """已告知主管部门责任。"""

    item_id: UUID
    department_id: UUID
    at: Instant


class GuidanceRecorded(Event, kw_only=True):
    """主管部门的指导或督促已记录。"""

    item_id: UUID
    department_id: UUID
    kind: GuidanceKind
    at: Instant
    evidence_hash: str


class WeakRectificationFound(Event, kw_only=True):
    """整改不力，已启动责任核查。"""

    item_id: UUID
    department_id: UUID
    cause: WeaknessCause


class JointLiabilityEstablished(Event, kw_only=True):
    """连带责任成立。"""

    item_id: UUID
    department_id: UUID
    reasons: str
    heard_at: Instant


class JointLiabilityDeclined(Event, kw_only=True):
    """连带责任不成立；列出已有的督促。"""

    item_id: UUID
    department_id: UUID
    urgings: tuple[Urging, ...]
