"""AccreditationApplication (申报认定): a district applies, is reviewed, verified, recognised or not (domain 3.2.8)."""

from typing import Any
from uuid import UUID

from contracts.scheduling import accreditation_application as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

Stage, Result = said.AccreditationStage, said.AccreditationResult
NEXT = {"APPLIED": Stage.MUNICIPAL, "MUNICIPAL_REVIEWED": Stage.NATIONAL}


@refuses("申报机关不得审核或认定自己的申报")
def own_application(application: Any, _: Any, facts: Facts) -> bool:
    """No one recognises themselves."""
    return application.state != "-" and body(facts) == facts.origin.owner_body


@refuses("须先市（省）级审核，后国家核查")
def stage_out_of_order(application: Any, command: Any, _: Facts) -> bool:
    """One after the other (SH §5)."""
    return command.stage is not NEXT.get(application.state)


@refuses("上一环节未通过")
def earlier_stage_failed(application: Any, command: Any, _: Facts) -> bool:
    """What failed once goes no further; it can only be refused."""
    recognised = getattr(command, "decision", None) is not said.AccreditationDecision.REFUSED
    return application.result is Result.FAILED and recognised


@refuses("未通过的，须列出问题")
def problems_missing(_: Any, command: Any, __: Facts) -> bool:
    """Failed for what."""
    return command.result is Result.FAILED and not any(one.strip() for one in command.problems)


@refuses("未经国家核查，不得认定")
def not_verified(application: Any, command: Any, _: Facts) -> bool:
    """Recognised only after the verification (SH §5)."""
    return command.decision is said.AccreditationDecision.RECOGNISED and application.state != "NATIONAL_VERIFIED"


ACCREDITATION = LifeCycle(
    "application", "申报认定", "APPLIED MUNICIPAL_REVIEWED NATIONAL_VERIFIED RECOGNISED REFUSED",
    (
        row(NEW, said.ApplyAccreditation, {said.AccreditationApplied: "APPLIED"}),
        row("APPLIED, MUNICIPAL_REVIEWED", said.ReviewAccreditation,
            {said.AccreditationReviewed: "MUNICIPAL_REVIEWED or NATIONAL_VERIFIED"}, who=[own_application],
            when=[stage_out_of_order, earlier_stage_failed, problems_missing]),
        row("MUNICIPAL_REVIEWED, NATIONAL_VERIFIED", said.DecideAccreditation,
            {said.AccreditationDecided: "RECOGNISED or REFUSED"}, who=[own_application],
            when=[not_verified, earlier_stage_failed], fills={"by_body_id": body}),
    ),
)


class AccreditationApplication(Aggregate, kw_only=True):
    """One application of one district for one kind of recognition."""

    life_cycles = (ACCREDITATION,)
    district_id: UUID | None = None
    result: said.AccreditationResult | None = None

    def on_accreditation_reviewed(self, _: Any, event: said.AccreditationReviewed) -> None:
        """Each stage has a state."""
        self.state = "MUNICIPAL_REVIEWED" if event.stage is Stage.MUNICIPAL else "NATIONAL_VERIFIED"

    def on_accreditation_decided(self, _: Any, event: said.AccreditationDecided) -> None:
        """As decided."""
        self.state = event.decision.value
