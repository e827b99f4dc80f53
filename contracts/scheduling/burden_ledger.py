"""BurdenLedger (督导频次台账) of one unit in one period, over all bodies that come to it."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM


class BurdenKind(Enum):
    """计入的种类：综合督导、专项督导、经常性督导、评估监测、其他。"""

    COMPREHENSIVE = "COMPREHENSIVE"
    SPECIAL = "SPECIAL"
    ROUTINE = "ROUTINE"
    MONITORING = "MONITORING"
    OTHER = "OTHER"


class OverrideGround(Enum):
    """超出上限的理由：突发事件、线索引发、上级交办、回头看。"""

    EMERGENCY = "EMERGENCY"
    LEAD_DRIVEN = "LEAD_DRIVEN"
    UPPER_ORDER = "UPPER_ORDER"
    LOOK_BACK = "LOOK_BACK"


class BurdenRule(Enum):
    """不予安排所依据的规则：次数已满、考试周或开学周、距上次过近、重复督导。"""

    CAP_REACHED = "CAP_REACHED"
    BLACKOUT = "BLACKOUT"
    TOO_CLOSE = "TOO_CLOSE"
    REPEATED = "REPEATED"


# --- commands ---------------------------------------------------------------------------------


class _OfBurden(Command, kw_only=True):
    roles = BODY | SYSTEM
    stream_key = ("unit_id", "period")
    unit_id: UUID
    period: str


class OpenBurdenPeriod(_OfBurden, kw_only=True):
    """为一个单位的一个时段开立台账；各类上限未写的按当地规定。"""

    budget: dict[BurdenKind, int] | None = None


class ReserveBurden(_OfBurden, kw_only=True):
    """为一项督导活动预占天数。"""

    activity_id: UUID
    body_id: UUID
    kind: BurdenKind
    days: int


class OverrideBurden(_OfBurden, kw_only=True):
    """批准超出上限，写明事由、理由和批准人；突发事件以提出人为批准人。"""

    activity_id: UUID
    ground: OverrideGround
    approver_id: UUID
    reason: str


class ConsumeBurden(_OfBurden, kw_only=True):
    """督导活动已开始，占用天数。"""

    activity_id: UUID
    days: int


class ReleaseBurden(_OfBurden, kw_only=True):
    """督导活动已取消或合并，释放天数。"""

    activity_id: UUID
    days: int


class SuggestMerge(_OfBurden, kw_only=True):
    """几个机构在同一时段到同一单位，建议合并。"""

    activity_ids: tuple[UUID, ...]
    bodies: tuple[UUID, ...]


class RefuseActivity(_OfBurden, kw_only=True):
    """不予安排一项督导活动，写明所依据的规则。"""

    activity_id: UUID
    rule: BurdenRule


class CloseBurdenPeriod(_OfBurden, kw_only=True):
    """时段结束，关闭台账。"""


# --- events -----------------------------------------------------------------------------------


class BurdenPeriodOpened(Event, kw_only=True):
    """督导频次台账已开立；没有列出的种类没有上限。"""

    unit_id: UUID
    period: str
    budget: dict[BurdenKind, int]


class BurdenReserved(Event, kw_only=True):
    """天数已预占；写明该类剩余，没有上限的不写。"""

    unit_id: UUID
    period: str
    activity_id: UUID
    body_id: UUID
    kind: BurdenKind
    days: int
    remaining: int | None = None


class BurdenOverrideApproved(Event, kw_only=True):
    """超出上限已获批准。"""

    unit_id: UUID
    period: str
    activity_id: UUID
    ground: OverrideGround
    approver_id: UUID
    reason: str


class BurdenConsumed(Event, kw_only=True):
    """天数已占用。"""

    unit_id: UUID
    period: str
    activity_id: UUID
    days: int
    body_id: UUID | None = None
    kind: BurdenKind | None = None


class BurdenReleased(Event, kw_only=True):
    """天数已释放。"""

    unit_id: UUID
    period: str
    activity_id: UUID
    days: int


class MergeSuggested(Event, kw_only=True):
    """已建议合并。"""

    unit_id: UUID
    period: str
    activity_ids: tuple[UUID, ...]
    bodies: tuple[UUID, ...]


class BurdenRefused(Event, kw_only=True):
    """督导活动不予安排。"""

    unit_id: UUID
    period: str
    activity_id: UUID
    rule: BurdenRule


class BurdenPeriodClosed(Event, kw_only=True):
    """督导频次台账已关闭；写明各类所用天数和超限次数。"""

    unit_id: UUID
    period: str
    used: dict[BurdenKind, int]
    overrides: int
