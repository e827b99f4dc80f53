"""Interview (约谈) of the responsible persons of a unit, its written record, and where that was filed."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, Severity, Value


class InterviewGround(Enum):
    """约谈情形；各地适用哪些由政策取值决定。

    决策部署贯彻不坚决、履职不到位、重点任务进展滞后、办学行为不规范、质量下降、安全问题多、拒不接受督导；
    决策部署不落实、履职存在突出问题、质量严重下降、不配合或拒绝督导、违规失责造成恶劣影响、安全问题或拒绝督导。
    """

    DECISIONS_NOT_RESOLUTE = "DECISIONS_NOT_RESOLUTE"
    DUTIES_NOT_FULFILLED = "DUTIES_NOT_FULFILLED"
    KEY_TASK_DELAY = "KEY_TASK_DELAY"
    IRREGULAR_RUNNING = "IRREGULAR_RUNNING"
    QUALITY_DECLINE = "QUALITY_DECLINE"
    SAFETY_PROBLEMS = "SAFETY_PROBLEMS"
    REFUSED_INSPECTION = "REFUSED_INSPECTION"
    DECISIONS_NOT_IMPLEMENTED = "DECISIONS_NOT_IMPLEMENTED"
    DUTIES_PROMINENT_PROBLEMS = "DUTIES_PROMINENT_PROBLEMS"
    QUALITY_DECLINE_SEVERE = "QUALITY_DECLINE_SEVERE"
    NON_COOPERATION_OR_REFUSAL = "NON_COOPERATION_OR_REFUSAL"
    VIOLATION_WITH_BAD_CONSEQUENCES = "VIOLATION_WITH_BAD_CONSEQUENCES"
    SAFETY_OR_REFUSAL = "SAFETY_OR_REFUSAL"


class AddresseeKind(Enum):
    """备案对象：党委（党工委）、政府（管委会）、上级部门。"""

    PARTY = "PARTY"
    GOVERNMENT = "GOVERNMENT"
    UPPER = "UPPER"


class FollowUpOutcome(Enum):
    """约谈要求的去向：转入问题清单、已经落实。"""

    IN_LEDGER = "IN_LEDGER"
    DONE = "DONE"


class SignatureRefusal(Value, kw_only=True):
    """Who refused to sign the record, and who witnessed it."""

    person_ids: tuple[UUID, ...]
    witness_ids: tuple[UUID, ...]
    note: str | None = None


# --- commands ---------------------------------------------------------------------------------


class _OfInterview(Command, kw_only=True):
    stream_key = ("interview_id",)
    interview_id: UUID


class ProposeInterview(_OfInterview, kw_only=True):
    """提出约谈一个单位的相关负责人，写明情形和依据的事项。"""

    roles = BODY | SYSTEM
    unit_id: UUID
    person_ids: tuple[UUID, ...]
    ground_codes: tuple[InterviewGround, ...]
    severity: Severity
    source_ids: tuple[UUID, ...] = ()


class ApproveInterview(_OfInterview, kw_only=True):
    """批准约谈；按规定须会同教育部门的，写明会同机构。"""

    roles = BODY
    co_host_body_id: UUID | None = None


class NotifyInterview(_OfInterview, kw_only=True):
    """通知被约谈人，写明约定的时间和地点；提出时未列人员的，在此列出。"""

    roles = BODY
    scheduled_at: Instant | None = None
    place: str | None = None
    person_ids: tuple[UUID, ...] = ()


class HoldInterview(_OfInterview, kw_only=True):
    """进行约谈：指出问题，提出要求。"""

    roles = BODY
    attendees: tuple[UUID, ...]
    problems: tuple[str, ...]
    demands: tuple[str, ...]
    place: str


class SignRecord(_OfInterview, kw_only=True):
    """签署约谈书面记录；拒绝签字的，由见证人注明。"""

    roles = BODY
    document_hash: str
    signed_by: tuple[UUID, ...]
    refusal: SignatureRefusal | None = None


class FileRecord(_OfInterview, kw_only=True):
    """把约谈记录报一个对象备案；每个对象一次，收到回执后再记一次。"""

    roles = BODY | SYSTEM
    addressee_body_id: UUID
    addressee_kind: AddresseeKind
    receipt_at: Instant | None = None


class CompleteFiling(_OfInterview, kw_only=True):
    """应当备案的对象均已回执，备案完成。"""

    roles = BODY | SYSTEM


class FollowUpInterview(_OfInterview, kw_only=True):
    """跟进约谈要求：转入问题清单，或已经落实。"""

    roles = BODY
    item_ids: tuple[UUID, ...] = ()
    outcome: FollowUpOutcome


class CancelInterview(_OfInterview, kw_only=True):
    """在约谈之前取消约谈，写明理由。"""

    roles = BODY
    reason: str


# --- events -----------------------------------------------------------------------------------


class InterviewProposed(Event, kw_only=True):
    """约谈已提出。"""

    interview_id: UUID
    unit_id: UUID
    person_ids: tuple[UUID, ...]
    ground_codes: tuple[InterviewGround, ...]
    severity: Severity
    source_ids: tuple[UUID, ...] = ()


class InterviewApproved(Event, kw_only=True):
    """约谈已批准。"""

    interview_id: UUID
    approver_id: UUID
    co_host_body_id: UUID | None = None


class InterviewNotified(Event, kw_only=True):
    """被约谈人已获通知。"""

    interview_id: UUID
    notified_at: Instant
    scheduled_at: Instant | None = None
    place: str | None = None
    person_ids: tuple[UUID, ...] = ()


class InterviewHeld(Event, kw_only=True):
    """约谈已进行。"""

    interview_id: UUID
    attendees: tuple[UUID, ...]
    problems: tuple[str, ...]
    demands: tuple[str, ...]
    place: str
    at: Instant


class InterviewRecordSigned(Event, kw_only=True):
    """约谈书面记录已签署。"""

    interview_id: UUID
    document_hash: str
    signed_by: tuple[UUID, ...]
    refusal: SignatureRefusal | None = None


class InterviewRecordFiled(Event, kw_only=True):
    """约谈记录已报一个对象备案。"""

    interview_id: UUID
    addressee_body_id: UUID
    addressee_kind: AddresseeKind
    filed_at: Instant
    receipt_at: Instant | None = None


class InterviewFilingCompleted(Event, kw_only=True):
    """约谈记录备案完成；写明被约谈的单位和人员。"""

    interview_id: UUID
    addressees: tuple[UUID, ...]
    unit_id: UUID | None = None
    person_ids: tuple[UUID, ...] = ()


class InterviewFollowedUp(Event, kw_only=True):
    """约谈要求已跟进。"""

    interview_id: UUID
    item_ids: tuple[UUID, ...]
    outcome: FollowUpOutcome


class InterviewCancelled(Event, kw_only=True):
    """约谈已取消。"""

    interview_id: UUID
    reason: str
