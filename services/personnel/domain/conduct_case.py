"""ConductCase (督学违纪违规): reported, verified or dismissed, decided, applied (domain 3.1.6)."""

from typing import Any
from uuid import UUID

from contracts.personnel import conduct_case as said
from contracts.personnel.conduct_case import ConductOutcome
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, body, person
from services.chassis.guards import evidence_missing, reasons_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

DONE = {
    ConductOutcome.SUSPENSION: frozenset({"SUSPENDED", "EXITED"}),
    ConductOutcome.EXIT: frozenset({"EXITED"}),
}
"""How the inspector must stand before an outcome counts as applied."""


@refuses("须写明违纪违规情形")
def ground_missing(_: Any, command: Any, __: Facts) -> bool:
    """At least one of the listed grounds (WH §7)."""
    return not command.grounds


@refuses("不得办理本人的案件")
def own_case(case: Any, _: Any, facts: Facts) -> bool:
    """Nobody judges himself or herself."""
    return case.inspector_id is not None and case.inspector_id == person(facts)


@refuses("核查人曾与该督学同在一个督导组")
def same_team(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """The investigator never was in a team with the inspector; the activities are named."""
    return list(facts.get("shared_activities") or ())


@refuses("须写明查明的事实")
def facts_missing(_: Any, command: Any, __: Facts) -> bool:
    """What was found out."""
    return not command.facts.strip()


@refuses("须报告上一级督导机构")
def upper_body_not_informed(_: Any, command: Any, facts: Facts) -> bool:
    """Where policy asks (conduct.reportUpward) and there is a body above."""
    asked = facts.policy.get("conduct.reportUpward") and facts.get("upper_body_id") is not None
    return bool(asked) and not command.reported_upward


@refuses("处理决定尚未落实")
def not_yet_applied(case: Any, command: Any, facts: Facts) -> bool:
    """The inspector is suspended or gone, as decided; a criticism is applied by being told."""
    wanted = DONE.get(case.outcome)
    return not command.applied_to or (wanted is not None and facts.get("inspector_state") not in wanted)


CONDUCT = LifeCycle("conduct_case", "违纪违规案件", "REPORTED VERIFIED DECIDED CLOSED", (
    row(NEW, said.ReportConduct, {said.ConductReported: "REPORTED"}, when=[ground_missing]),
    row("REPORTED", said.VerifyConduct, {said.ConductVerified: "VERIFIED"},
        who=[own_case, same_team], when=[facts_missing, evidence_missing]),
    row("REPORTED", said.DismissConduct, {said.ConductDismissed: "CLOSED"},
        who=[own_case, same_team], when=[reasons_missing]),
    row("VERIFIED", said.DecideConduct, {said.ConductDecided: "DECIDED"},
        who=[own_case], when=[upper_body_not_informed]),
    row("DECIDED", said.ApplyConduct, {said.ConductApplied: "CLOSED"}, when=[not_yet_applied]),
))


class ConductCase(Aggregate, kw_only=True):
    """One allegation against one inspector."""

    life_cycles = (CONDUCT,)
    inspector_id: UUID | None = None
    outcome: ConductOutcome | None = None

    def report_conduct(self, _: Any, command: Any, facts: Facts) -> said.ConductReported:
        """Who reported it is known to whoever has the key."""
        sealed = facts["seal"](command.reporter) if command.reporter else None
        return fill(said.ConductReported, command, facts, reporter_sealed=sealed)

    def decide_conduct(self, _: Any, command: Any, facts: Facts) -> said.ConductDecided:
        """With the inspector, so that what follows need not ask."""
        return fill(said.ConductDecided, command, facts, decided_by=body(facts), inspector_id=self.inspector_id,
                    reported_upward=command.reported_upward)

    def entity_keys(self) -> tuple[str, ...]:
        """Found by its inspector."""
        return (f"ConductCase|{self.inspector_id}|{self.stream}",)
