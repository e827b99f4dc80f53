"""Circular (通报): results, work attitude and rectification, with suggestions that others decide on."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, SYSTEM, Instant, Role, Value


class CircularGround(Enum):
    """通报情形：整改不力、推诿扯皮、不作为、没有完成任务、未按要求整改；各地适用哪些由政策取值决定。"""

    WEAK_RECTIFICATION = "WEAK_RECTIFICATION"
    SHIRKING = "SHIRKING"
    INACTION = "INACTION"
    NOT_COMPLETED = "NOT_COMPLETED"
    NOT_AS_REQUIRED = "NOT_AS_REQUIRED"


class SuggestionKind(Enum):
    """建议：不得评优评先、不得提拔使用、不得转任重要职务。"""

    NO_AWARDS = "NO_AWARDS"
    NO_PROMOTION = "NO_PROMOTION"
    NO_IMPORTANT_TRANSFER = "NO_IMPORTANT_TRANSFER"


class SuggestionAnswer(Enum):
    """对建议的答复：采纳、部分采纳、不采纳。"""

    ADOPTED = "ADOPTED"
    PARTLY_ADOPTED = "PARTLY_ADOPTED"
    NOT_ADOPTED = "NOT_ADOPTED"


class CircularContents(Value, kw_only=True):
    """The three parts of a circular: inspection results, work attitude, rectification."""

    results: str
    attitude: str
    rectification: str


class Suggestion(Value, kw_only=True):
    """What is suggested about whom, to the authority that decides."""

    kind: SuggestionKind
    person_ids: tuple[UUID, ...]
    to_authority_id: UUID


# --- commands ---------------------------------------------------------------------------------


class _OfCircular(Command, kw_only=True):
    stream_key = ("circular_id",)
    circular_id: UUID


class DraftCircular(_OfCircular, kw_only=True):
    """就整改不力等情形拟制通报。"""

    roles = BODY | SYSTEM
    unit_id: UUID
    ground_codes: tuple[CircularGround, ...]
    source_ids: tuple[UUID, ...] = ()
    contents: CircularContents | None = None


class ApproveCircular(_OfCircular, kw_only=True):
    """批准通报；督导结果、工作表现、整改情况三部分须齐全，尚缺的在此补上。"""

    roles = BODY
    contents: CircularContents | None = None


class IssueCircular(_OfCircular, kw_only=True):
    """印发通报，可附建议；未写对象的按单位所在地确定。"""

    roles = BODY
    suggestions: tuple[Suggestion, ...] = ()
    recipients: tuple[UUID, ...] = ()


class RecordReceipt(_OfCircular, kw_only=True):
    """记录一个通报对象的回执。"""

    roles = BODY | DEPARTMENT | SYSTEM
    recipient_body_id: UUID
    receipt_at: Instant


class AnswerSuggestion(_OfCircular, kw_only=True):
    """有权决定的机关答复通报中的一项建议。"""

    roles = frozenset({Role.ORGANISATION_READER, Role.PERFORMANCE_READER, Role.DEPARTMENT_USER})
    kind: SuggestionKind
    answer: SuggestionAnswer
    note: str | None = None


class LiftCircular(_OfCircular, kw_only=True):
    """整改到位并经核实，解除通报，写明理由。"""

    roles = BODY
    reason: str


# --- events -----------------------------------------------------------------------------------


class CircularDrafted(Event, kw_only=True):
    """通报已拟制。"""

    circular_id: UUID
    unit_id: UUID
    ground_codes: tuple[CircularGround, ...]
    source_ids: tuple[UUID, ...] = ()
    contents: CircularContents | None = None


class CircularApproved(Event, kw_only=True):
    """通报已批准。"""

    circular_id: UUID
    approver_id: UUID
    contents: CircularContents | None = None


class CircularIssued(Event, kw_only=True):
    """通报已印发。"""

    circular_id: UUID
    unit_id: UUID
    contents: CircularContents
    suggestions: tuple[Suggestion, ...]
    recipients: tuple[UUID, ...]
    number: str | None = None


class CircularReceiptRecorded(Event, kw_only=True):
    """通报回执已记录。"""

    circular_id: UUID
    recipient_body_id: UUID
    receipt_at: Instant


class SuggestionAnswered(Event, kw_only=True):
    """通报中的建议已获答复。"""

    circular_id: UUID
    authority_id: UUID
    kind: SuggestionKind
    answer: SuggestionAnswer
    at: Instant
    note: str | None = None


class CircularLifted(Event, kw_only=True):
    """通报已解除。"""

    circular_id: UUID
    reason: str
    at: Instant
