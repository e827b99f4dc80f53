"""Inspector (督学): candidate, qualified, taken on, trained, active, perhaps suspended, gone (domain 3.1.1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.personnel import inspector as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.eligibility import (
    authority_not_allowed,
    category_not_appointed,
    category_not_engaged,
    functions_missing,
    health_not_attested,
    not_after_misconduct,
    not_selected_anew,
    origin_not_for_function,
    retired_too_long,
    retirement_date_missing,
    too_many_terms,
)

ACCREDITED = "YEARLY_TRAINING_AND_ACCREDITATION"


@refuses("须经遴选")
def selection_missing(inspector: Any, command: Any, _: Facts) -> bool:
    """A selection procedure was held (HN §19, BJ §二(四)¶2)."""
    return command.batch_id is None and inspector.selection_round_id is None


@refuses("须经培训和资格认定")
def accreditation_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Where policy asks for both (SH §16)."""
    asked = facts.policy.get("appointment.qualification") == ACCREDITED
    return asked and (command.training_record_id is None or command.accredited_by is None)


@refuses("须有岗前培训记录")
def pre_service_missing(_: Any, command: Any, facts: Facts) -> bool:
    """No duty before training (HN §18, WH §8); where policy is unset, nothing is asked."""
    return bool(facts.policy.get("training.preServiceRequired")) and command.hours <= 0


@refuses("须写明所依据的同一违纪违规案件")
def another_conduct_case(inspector: Any, command: Any, _: Facts) -> bool:
    """What suspended them is what ends."""
    return command.conduct_case_id != inspector.conduct_case_id


@refuses("没有未结的违纪违规案件，督学证也未暂停")
def no_cause_to_suspend(_: Any, __: Any, facts: Facts) -> bool:
    """An open case about this inspector, or a suspended card."""
    return not facts.get("cause_to_suspend")


@refuses("暂停履职的事由尚未消除")
def cause_remains(_: Any, __: Any, facts: Facts) -> bool:
    """The case is closed without exit; without a case, no card is suspended any more."""
    return bool(facts.get("cause_remains"))


ENGAGEMENT = [
    category_not_engaged, authority_not_allowed, functions_missing, retirement_date_missing, retired_too_long,
    health_not_attested, origin_not_for_function,
]

INSPECTOR = LifeCycle("inspector", "督学", "CANDIDATE QUALIFIED CLOSED PENDING_TRAINING ACTIVE SUSPENDED EXITED", (
    row(NEW, said.RegisterCandidate, {said.CandidateRegistered: "CANDIDATE"}, when=[retirement_date_missing]),
    row("CANDIDATE", said.GrantQualification, {said.QualificationGranted: "QUALIFIED"},
        when=[selection_missing, accreditation_missing]),
    row("CANDIDATE", said.RejectCandidate, {said.CandidateRejected: "CLOSED"}, when=[reason_missing]),
    row("QUALIFIED", said.AppointInspector, {said.InspectorAppointed: "PENDING_TRAINING"},
        when=[category_not_appointed, authority_not_allowed, functions_missing]),
    row("QUALIFIED", said.EngageInspector, {said.InspectorEngaged: "PENDING_TRAINING"}, when=ENGAGEMENT),
    row("PENDING_TRAINING", said.ConfirmPreServiceTraining, {said.PreServiceTrainingCompleted: "ACTIVE"},
        when=[pre_service_missing]),
    row("ACTIVE", said.SuspendInspector, {said.InspectorSuspended: "SUSPENDED"},
        when=[reason_missing, no_cause_to_suspend]),
    row("SUSPENDED", said.ReinstateInspector, {said.InspectorReinstated: "ACTIVE"},
        when=[another_conduct_case, cause_remains]),
    row("ACTIVE, SUSPENDED, PENDING_TRAINING", said.RecordExit, {said.InspectorExited: "EXITED"}),
    row("EXITED", said.EngageInspector, {said.InspectorEngaged: "PENDING_TRAINING"},
        when=[*ENGAGEMENT, not_after_misconduct, not_selected_anew, too_many_terms]),
), apart=(said.InspectorReinstated,))


class Inspector(Aggregate, kw_only=True):
    """One person as inspector; the name stands in the vault, never here."""

    life_cycles = (INSPECTOR,)
    category: said.Category | None = None
    came_from: str = ""
    health_attested_at: datetime | None = None
    selection_round_id: UUID | None = None
    consecutive_terms: int = 0
    conduct_case_id: UUID | None = None
    exit_ground: said.ExitGround | None = None
    exited_at: datetime | None = None
    decided_by: UUID | None = None
    body_id: UUID | None = None
    employment_status: said.EmploymentStatus | None = None

    def engage_inspector(self, _: Any, command: Any, facts: Facts) -> said.InspectorEngaged:
        """With the number of consecutive terms."""
        return fill(said.InspectorEngaged, command, facts, consecutive_terms=self.next_term())

    def next_term(self) -> int:
        """A term that follows one that ended by itself counts on; after any other exit the count begins anew."""
        follows = self.exit_ground in (None, said.ExitGround.TERM_ENDED)
        return self.consecutive_terms + 1 if follows else 1

    def on_candidate_registered(self, _: Any, event: said.CandidateRegistered) -> None:
        """Where the person comes from."""
        self.came_from = event.origin.value

    def on_inspector_appointed(self, _: Any, event: said.InspectorAppointed) -> None:
        """In whose team."""
        self.body_id = event.appointing_body_id

    def on_inspector_engaged(self, _: Any, event: said.InspectorEngaged) -> None:
        """In whose team."""
        self.body_id = event.engaging_body_id

    def on_inspector_exited(self, _: Any, event: said.InspectorExited) -> None:
        """Why and when."""
        self.exit_ground, self.exited_at = event.ground, event.effective_at

    def entity_keys(self) -> tuple[str, ...]:
        """Found by the body that took them on."""
        return (f"Inspector|{self.body_id}|{self.stream}",) if self.body_id else ()
