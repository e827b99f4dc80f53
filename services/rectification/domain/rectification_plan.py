"""RectificationPlan (整改工作方案): asked for, submitted, sent back or accepted, reported, published (domain 3.4.2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.rectification import rectification_plan as said
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from contracts.values import CalendarKind
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now, person
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.rectification.domain.guards import channel_missing, due_in_past, not_of_the_unit
from services.rectification.domain.plan_guards import (
    date_late,
    department_not_informed,
    document_missing,
    extension_missing,
    feedback_not_delivered,
    item_not_listed,
    item_not_written_off,
    no_date,
    no_measure,
    no_person,
    publisher,
    publisher_not_allowed,
    reason_code_missing,
)

PLAN = LifeCycle("plan", "整改工作方案", "REQUESTED SUBMITTED RETURNED EXECUTING REPORTED PUBLISHED CLOSED", (
    row(NEW, said.RequestPlan, {said.PlanRequested: "REQUESTED"}, when=[feedback_not_delivered, due_in_past]),
    row("REQUESTED, RETURNED", said.SubmitPlan, {said.PlanSubmitted: "SUBMITTED"},
        who=[not_of_the_unit], when=[item_not_listed]),
    row("SUBMITTED", said.ReturnPlanForRevision, {said.PlanSentBack: "RETURNED"}, when=[reason_code_missing]),
    row("SUBMITTED", said.AcceptPlan, {said.PlanAccepted: "EXECUTING"},
        when=[item_not_listed, no_measure, no_person, no_date, date_late, extension_missing, department_not_informed]),
    row("EXECUTING", said.ReportRectification, {said.RectificationReported: "REPORTED"},
        who=[not_of_the_unit], when=[document_missing]),
    row("REPORTED", said.PublishRectification, {said.RectificationPublished: "PUBLISHED"},
        who=[publisher_not_allowed], when=[channel_missing], fills={"publisher": publisher, "published_at": now}),
    row("PUBLISHED", said.ClosePlanOfRectification, {said.RectificationPlanClosed: "CLOSED"},
        when=[item_not_written_off]),
    row("REQUESTED..EXECUTING", said.LapsePlan, {said.PlanOverdueRaised: SAME}),
    row("REQUESTED..EXECUTING", RecalculateDeadline, {DeadlineRecalculated: SAME}),
), apart=(said.PlanOverdueRaised,))


class RectificationPlan(Aggregate, kw_only=True):
    """What one unit will do about its list; `due_at` is the deadline that runs: of the plan, then of the report."""

    life_cycles = (PLAN,)
    plan_id: UUID | None = None
    unit_id: UUID | None = None
    ledger_id: UUID | None = None
    items: tuple[said.PlannedItem, ...] = ()
    extension_answers: tuple[said.ExtensionAnswer, ...] = ()
    due_at: datetime | None = None
    provisional: bool = False
    raised_at: datetime | None = None

    def request_plan(self, _: Any, command: Any, facts: Facts) -> said.PlanRequested:
        """The date named, else the one that policy sets."""
        if command.due_at is not None:
            return fill(said.PlanRequested, command, facts, calendar=CalendarKind.NATURAL_DATE)
        due = facts.due("rectification.plan.deadline")
        return fill(said.PlanRequested, command, facts, due_at=due.due_at, calendar=due.calendar,
                    provisional=due.provisional)

    def accept_plan(self, _: Any, command: Any, facts: Facts) -> said.PlanAccepted:
        """From now on the report's deadline runs."""
        due = facts.due("rectification.report.deadline")
        return fill(said.PlanAccepted, command, facts, accepter_id=person(facts), report_due_at=due.due_at,
                    calendar=due.calendar, provisional=due.provisional)

    def lapse_plan(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when the deadline was moved meanwhile."""
        raised = said.PlanOverdueRaised(plan_id=command.plan_id, due_at=command.due_at)
        return (raised,) if self.due_at == command.due_at <= facts.at else ()

    def recalculate_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        moved = fill(DeadlineRecalculated, command, facts)
        return (moved,) if self.provisional and self.due_at == command.old_due_at else ()

    def on_plan_accepted(self, _: Any, event: said.PlanAccepted) -> None:
        """The report is what is due now."""
        self.due_at = event.report_due_at

    def on_plan_overdue_raised(self, _: Any, event: said.PlanOverdueRaised) -> None:
        """A deadline is missed once."""
        self.raised_at = event.due_at

    def on_deadline_recalculated(self, _: Any, event: DeadlineRecalculated) -> None:
        """From provisional to final."""
        self.due_at, self.provisional = event.new_due_at, False

    def timers(self) -> Timers:
        """Late is the unit, never the body that reads the plan."""
        waits = self.state in {"REQUESTED", "RETURNED", "EXECUTING"}
        if waits and self.due_at not in (None, self.raised_at):
            yield self.due_at, said.LapsePlan(plan_id=self.stream, due_at=self.due_at)
