"""SupervisionOrder (督办单): the numbered order to rectify in time and thoroughly (domain 3.4.3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.rectification import supervision_order as said
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from contracts.values import CalendarKind
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now, person
from services.chassis.guards import evidence_missing, reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.rectification.domain.guards import (
    channel_missing,
    due_in_past,
    not_later,
    not_of_the_unit,
    not_own_issue,
    verifier_not_independent,
)
from services.rectification.domain.order_guards import (
    approver_not_one_level_up,
    ground_missing,
    item_not_verified,
    item_of_another_unit,
    legal_basis_missing,
    order_not_enabled,
)

RUNNING = frozenset({"ISSUED", "ACKNOWLEDGED", "REPORTED"})

ORDER = LifeCycle("order", "督办单", "DRAFT ISSUED ACKNOWLEDGED REPORTED COMPLIED LAPSED ESCALATED CLOSED", (
    row(NEW, said.DraftOrder, {said.OrderDrafted: "DRAFT"},
        who=[not_own_issue], when=[item_of_another_unit, ground_missing]),
    row("DRAFT", said.IssueOrder, {said.SupervisionOrderIssued: "ISSUED"},
        who=[not_own_issue], when=[order_not_enabled, legal_basis_missing, due_in_past]),
    row("ISSUED", said.AcknowledgeOrder, {said.OrderAcknowledged: "ACKNOWLEDGED"},
        who=[not_of_the_unit], fills={"receipt_at": now, "by": person}),
    row("ISSUED, ACKNOWLEDGED", said.ExtendOrder, {said.OrderExtended: SAME},
        who=[approver_not_one_level_up], when=[reason_missing, not_later]),
    row("ACKNOWLEDGED, ISSUED", said.ReportCompliance, {said.OrderComplianceReported: "REPORTED"},
        who=[not_of_the_unit], when=[evidence_missing]),
    row("REPORTED", said.ConfirmCompliance, {said.OrderComplied: "COMPLIED"},
        who=[verifier_not_independent], when=[item_not_verified], fills={"verifier_id": person}),
    row("ISSUED, ACKNOWLEDGED, REPORTED", said.LapseOrder, {said.OrderDeadlineLapsed: "LAPSED"}),
    row("LAPSED", said.EscalateOrder, {said.OrderEscalated: "ESCALATED"}),
    row("COMPLIED, ESCALATED", said.PublishOrderOutcome, {said.OrderOutcomePublished: SAME}, when=[channel_missing]),
    row("COMPLIED", said.CloseOrder, {said.OrderClosed: "CLOSED"}),
    row("ISSUED, ACKNOWLEDGED, REPORTED", RecalculateDeadline, {DeadlineRecalculated: SAME}),
))


class SupervisionOrder(Aggregate, kw_only=True):
    """One order to one unit about some of its problems."""

    life_cycles = (ORDER,)
    order_id: UUID | None = None
    unit_id: UUID | None = None
    issuing_body_id: UUID | None = None
    item_ids: tuple[UUID, ...] = ()
    due_at: datetime | None = None
    provisional: bool = False
    publication_required: bool = False

    def issue_order(self, _: Any, command: Any, facts: Facts) -> said.SupervisionOrderIssued:
        """With a number without gaps, and the deadline named or set by policy."""
        due = None if command.due_at else facts.due("rectification.order.deadline")
        return fill(
            said.SupervisionOrderIssued, command, facts, unit_id=self.unit_id, item_ids=self.item_ids,
            due_at=due.due_at if due else command.due_at,
            calendar=due.calendar if due else CalendarKind.NATURAL_DATE,
            provisional=bool(due and due.provisional),
            publication_required=bool(facts.policy.get("rectification.order.publishOutcome")),
        )

    def extend_order(self, _: Any, command: Any, facts: Facts) -> said.OrderExtended:
        """The old date stays visible."""
        return fill(said.OrderExtended, command, facts, old_due_at=self.due_at)

    def lapse_order(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when the deadline was moved meanwhile."""
        lapsed = said.OrderDeadlineLapsed(order_id=command.order_id, due_at=command.due_at)
        return (lapsed,) if self.due_at == command.due_at <= facts.at else ()

    def recalculate_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        moved = fill(DeadlineRecalculated, command, facts)
        return (moved,) if self.provisional and self.due_at == command.old_due_at else ()

    def on_order_extended(self, _: Any, event: said.OrderExtended) -> None:
        """A date named is final."""
        self.due_at, self.provisional = event.new_due_at, False

    def on_deadline_recalculated(self, _: Any, event: DeadlineRecalculated) -> None:
        """From provisional to final."""
        self.due_at, self.provisional = event.new_due_at, False

    def timers(self) -> Timers:
        """An order lapses unless its compliance was confirmed in time."""
        if self.state in RUNNING and self.due_at is not None:
            yield self.due_at, said.LapseOrder(order_id=self.stream, due_at=self.due_at)
