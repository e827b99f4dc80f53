"""What is special about personnel: what each command is told, whose a stream is, and who else may act."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from contracts.personnel import (
    appointment,
    assessment,
    civic_observer,
    conduct_case,
    credential,
    expense_claim,
    expert,
    inspector,
    internal_supervisor,
    large_school_list,
    member_unit,
    responsibility_area,
    reward,
    school_listing,
    training_year,
    workload_quota,
    workload_statement,
)
from contracts.record import Command
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.work import Intent
from services.personnel import gathering, gathering_bodies, homes
from services.personnel.copies import COPIES
from services.personnel.domain.appointment import Appointment
from services.personnel.domain.assessment import Assessment
from services.personnel.domain.career_exchange import CareerExchange
from services.personnel.domain.civic_observer import CivicObserver
from services.personnel.domain.committee import Committee
from services.personnel.domain.conduct_case import ConductCase
from services.personnel.domain.credential import Credential
from services.personnel.domain.expense_claim import ExpenseClaim
from services.personnel.domain.expert import Expert
from services.personnel.domain.inspector import Inspector
from services.personnel.domain.internal_supervisor import InternalSupervisor
from services.personnel.domain.large_school_list import LargeSchoolList
from services.personnel.domain.member_unit import MemberUnit
from services.personnel.domain.responsibility_area import ResponsibilityArea
from services.personnel.domain.reward import Reward
from services.personnel.domain.school_listing import SchoolListing
from services.personnel.domain.training_year import TrainingYear
from services.personnel.domain.workload_quota import WorkloadQuota
from services.personnel.domain.workload_statement import WorkloadStatement
from services.personnel.policies import POLICIES


class Personnel(ServiceApplication):
    """督学队伍."""

    name = "personnel"
    aggregates = (
        Inspector, Credential, Appointment, ConductCase, SchoolListing, TrainingYear, Assessment, ResponsibilityArea,
        Committee, MemberUnit, Expert, CivicObserver, ExpenseClaim, WorkloadStatement, WorkloadQuota, CareerExchange,
        InternalSupervisor, Reward, LargeSchoolList,
    )
    gatherers = {
        inspector.AppointInspector: gathering.kind_of_authority,
        inspector.EngageInspector: gathering.kind_of_authority,
        inspector.SuspendInspector: gathering.cause_to_suspend,
        inspector.ReinstateInspector: gathering.cause_remains,
        inspector.RecordExit: gathering.known_decider,
        credential.ApplyForCredential: gathering.how_they_stand,
        credential.IssueCredential: gathering.next_number,
        credential.RestoreCredential: gathering.open_case,
        credential.RevokeCredential: gathering.how_they_stand,
        conduct_case.ReportConduct: gathering.sealing,
        conduct_case.VerifyConduct: gathering.who_investigates,
        conduct_case.DismissConduct: gathering.who_investigates,
        conduct_case.DecideConduct: gathering.the_body_above,
        conduct_case.ApplyConduct: gathering.how_they_stand,
        appointment.OpenAppointment: gathering.the_next_term,
        appointment.AttachAssessment: gathering.the_assessment,
        appointment.RenewAppointment: gathering.the_renewal,
        appointment.TerminateAppointment: gathering.the_decision,
        school_listing.AssignListing: gathering.may_be_listed,
        school_listing.PublishListing: gathering.may_be_listed,
        school_listing.ReplaceListing: gathering.may_be_listed,
        training_year.OpenTrainingYear: gathering_bodies.active_in_year,
        assessment.OpenAssessment: gathering.how_they_stand,
        assessment.ScoreAssessment: gathering_bodies.actual_results,
        assessment.ConfirmAssessment: gathering_bodies.own_tier,
        assessment.ContestAssessment: gathering_bodies.when_confirmed,
        assessment.DecideContest: gathering_bodies.own_tier,
        responsibility_area.EstablishArea: gathering_bodies.for_the_area,
        responsibility_area.AdjustArea: gathering_bodies.for_the_area,
        responsibility_area.PostInspector: gathering.how_they_stand,
        large_school_list.DesignateLargeSchools: gathering_bodies.schools_outside,
        member_unit.AssignDuty: gathering_bodies.the_committee,
        member_unit.NameLiaison: gathering_bodies.the_committee,
        expert.AddExpert: gathering_bodies.known_bodies,
        expert.LendExpert: gathering_bodies.known_bodies,
        civic_observer.InviteObserver: gathering_bodies.whoever_is_invited,
        expense_claim.SubmitClaim: gathering_bodies.whether_they_took_part,
        workload_statement.CertifyWorkload: gathering_bodies.the_years_work,
        workload_quota.SetQuota: gathering_bodies.for_the_quota,
        internal_supervisor.EngageInternal: gathering_bodies.type_of_school,
        reward.GrantReward: gathering.how_they_stand,
    }
    copies = COPIES
    policies = POLICIES

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """A conduct case is its inspector's body's, a school's own staff is of the school."""
        command = intent.command
        if isinstance(command, conduct_case.ReportConduct):
            return homes.of_the_accused(self, command.inspector_id, intent)
        if isinstance(command, internal_supervisor.AppointLeader | internal_supervisor.EngageInternal):
            return homes.of_the_school(self, command, intent)
        return super().origin(intent, stream)

    def cases(self, command: Command, stream: UUID) -> tuple[UUID, ...]:
        """A listing or a register of staff is no case; what follows from one keeps its thread."""
        return ()

    def parties(self, aggregate: Aggregate) -> frozenset[str]:
        """A member unit names its own liaison."""
        return frozenset({str(aggregate.member_unit_id)}) if isinstance(aggregate, MemberUnit) else frozenset()

    def moved(self, aggregate: Aggregate, events: Iterable[Any], origin: Origin) -> Origin:
        """A case of conduct does not concern the unit whose user reported it, which cannot look into it."""
        made = tuple(events)
        if any(isinstance(event, conduct_case.ConductReported) for event in made):
            origin = msgspec.structs.replace(origin, unit_path=None)
        return super().moved(aggregate, made, origin)
