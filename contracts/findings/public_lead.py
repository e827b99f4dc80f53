"""PublicLead (群众反映、投诉举报): who said it and what was said stand in no event in clear.

The command carries both in clear, because the door must hand them over; the service seals them
before anything is stored, and its stream is never in the scope of the school.
"""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, Ciphertext, Instant


class LeadChannel(Enum):
    """途径：责任督学电话、来访、来信、网络平台、政务热线、他处转来。"""

    LISTED_PHONE = "LISTED_PHONE"
    VISIT = "VISIT"
    LETTER = "LETTER"
    ONLINE = "ONLINE"
    HOTLINE = "HOTLINE"
    FORWARDED = "FORWARDED"


class LeadCategory(Enum):
    """类别：收费、安全、食品、师德师风、课业负担、招生、违法办学、侵害权益、其他。"""

    FEES = "FEES"
    SAFETY = "SAFETY"
    FOOD = "FOOD"
    TEACHER_ETHICS = "TEACHER_ETHICS"
    WORKLOAD = "WORKLOAD"
    ADMISSION = "ADMISSION"
    ILLEGAL_RUNNING = "ILLEGAL_RUNNING"
    RIGHTS_INFRINGED = "RIGHTS_INFRINGED"
    OTHER = "OTHER"


class LeadScope(Enum):
    """是否属督导职责：属于、不属于。"""

    IN_SCOPE = "IN_SCOPE"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"


class LeadOutcome(Enum):
    """核实结论：属实、不属实。"""

    SUBSTANTIATED = "SUBSTANTIATED"
    UNSUBSTANTIATED = "UNSUBSTANTIATED"


# --- commands ---------------------------------------------------------------------------------


class _OfLead(Command, kw_only=True):
    stream_key = ("lead_id",)
    lead_id: UUID


class ReceiveLead(_OfLead, kw_only=True):
    """受理一件群众反映；反映人和内容只以密文保存，匿名的不写反映人。"""

    roles = FIELD
    protected = ("source", "text")
    school_id: UUID
    channel: LeadChannel
    category: LeadCategory
    source: str | None = None
    text: str


class TriageLead(_OfLead, kw_only=True):
    """甄别是否属督导职责、是否重复。"""

    roles = BODY
    scope: LeadScope
    duplicate_of: UUID | None = None


class VerifyLead(_OfLead, kw_only=True):
    """核实反映：属实的写明所记录的问题，不属实的写明理由；不得由被反映单位核实。"""

    roles = FIELD
    outcome: LeadOutcome
    finding_id: UUID | None = None
    reasons: str | None = None


class ForwardLead(_OfLead, kw_only=True):
    """不属督导职责的，转有关部门。"""

    roles = BODY
    to_department_id: UUID


class AnswerLead(_OfLead, kw_only=True):
    """答复反映人；匿名的，记录办结。"""

    roles = FIELD | SYSTEM


# --- events -----------------------------------------------------------------------------------


class LeadReceived(Event, kw_only=True):
    """群众反映已受理；反映人和内容为密文，匿名的不写反映人。"""

    lead_id: UUID
    school_id: UUID
    channel: LeadChannel
    category: LeadCategory
    source_sealed: Ciphertext | None = None
    text_sealed: Ciphertext | None = None


class LeadTriaged(Event, kw_only=True):
    """反映已甄别。"""

    lead_id: UUID
    duplicate_of: UUID | None = None
    scope: LeadScope


class LeadSubstantiated(Event, kw_only=True):
    """反映属实；一并写明学校和类别，不写来源。"""

    lead_id: UUID
    finding_id: UUID | None = None
    school_id: UUID | None = None
    category: LeadCategory | None = None


class LeadUnsubstantiated(Event, kw_only=True):
    """反映不属实。"""

    lead_id: UUID
    reasons: str


class LeadForwarded(Event, kw_only=True):
    """反映已转有关部门。"""

    lead_id: UUID
    to_department_id: UUID


class LeadAnswered(Event, kw_only=True):
    """反映已答复或办结。"""

    lead_id: UUID
    answered_at: Instant
