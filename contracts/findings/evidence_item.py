"""EvidenceItem (证据): its hash is taken where and when it was captured."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, UNIT, Instant


class EvidenceKind(Enum):
    """种类：照片、视频、录音、文件、笔录、数据、其他。"""

    PHOTO = "PHOTO"
    VIDEO = "VIDEO"
    AUDIO = "AUDIO"
    DOCUMENT = "DOCUMENT"
    STATEMENT = "STATEMENT"
    FIGURES = "FIGURES"
    OTHER = "OTHER"


class SealReason(Enum):
    """封存理由：涉及未成年人、涉及举报人、涉及隐私。"""

    MINOR = "MINOR"
    WHISTLEBLOWER = "WHISTLEBLOWER"
    PRIVACY = "PRIVACY"


# --- commands ---------------------------------------------------------------------------------


class _OfEvidence(Command, kw_only=True):
    stream_key = ("evidence_id",)
    evidence_id: UUID


class AttachEvidence(_OfEvidence, kw_only=True):
    """附上一份证据，写明在哪项督导活动或哪次到校取得、取得的时间和摘要值。"""

    roles = FIELD | UNIT
    activity_id: UUID | None = None
    visit_id: UUID | None = None
    unit_id: UUID | None = None
    kind: EvidenceKind
    hash: str
    captured_at: Instant
    offline: bool = False


class SealEvidence(_OfEvidence, kw_only=True):
    """封存证据，写明理由。"""

    roles = BODY | FIELD
    reason: SealReason


# --- events -----------------------------------------------------------------------------------


class EvidenceAttached(Event, kw_only=True):
    """证据已附上。"""

    evidence_id: UUID
    activity_id: UUID | None = None
    visit_id: UUID | None = None
    unit_id: UUID | None = None
    kind: EvidenceKind
    hash: str
    captured_at: Instant
    captured_by: UUID
    offline: bool = False


class EvidenceSealed(Event, kw_only=True):
    """证据已封存。"""

    evidence_id: UUID
    reason: SealReason
