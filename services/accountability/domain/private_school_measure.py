"""PrivateSchoolMeasure (民办学校、教育培训机构): done by the department that may do it (domain 3.5.4)."""

from typing import Any
from uuid import UUID

from contracts.accountability import private_school_measure as said
from contracts.values import DEPARTMENT
from services.accountability.domain.decision_guards import PRIVATE
from services.accountability.domain.guards import not_the_department
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, body, now, person
from services.chassis.guards import evidence_missing, reasons_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

REVOKE = said.PrivateMeasureKind.REVOKE_LICENCE


@refuses("只适用于民办学校和教育培训机构")
def not_private(_: Any, __: Any, facts: Facts) -> bool:
    """Ownership PRIVATE, or an institution where institutions are supervised (WH §18)."""
    return not facts.get("private")


@refuses("问责决定尚未作出")
def case_not_decided(_: Any, __: Any, facts: Facts) -> bool:
    """A measure follows a decision."""
    return not facts.get("decided")


@refuses("问责决定没有这项措施")
def not_in_decision(_: Any, command: Any, facts: Facts) -> bool:
    """Nothing is carried out that was not decided."""
    return command.kind.value not in facts["decided"]


@refuses("应移交登记的主管部门或审批部门")
def wrong_department(_: Any, command: Any, facts: Facts) -> bool:
    """REPLACE_HEAD goes to the education department, REVOKE_LICENCE to the one that issued the licence."""
    answering = facts.get("answering_department_id")
    return answering is None if command.to_department_id is None else command.to_department_id != answering


@refuses("须写明已通报审批部门的时间")
def approving_department_not_notified(measure: Any, command: Any, facts: Facts) -> bool:
    """Weihai: revoked, and the approving department promptly told (WH §18)."""
    rule = facts.policy.get(PRIVATE[measure.kind.value]) or {}
    told = command.approving_department_notified_at
    return "APPROVING_DEPARTMENT" in rule.get("notify", ()) and (told is None or told > facts.at)


@refuses("办理部门不得核实自己的办理")
def verifier_not_independent(measure: Any, _: Any, facts: Facts) -> bool:
    """Whoever did it does not judge it."""
    return body(facts) == measure.to_department_id or facts.actor.role in DEPARTMENT


OF_CASE = {"at": now, "accountability_case_id": lambda facts: facts.whole.accountability_case_id}

MEASURE = LifeCycle("measure", "处理", "PROPOSED TRANSFERRED ACCEPTED REFUSED EXECUTED VERIFIED", (
    row(NEW, said.ProposeMeasure, {said.MeasureProposed: "PROPOSED"},
        when=[not_private, case_not_decided, not_in_decision],
        fills={"modality": lambda facts: facts["modality"]}),
    row("PROPOSED, REFUSED", said.TransferMeasure, {said.MeasureTransferred: "TRANSFERRED"}, when=[wrong_department]),
    row("TRANSFERRED", said.AcceptMeasure, {said.MeasureAccepted: "ACCEPTED"},
        who=[not_the_department], fills=OF_CASE),
    row("TRANSFERRED", said.RefuseMeasure, {said.MeasureRefused: "REFUSED"},
        who=[not_the_department], when=[reasons_missing]),
    row("ACCEPTED", said.ExecuteMeasure, {said.MeasureExecuted: "EXECUTED"}, who=[not_the_department],
        when=[evidence_missing, approving_department_not_notified], fills={"executed_at": now}),
    row("EXECUTED", said.VerifyMeasure, {said.MeasureVerified: "VERIFIED"},
        who=[verifier_not_independent], fills={"verifier_id": person}),
))


class PrivateSchoolMeasure(Aggregate, kw_only=True):
    """One measure of one decision against one private school."""

    life_cycles = (MEASURE,)
    accountability_case_id: UUID | None = None
    unit_id: UUID | None = None
    kind: said.PrivateMeasureKind = REVOKE
    to_department_id: UUID | None = None

    def transfer_measure(self, _: Any, command: Any, facts: Facts) -> said.MeasureTransferred:
        """To the department named, which is the one the registry knows."""
        return fill(said.MeasureTransferred, command, facts, at=facts.at,
                    to_department_id=facts["answering_department_id"],
                    accountability_case_id=self.accountability_case_id)
