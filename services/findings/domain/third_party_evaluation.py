"""ThirdPartyEvaluation (第三方评估): delivered, accepted or disputed, its use written down (domain 3.3.10)."""

from typing import Any
from uuid import UUID

from contracts.findings import third_party_evaluation as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.findings.domain.guards import document_missing


@refuses("须写明委托的范围")
def scope_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is to be evaluated."""
    return not command.scope.strip()


@refuses("须写明采购依据")
def purchase_missing(_: Any, command: Any, __: Facts) -> bool:
    """Services are purchased (HN §7, WH §11)."""
    return not command.purchase_ref.strip()


@refuses("声明的利害关系不得为空白")
def conflict_blank(_: Any, command: Any, __: Facts) -> bool:
    """Whoever has none declares an empty list."""
    return any(not conflict.strip() for conflict in command.conflicts_declared)


@refuses("不得委托本单位、本机构或其主管部门")
def contractor_not_third(_: Any, command: Any, facts: Facts) -> bool:
    """A third party is neither of the two."""
    own = {facts.actor.unit_id, facts.actor.body_id, facts.actor.acts_for, facts.get("competent_department_id")}
    return command.contractor_id in own


@refuses("须写明异议的理由")
def reasons_missing(_: Any, command: Any, __: Facts) -> bool:
    """The contractor may answer."""
    return not command.reasons.strip()


COMMISSION = LifeCycle("commission", "第三方评估", "COMMISSIONED DELIVERED ACCEPTED DISPUTED USED", (
    row(NEW, said.Commission, {said.ThirdPartyCommissioned: "COMMISSIONED"},
        when=[scope_missing, purchase_missing, conflict_blank, contractor_not_third]),
    row("COMMISSIONED, DISPUTED", said.Deliver, {said.ThirdPartyDelivered: "DELIVERED"}, when=[document_missing]),
    row("DELIVERED", said.Accept, {said.ThirdPartyAccepted: "ACCEPTED"}, fills={"accepter_id": person}),
    row("DELIVERED", said.Dispute, {said.ThirdPartyDisputed: "DISPUTED"}, when=[reasons_missing]),
    row("ACCEPTED, USED", said.RecordUse, {said.ThirdPartyUsed: "USED"}),
))


class ThirdPartyEvaluation(Aggregate, kw_only=True):
    """One commission; what it may lead to is written down use by use."""

    life_cycles = (COMMISSION,)
    contractor_id: UUID | None = None
