"""What rectification does about letters: its part of P1, P2, P3, P5, P12 and P14 (domain 3.0)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.rectification import problem_ledger
from contracts.rectification.look_back import DismissalOutcome
from contracts.rectification.problem_ledger import ReopenCause
from contracts.rectification.rectification_plan import ClosePlanOfRectification
from services.chassis.listening import Policy
from services.rectification.domain.ledger_guards import DONE
from services.rectification.domain.rectification_plan import RectificationPlan
from services.rectification.from_findings import finding_withdrawn, item_registered, register_item, remember_feedback
from services.rectification.gathering import App, covers, ledger_at, listed, plan_of
from services.rectification.recalculation import recalculate, recalculate_the_item
from services.rectification.weakness import item_lapsed, item_reopened, order_failed, order_issued, verification_failed

Wishes = Iterator[Command]


def plan_accepted(app: App, letter: Letter) -> Wishes:
    """Every item of the plan that is assigned; the others follow when they are."""
    plan = app.load(RectificationPlan, letter.head.stream)
    found = listed(app, [item.item_id for item in plan.items] if isinstance(plan, RectificationPlan) else [])
    for item_id, seen in found.items():
        if seen.item.state == "ASSIGNED":
            yield problem_ledger.LinkPlan(item_id=item_id, plan_id=letter.head.stream)


def item_assigned(app: App, letter: Letter) -> Wishes:
    """Assigned after its plan was accepted."""
    event: Any = letter.event
    plan = plan_of(app, ledger_at(app, letter.head.stream))
    if plan is not None and covers(plan, event.item_id):
        yield problem_ledger.LinkPlan(item_id=event.item_id, plan_id=plan.stream)


def close_plan(app: App, letter: Letter) -> Wishes:
    """When the list is closed and the rectification published, whichever comes last."""
    event: Any = letter.event
    plan = app.load(RectificationPlan, event.plan_id) if hasattr(event, "plan_id") else None
    found = plan or plan_of(app, ledger_at(app, letter.head.stream))
    if isinstance(found, RectificationPlan) and ledger_at(app, found.ledger_id).state == "CLOSED":
        yield ClosePlanOfRectification(plan_id=found.stream)


def reopen(_: App, letter: Letter) -> Wishes:
    """P5: rebounded or false, also after an allegation that was dismissed as a rebound."""
    event: Any = letter.event
    if getattr(event, "outcome", DismissalOutcome.REBOUNDED) is DismissalOutcome.REBOUNDED:
        false = letter.name.endswith(".FalseRectificationEstablished")
        cause = ReopenCause.FALSE_RECTIFICATION if false else ReopenCause.REBOUNDED
        yield problem_ledger.ReopenItem(item_id=event.item_id, look_back_id=event.look_back_id, cause=cause)


def repoint(app: App, letter: Letter) -> Wishes:
    """P12: what is not done goes to the (first) successor; without one it stays where it is."""
    event: Any = letter.event
    for unit_id in event.unit_ids if event.successor_ids else ():
        for memo in app.memos.scan("entity", f"{unit_id}|", f"{unit_id}|~"):
            ledger = ledger_at(app, UUID(memo.key.partition("|")[2]))
            for item in ledger.items.values():
                if ledger.unit_of(item) == unit_id and item.state not in DONE and item.item_id is not None:
                    yield problem_ledger.RepointItem(
                        item_id=item.item_id, to_unit_id=event.successor_ids[0], reason=REPOINTED[letter.name],
                    )


REPOINTED = {
    "registry.UnitMerged": "单位合并", "registry.UnitSplit": "单位拆分", "registry.UnitClosed": "单位撤销",
}
POLICIES = {
    "findings.FindingConfirmed": Policy(register_item),
    "findings.FeedbackDelivered": Policy(remember_feedback),
    "findings.FindingWithdrawn": Policy(finding_withdrawn),
    "rectification.ItemRegistered": Policy(item_registered),
    "rectification.ItemAssigned": Policy(item_assigned),
    "rectification.PlanAccepted": Policy(plan_accepted),
    "rectification.ItemDeadlineLapsed": Policy(item_lapsed),
    "rectification.ItemVerificationFailed": Policy(verification_failed),
    "rectification.ItemResumed": Policy(recalculate_the_item),
    "rectification.SupervisionOrderIssued": Policy(order_issued),
    "rectification.OrderEscalated": Policy(order_failed),
    "rectification.OrderOutcomePublished": Policy(order_failed),
    "rectification.RectificationPublished": Policy(close_plan),
    "rectification.LedgerClosed": Policy(close_plan),
    "rectification.LookBackRebounded": Policy(reopen),
    "rectification.FalseRectificationEstablished": Policy(reopen),
    "rectification.FalseRectificationDismissed": Policy(reopen),
    "rectification.ItemReopened": Policy(item_reopened),
    **{name: Policy(repoint) for name in REPOINTED},
    "registry.CalendarYearPublished": Policy(recalculate),
}
