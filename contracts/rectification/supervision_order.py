"""SupervisionOrder (督办单): the numbered order to rectify in time and thoroughly."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, UNIT, CalendarKind, Instant


class OrderGround(Enum):
    """督办事由：整改不到位、整改不及时。"""

    NOT_THOROUGH = "NOT_THOROUGH"
    NOT_TIMELY = "NOT_TIMELY"


class Escalation(Enum):
    """督办无果后的去向：通报、约谈、问责。"""

    CIRCULAR = "CIRCULAR"
    INTERVIEW = "INTERVIEW"
    CASE = "CASE"


# --- commands ---------------------------------------------------------------------------------


class _OfOrder(Command, kw_only=True):
    stream_key = ("order_id",)
    order_id: UUID


class DraftOrder(_OfOrder, kw_only=True):
    """就整改不到位或不及时的问题拟制督办单。"""

    roles = BODY | SYSTEM
    unit_id: UUID
    issuing_body_id: UUID
    item_ids: tuple[UUID, ...]
    ground: OrderGround


class IssueOrder(_OfOrder, kw_only=True):
    """下达督办单；编号由系统给出，未写期限的按当地规定计算。"""

    roles = BODY
    legal_basis: tuple[str, ...]
    copies: tuple[UUID, ...] = ()
    due_at: Instant | None = None


class AcknowledgeOrder(_OfOrder, kw_only=True):
    """单位签收督办单。"""

    roles = UNIT


class ExtendOrder(_OfOrder, kw_only=True):
    """延长督办期限，写明理由和上一级批准人。"""

    roles = BODY
    new_due_at: Instant
    reason: str
    approver_id: UUID


class ReportCompliance(_OfOrder, kw_only=True):
    """单位报告督办事项落实情况，附证据。"""

    roles = UNIT
    evidence_hashes: tuple[str, ...]


class ConfirmCompliance(_OfOrder, kw_only=True):
    """逐项核实后，确认督办事项已落实。"""

    roles = FIELD


class LapseOrder(_OfOrder, kw_only=True):
    """督办期限已过（由时钟发出）。"""

    roles = SYSTEM
    due_at: Instant


class EscalateOrder(_OfOrder, kw_only=True):
    """督办无果，转通报、约谈或问责。"""

    roles = BODY | SYSTEM
    to: Escalation


class PublishOrderOutcome(_OfOrder, kw_only=True):
    """督导机构公开督办结果。"""

    roles = BODY
    channel: str
    url: str | None = None


class CloseOrder(_OfOrder, kw_only=True):
    """督办单办结。"""

    roles = BODY | SYSTEM


# --- events -----------------------------------------------------------------------------------


class OrderDrafted(Event, kw_only=True):
    """督办单已拟制。"""

    order_id: UUID
    item_ids: tuple[UUID, ...]
    ground: OrderGround
    unit_id: UUID
    issuing_body_id: UUID


class SupervisionOrderIssued(Event, kw_only=True):
    """督办单已下达。"""

    order_id: UUID
    number: str
    unit_id: UUID
    item_ids: tuple[UUID, ...]
    due_at: Instant
    calendar: CalendarKind
    legal_basis: tuple[str, ...]
    copies: tuple[UUID, ...] = ()
    publication_required: bool = False
    provisional: bool = False


class OrderAcknowledged(Event, kw_only=True):
    """督办单已签收。"""

    order_id: UUID
    receipt_at: Instant
    by: UUID


class OrderExtended(Event, kw_only=True):
    """督办期限已延长。"""

    order_id: UUID
    new_due_at: Instant
    reason: str
    approver_id: UUID
    old_due_at: Instant | None = None


class OrderComplianceReported(Event, kw_only=True):
    """单位已报告督办落实情况。"""

    order_id: UUID
    evidence_hashes: tuple[str, ...]


class OrderComplied(Event, kw_only=True):
    """督办事项已落实。"""

    order_id: UUID
    verifier_id: UUID


class OrderDeadlineLapsed(Event, kw_only=True):
    """督办期限已过，未落实。"""

    order_id: UUID
    due_at: Instant


class OrderEscalated(Event, kw_only=True):
    """督办无果，已转通报、约谈或问责。"""

    order_id: UUID
    to: Escalation


class OrderOutcomePublished(Event, kw_only=True):
    """督办结果已公开。"""

    order_id: UUID
    channel: str
    url: str | None = None


class OrderClosed(Event, kw_only=True):
    """督办单已办结。"""

    order_id: UUID
