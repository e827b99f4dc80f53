"""AnnualPlan (年度工作计划) of one body and year: approved, filed upward, amended, closed (domain 3.2.2)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.scheduling import annual_plan as said
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.calendar import Due
from services.chassis.facts import Facts, body, now, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row
from services.chassis.policy_values import china_day
from services.scheduling.domain.guards import document_missing, not_own_body


@refuses("合并须有两项以上督导活动，且主办活动在其中")
def merger_of_nothing(_: Any, command: Any, __: Facts) -> bool:
    """Two or more become one of them (BJ §二(二)¶4)."""
    return len(set(command.activity_ids)) < 2 or command.lead_activity_id not in command.activity_ids


@refuses("没有可以报送备案的上一级督导机构")
def no_upper_body(_: Any, __: Any, facts: Facts) -> bool:
    """Filed with whoever stands above in the register."""
    return facts.get("upper_body_id") is None


@refuses("年度工作计划须报本机关的上一级督导机构")
def filed_elsewhere(_: Any, command: Any, facts: Facts) -> bool:
    """Not with any body one likes."""
    return command.to_body_id not in (None, facts.get("upper_body_id"))


@refuses("只有收到备案的上一级督导机构可以办理")
def not_the_upper_body(plan: Any, _: Any, facts: Facts) -> bool:
    """Nobody acknowledges their own filing."""
    return plan.to_body_id is not None and body(facts) != plan.to_body_id


@refuses("调整须写明内容")
def changes_missing(_: Any, command: Any, __: Facts) -> bool:
    """An amendment amends something."""
    return not command.changes


@refuses("年度尚未结束")
def year_not_over(plan: Any, _: Any, facts: Facts) -> bool:
    """A plan lives as long as its year."""
    return china_day(facts.at).year <= plan.year


PLAN = LifeCycle("plan", "年度工作计划", "DRAFT APPROVED FILED CLOSED", (
    row(NEW, said.DraftPlan, {said.PlanDrafted: "DRAFT"}, who=[not_own_body]),
    row("DRAFT", said.MergeActivities, {said.ActivitiesMerged: "DRAFT"}, who=[not_own_body],
        when=[merger_of_nothing]),
    row("DRAFT", said.ApprovePlan, {said.PlanApproved: "APPROVED"}, who=[not_own_body]),
    row("APPROVED", said.FilePlanUpward, {said.PlanFiledUpward: "FILED"}, who=[not_own_body],
        when=[no_upper_body, filed_elsewhere, document_missing], fills={"filed_at": now}),
    row("FILED", said.AcknowledgePlan, {said.PlanReceiptAcknowledged: "FILED"}, who=[not_the_upper_body],
        fills={"by_body_id": body}),
    row("FILED", said.ReturnPlan, {said.PlanReturned: "DRAFT"}, who=[not_the_upper_body], when=[reason_missing],
        fills={"by_body_id": body}),
    row("APPROVED, FILED", said.AmendPlan, {said.PlanAmended: "APPROVED"}, who=[not_own_body],
        when=[reason_missing, changes_missing]),
    row("FILED", said.FileWorkReport, {said.WorkReportFiled: "CLOSED"}, who=[not_own_body],
        when=[filed_elsewhere, document_missing]),
    row("FILED", said.ClosePlan, {said.PlanClosed: "CLOSED"}, who=[not_own_body], when=[year_not_over]),
    row("DRAFT, APPROVED", said.LapseFilingDeadline, {said.PlanFilingLapsed: SAME}),
    row("DRAFT, APPROVED", said.RecalculatePlanFilingDeadline, {said.PlanFilingDeadlineRecalculated: SAME}),
))


class AnnualPlan(Aggregate, kw_only=True):
    """One body's plan for one year; its activities have streams of their own."""

    life_cycles = (PLAN,)
    body_id: UUID | None = None
    year: int = 0
    edition: int = 0
    to_body_id: UUID | None = None
    filing_due_at: datetime | None = None
    provisional: bool = False
    filed_at: datetime | None = None
    lapsed: bool = False

    def draft_plan(self, _: Any, command: Any, facts: Facts) -> said.PlanDrafted:
        """Policy says until when it must be filed, if at all."""
        due = _filing_due(command.year, facts)
        if due is None:
            return fill(said.PlanDrafted, command, facts)
        return fill(said.PlanDrafted, command, facts, filing_due_at=due.due_at, provisional=due.provisional)

    def approve_plan(self, _: Any, command: Any, facts: Facts) -> said.PlanApproved:
        """The first edition, or the one after a return."""
        return fill(said.PlanApproved, command, facts, approver_id=person(facts), version=self.edition + 1)

    def file_plan_upward(self, _: Any, command: Any, facts: Facts) -> said.PlanFiledUpward:
        """With the deadline it was filed against."""
        return fill(said.PlanFiledUpward, command, facts, to_body_id=facts["upper_body_id"],
                    due_at=self.filing_due_at, filed_at=facts.at)

    def amend_plan(self, _: Any, command: Any, facts: Facts) -> said.PlanAmended:
        """A new edition; filed already, it must be filed again."""
        return fill(said.PlanAmended, command, facts, version=self.edition + 1)

    def file_work_report(self, _: Any, command: Any, facts: Facts) -> said.WorkReportFiled:
        """With the body that has the plan."""
        return fill(said.WorkReportFiled, command, facts, to_body_id=facts["upper_body_id"])

    def lapse_filing_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when it was filed once, or another deadline holds."""
        holds = self.filed_at is None and self.filing_due_at == command.due_at <= facts.at
        return (fill(said.PlanFilingLapsed, command, facts),) if holds else ()

    def recalculate_plan_filing_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        holds = self.provisional and self.filing_due_at == command.old_due_at
        return (fill(said.PlanFilingDeadlineRecalculated, command, facts),) if holds else ()

    def on_plan_filing_deadline_recalculated(self, _: Any, event: said.PlanFilingDeadlineRecalculated) -> None:
        """From provisional to final."""
        self.filing_due_at, self.provisional = event.new_due_at, False

    def on_plan_approved(self, _: Any, event: said.PlanApproved) -> None:
        """An edition is in force."""
        self.edition = event.version

    def on_plan_amended(self, _: Any, event: said.PlanAmended) -> None:
        """Another edition is in force."""
        self.edition = event.version

    def on_plan_filing_lapsed(self, _: Any, __: said.PlanFilingLapsed) -> None:
        """It lapses once."""
        self.lapsed = True

    def timers(self) -> Timers:
        """The end of the filing window, until it was filed."""
        waits = self.state in ("DRAFT", "APPROVED") and self.filed_at is None and not self.lapsed
        if waits and self.filing_due_at is not None:
            yield self.filing_due_at, said.LapseFilingDeadline(plan_id=self.stream, due_at=self.filing_due_at)


def _filing_due(year: int, facts: Facts) -> Due | None:
    window = (facts.policy.get("filing.annualPlan") or {}).get("window")
    if window == "START_OF_YEAR":
        month, day = map(int, facts.policy.require("window.startOfYear.cutoff").split("-"))
        return facts.calendar.due_on(date(year, month, day))
    return facts.due("window.onTime") if window == "ON_TIME" else None
