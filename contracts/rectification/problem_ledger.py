"""ProblemLedger (问题清单) and its items (拉条挂账、销号): domain 3.4.1."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import (
    BODY,
    DEPARTMENT,
    FIELD,
    SYSTEM,
    UNIT,
    CalendarKind,
    Role,
    Severity,
    Tier,
)


class ItemSource(Enum):
    """Where a problem on the list comes from."""

    CONFIRMED_FINDING = "CONFIRMED_FINDING"
    UPPER_BODY_ITEM = "UPPER_BODY_ITEM"
    NATIONAL_VERIFICATION = "NATIONAL_VERIFICATION"
    IMPLEMENTATION_INSPECTION = "IMPLEMENTATION_INSPECTION"


class ReopenCause(Enum):
    """Why a written-off item is open again."""

    REBOUNDED = "REBOUNDED"
    FALSE_RECTIFICATION = "FALSE_RECTIFICATION"


# --- commands ---------------------------------------------------------------------------------


class _OfLedger(Command, kw_only=True):
    stream_key = ("ledger_id",)


class _OfItem(Command, kw_only=True):
    entity_key = "item_id"
    item_id: UUID


class OpenLedger(_OfLedger, kw_only=True):
    """Open the list of one unit for one activity."""

    roles = BODY | SYSTEM
    natural_key = ("unit_id", "source_activity_id", "issuing_body_id")
    ledger_id: UUID
    unit_id: UUID
    issuing_body_id: UUID
    source_activity_id: UUID | None = None


class RegisterItem(_OfLedger, kw_only=True):
    """拉条挂账: put a problem on its unit's list; the first problem opens the list."""

    roles = BODY | SYSTEM
    natural_key = ("unit_id", "source_activity_id", "issuing_body_id")
    ledger_id: UUID
    item_id: UUID
    unit_id: UUID
    issuing_body_id: UUID
    source: ItemSource
    text: str
    severity: Severity
    source_activity_id: UUID | None = None
    finding_id: UUID | None = None
    competent_department_id: UUID | None = None


class AssignItem(_OfItem, kw_only=True):
    """Name the responsible person and the deadline."""

    roles = BODY | UNIT
    person_id: UUID
    basis: str
    due_at: datetime | None = None
    calendar: CalendarKind = CalendarKind.WORKING_DAYS


class DelegateItem(_OfItem, kw_only=True):
    """Give an upper-level item to a member unit as a task (WH §4d)."""

    roles = BODY
    to_member_unit_id: UUID
    due_at: datetime


class LinkPlan(_OfItem, kw_only=True):
    """An accepted rectification plan covers the item."""

    roles = BODY | SYSTEM
    plan_id: UUID


class StartItem(_OfItem, kw_only=True):
    """The unit begins to rectify."""

    roles = UNIT | BODY | SYSTEM


class ReportCompletion(_OfItem, kw_only=True):
    """The unit reports the item done, with evidence for every measure."""

    roles = UNIT | DEPARTMENT
    measures_done: tuple[str, ...]
    evidence_hashes: tuple[str, ...]


class VerifyItem(_OfItem, kw_only=True):
    """Someone independent of the unit and its department finds the item really done."""

    roles = FIELD
    method: str
    evidence_hashes: tuple[str, ...]


class RejectCompletion(_OfItem, kw_only=True):
    """The verifier finds the item not thoroughly done."""

    roles = FIELD
    reason: str


class WriteOffItem(_OfItem, kw_only=True):
    """销号. Roles are wide on purpose: which *body* may do it is the guard, and its refusal the reason."""

    roles = BODY | UNIT | DEPARTMENT | frozenset({Role.TEAM_LEADER})
    publication_id: UUID | None = None


class ExtendDeadline(_OfItem, kw_only=True):
    """Move the deadline, with a reason and an approver."""

    roles = BODY
    new_due_at: datetime
    reason: str
    approver_id: UUID


class LapseDeadline(_OfItem, kw_only=True):
    """The clock says that the deadline has passed."""

    roles = SYSTEM
    due_at: datetime


class PutUnderOrder(_OfItem, kw_only=True):
    """A supervision order now stands over the item."""

    roles = BODY | SYSTEM
    order_id: UUID


class SuspendItem(_OfItem, kw_only=True):
    """Objective impossibility: wait until a review date."""

    roles = BODY
    reason: str
    review_at: datetime


class ResumeItem(_OfItem, kw_only=True):
    """The review ends the suspension."""

    roles = BODY
    reason: str


class ReopenItem(_OfItem, kw_only=True):
    """A look-back found a rebound or a fake."""

    roles = BODY | SYSTEM
    look_back_id: UUID
    cause: ReopenCause


class CompensateItem(_OfItem, kw_only=True):
    """The finding behind the item was withdrawn."""

    roles = BODY | SYSTEM
    corrects_event_id: UUID
    reason: str


class RepointItem(_OfItem, kw_only=True):
    """The unit was merged, split or closed: its successor carries the item."""

    roles = BODY | SYSTEM
    to_unit_id: UUID
    reason: str


class RecalculateDeadline(_OfItem, kw_only=True):
    """A newly published calendar moves a provisional deadline (errata 7)."""

    roles = SYSTEM
    old_due_at: datetime
    new_due_at: datetime
    calendar_revision: str


class ReopenLedger(_OfLedger, kw_only=True):
    """An item of a closed list is open again."""

    roles = BODY | SYSTEM
    ledger_id: UUID
    item_id: UUID
    cause: ReopenCause


class CloseLedger(_OfLedger, kw_only=True):
    """Every item of the list is done with."""

    roles = BODY | SYSTEM
    ledger_id: UUID


# --- events -----------------------------------------------------------------------------------


class LedgerOpened(Event, kw_only=True):
    ledger_id: UUID
    unit_id: UUID
    issuing_body_id: UUID
    tier: Tier
    source_activity_id: UUID | None = None


class ItemRegistered(Event, kw_only=True):
    item_id: UUID
    ledger_id: UUID
    issuing_body_id: UUID
    source: ItemSource
    text: str
    severity: Severity
    finding_id: UUID | None = None
    competent_department_id: UUID | None = None
    managed_by_at_finding: UUID | None = None
    number: str | None = None
    due_at: datetime | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class ItemDelegated(Event, kw_only=True):
    item_id: UUID
    to_member_unit_id: UUID
    due_at: datetime


class ItemAssigned(Event, kw_only=True):
    item_id: UUID
    person_id: UUID
    due_at: datetime
    calendar: CalendarKind
    basis: str
    provisional: bool = False


class ItemPlanned(Event, kw_only=True):
    item_id: UUID
    plan_id: UUID


class ItemStarted(Event, kw_only=True):
    item_id: UUID


class CompletionReported(Event, kw_only=True):
    item_id: UUID
    measures_done: tuple[str, ...]
    evidence_hashes: tuple[str, ...]
    reported_by: UUID


class ItemVerified(Event, kw_only=True):
    item_id: UUID
    verifier_id: UUID
    method: str
    evidence_hashes: tuple[str, ...]


class ItemVerificationFailed(Event, kw_only=True):
    item_id: UUID
    verifier_id: UUID
    reason: str


class ItemWrittenOff(Event, kw_only=True):
    item_id: UUID
    by_body_id: UUID
    delegate_id: UUID | None = None
    publication_id: UUID | None = None


class DeadlineExtended(Event, kw_only=True):
    item_id: UUID
    old_due_at: datetime | None
    new_due_at: datetime
    reason: str
    approver_id: UUID
    count: int


class DeadlineRecalculated(Event, kw_only=True):
    item_id: UUID
    old_due_at: datetime
    new_due_at: datetime
    calendar_revision: str


class ItemDeadlineLapsed(Event, kw_only=True):
    item_id: UUID
    due_at: datetime


class ItemPutUnderOrder(Event, kw_only=True):
    item_id: UUID
    order_id: UUID


class ItemSuspended(Event, kw_only=True):
    item_id: UUID
    reason: str
    review_at: datetime


class ItemResumed(Event, kw_only=True):
    item_id: UUID
    reason: str


class ItemReopened(Event, kw_only=True):
    item_id: UUID
    look_back_id: UUID
    cause: ReopenCause
    due_at: datetime
    provisional: bool = False


class ItemCancelled(Event, kw_only=True):
    item_id: UUID
    corrects_event_id: UUID
    reason: str


class ItemRepointed(Event, kw_only=True):
    """Carries what the page of the successor needs to go on."""

    item_id: UUID
    from_unit_id: UUID
    to_unit_id: UUID
    reason: str
    state: str | None = None
    due_at: datetime | None = None


class LedgerClosed(Event, kw_only=True):
    ledger_id: UUID
    counts: dict[str, int]


class LedgerReopened(Event, kw_only=True):
    ledger_id: UUID
    item_id: UUID
    cause: ReopenCause
