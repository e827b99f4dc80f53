"""ExpenseClaim (督导经费报销): for one activity, by the classified rates of the place (domain 3.1.9; HN §21, WH §5)."""

from typing import Any
from uuid import UUID

from contracts.personnel import expense_claim as said
from contracts.personnel.expense_claim import ExpenseItem
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.guards import not_for_oneself, rule_of

RATES, STANDARDS = "expenses.rates", "expenses.classifiedStandards"


@refuses("须逐项列出费用，金额须为正数")
def items_missing(_: Any, command: Any, __: Facts) -> bool:
    """What was spent on what, in fen."""
    return not command.items or any(item.amount <= 0 for item in command.items)


@refuses("该人员没有参加这项督导活动")
def not_in_team(_: Any, __: Any, facts: Facts) -> bool:
    """A claim is tied to an activity of the person's own."""
    return not facts.get("took_part")


@refuses("当地规定不报销此类费用")
def kind_not_covered(_: Any, command: Any, facts: Facts) -> set[str]:
    """The kinds that policy covers; where it names none, all are."""
    covered = (facts.policy.get(STANDARDS) or {}).get("covered")
    return {item.kind.value for item in command.items if covered is not None and item.kind.value not in covered}


@refuses("不得核准本人的报销")
def own_claim(claim: Any, _: Any, facts: Facts) -> bool:
    """Nobody approves what he or she is to be paid."""
    return claim.person_id is not None and claim.person_id == person(facts)


@refuses("核准金额须为正数")
def amount_not_positive(_: Any, command: Any, __: Facts) -> bool:
    """Otherwise it is rejected."""
    return bool(command.amount <= 0)


@refuses("核准金额高于标准，最高（分）")
def above_rate(claim: Any, command: Any, facts: Facts) -> str:
    """What was claimed, and of every kind at most its rate (policy expenses.rates, in fen per claim)."""
    rates = facts.policy.get(RATES) or {}
    most = sum(min(item.amount, rates.get(item.kind.value, item.amount)) for item in claim.items)
    return str(most) if command.amount > most else ""


CLAIM = LifeCycle("expense_claim", "经费报销", "SUBMITTED APPROVED REJECTED PAID", (
    row(NEW, said.SubmitClaim, {said.ExpenseClaimSubmitted: "SUBMITTED"},
        who=[not_for_oneself], when=[items_missing, not_in_team, kind_not_covered]),
    row("SUBMITTED", said.ApproveClaim, {said.ExpenseClaimApproved: "APPROVED"},
        who=[own_claim], when=[amount_not_positive, above_rate]),
    row("SUBMITTED", said.RejectClaim, {said.ExpenseClaimRejected: "REJECTED"}, when=[reason_missing]),
    row("APPROVED", said.PayClaim, {said.ExpenseClaimPaid: "PAID"}, fills={"paid_at": now}),
))


class ExpenseClaim(Aggregate, kw_only=True):
    """One person's expenses for one activity."""

    life_cycles = (CLAIM,)
    person_id: UUID | None = None
    items: tuple[ExpenseItem, ...] = ()

    def approve_claim(self, _: Any, command: Any, facts: Facts) -> said.ExpenseClaimApproved:
        """With the rates that were applied."""
        return fill(said.ExpenseClaimApproved, command, facts, rate_version=rule_of(facts, RATES, STANDARDS))
