"""RetaliationReport (威胁恐吓、打击报复督导人员): sealed, decided, never shown to the unit (domain 3.5.9)."""

from typing import Any
from uuid import UUID

from contracts.accountability import retaliation_report as said
from contracts.values import Role
from services.accountability.domain.guards import empty
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("督导人员只能报告自己所受的威胁或报复")
def not_own_report(_: Any, command: Any, facts: Facts) -> bool:
    """The office may write down what an inspector said; inspectors speak for themselves."""
    return facts.actor.role is not Role.OFFICE_STAFF and command.inspector_id != person(facts)


@refuses("须写明经过")
def account_missing(_: Any, command: Any, __: Facts) -> bool:
    """An empty account seals nothing."""
    return empty(command.account)


@refuses("报告人不得自行作出结论")
def decider_is_reporter(report: Any, _: Any, facts: Facts) -> bool:
    """Nobody decides on his own report."""
    return report.inspector_id == person(facts)


@refuses("属实的须写明问责案")
def case_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Established, it has a case (HN §16)."""
    return command.outcome is said.RetaliationOutcome.ESTABLISHED and not facts.get("case_known")


REPORT = LifeCycle("report", "报复报告", "REPORTED DECIDED", (
    row(NEW, said.ReportRetaliation, {said.RetaliationReported: "REPORTED"},
        who=[not_own_report], when=[account_missing]),
    row("REPORTED", said.DecideRetaliation, {said.RetaliationDecided: "DECIDED"},
        who=[decider_is_reporter], when=[case_missing]),
))


class RetaliationReport(Aggregate, kw_only=True):
    """One report of one inspector about one unit."""

    life_cycles = (REPORT,)
    inspector_id: UUID | None = None

    def report_retaliation(self, _: Any, command: Any, facts: Facts) -> said.RetaliationReported:
        """The account stands in the event as ciphertext only."""
        return fill(said.RetaliationReported, command, facts, sealed=facts["seal"](command.account))
