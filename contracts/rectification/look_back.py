"""LookBack (回头看、复查、回访核查) and its items, each with a state of its own."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, CalendarKind, Instant


class LookBackKind(Enum):
    """种类：回头看、复查、回访核查。"""

    LOOK_BACK = "LOOK_BACK"
    REVIEW = "REVIEW"
    RETURN_VISIT = "RETURN_VISIT"


class Selection(Enum):
    """问题如何选出：随机抽取、列名。"""

    RANDOM = "RANDOM"
    LISTED = "LISTED"


class LookBackMethod(Enum):
    """方法：跟踪、随机抽查、查阅资料、实地查看、数据比对。"""

    TRACKING = "TRACKING"
    RANDOM_SPOT_CHECK = "RANDOM_SPOT_CHECK"
    DOCUMENT = "DOCUMENT"
    ON_SITE = "ON_SITE"
    DATA = "DATA"


class DismissalOutcome(Enum):
    """虚假整改不成立之后的结论：整改得到巩固、问题反弹。"""

    SUSTAINED = "SUSTAINED"
    REBOUNDED = "REBOUNDED"


# --- commands ---------------------------------------------------------------------------------


class _OfLookBack(Command, kw_only=True):
    stream_key = ("look_back_id",)
    look_back_id: UUID


class _OfLookBackItem(_OfLookBack, kw_only=True):
    item_id: UUID


class ScheduleLookBack(_OfLookBack, kw_only=True):
    """安排“回头看”，列出要看的问题。"""

    roles = BODY | SYSTEM
    item_ids: tuple[UUID, ...]
    kind: LookBackKind = LookBackKind.LOOK_BACK
    selection: Selection
    draw_id: UUID | None = None
    unit_id: UUID | None = None
    due_at: Instant | None = None


class PerformLookBack(_OfLookBack, kw_only=True):
    """开展“回头看”，记录方法和证据。"""

    roles = FIELD
    methods: tuple[LookBackMethod, ...]
    evidence_hashes: tuple[str, ...]


class DecideSustained(_OfLookBackItem, kw_only=True):
    """认定这个问题的整改得到巩固。"""

    roles = FIELD


class DecideRebounded(_OfLookBackItem, kw_only=True):
    """认定这个问题反弹。"""

    roles = FIELD
    description: str


class AllegeFalseRectification(_OfLookBackItem, kw_only=True):
    """提出疑似虚假整改：所报证据与事实不符。"""

    roles = FIELD
    contradictions: tuple[str, ...]


class EstablishFalseRectification(_OfLookBackItem, kw_only=True):
    """认定虚假整改；须有两份以上相互独立的证据，并已听取单位意见。"""

    roles = BODY
    evidence_hashes: tuple[str, ...]
    heard_at: Instant | None = None


class DismissFalseRectification(_OfLookBackItem, kw_only=True):
    """认定虚假整改不成立，并写明该问题是巩固还是反弹。"""

    roles = BODY
    reasons: str
    outcome: DismissalOutcome | None = None


class ReportLookBack(_OfLookBack, kw_only=True):
    """报告并公布“回头看”结果。"""

    roles = BODY
    to_body_ids: tuple[UUID, ...] = ()


# --- events -----------------------------------------------------------------------------------


class LookBackScheduled(Event, kw_only=True):
    """“回头看”已安排。"""

    look_back_id: UUID
    item_ids: tuple[UUID, ...]
    kind: LookBackKind
    selection: Selection
    draw_id: UUID | None = None
    due_at: Instant | None = None
    unit_id: UUID | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class LookBackPerformed(Event, kw_only=True):
    """“回头看”已开展。"""

    look_back_id: UUID
    checker_id: UUID
    methods: tuple[LookBackMethod, ...]
    evidence_hashes: tuple[str, ...]
    at: Instant


class LookBackSustained(Event, kw_only=True):
    """整改得到巩固。"""

    look_back_id: UUID
    item_id: UUID


class LookBackRebounded(Event, kw_only=True):
    """问题反弹。"""

    look_back_id: UUID
    item_id: UUID
    description: str


class FalseRectificationAlleged(Event, kw_only=True):
    """疑似虚假整改。"""

    look_back_id: UUID
    item_id: UUID
    unit_id: UUID
    contradictions: tuple[str, ...]


class FalseRectificationEstablished(Event, kw_only=True):
    """虚假整改成立；写明原核实人。"""

    look_back_id: UUID
    item_id: UUID
    unit_id: UUID
    original_verifier_id: UUID
    evidence_hashes: tuple[str, ...]
    heard_at: Instant


class FalseRectificationDismissed(Event, kw_only=True):
    """虚假整改不成立。"""

    look_back_id: UUID
    item_id: UUID
    reasons: str
    outcome: DismissalOutcome | None = None


class LookBackReported(Event, kw_only=True):
    """“回头看”结果已报告。"""

    look_back_id: UUID
    to_body_ids: tuple[UUID, ...]
    published_at: Instant | None = None
