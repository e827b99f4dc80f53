"""What is special about scheduling: what commands are told, what hides a sealed activity and its draw."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from contracts.record import Command
from contracts.scheduling import (
    annual_plan,
    burden_ledger,
    coverage_obligation,
    double_random_draw,
    inspection_activity,
    major_matter_filing,
    monitoring_campaign,
    participation,
    plenary_meeting,
    routine_visit,
)
from contracts.scheduling import round as around
from contracts.values import Confidentiality, case_id
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.work import Intent
from services.scheduling import burdening, gathering, obligations, pools
from services.scheduling.copies import COPIES
from services.scheduling.domain.accreditation_application import AccreditationApplication
from services.scheduling.domain.activity_guards import overt
from services.scheduling.domain.annual_plan import AnnualPlan
from services.scheduling.domain.burden_ledger import BURDEN, BurdenLedger
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.domain.double_random_draw import DRAW, DoubleRandomDraw
from services.scheduling.domain.guidance_event import GuidanceEvent
from services.scheduling.domain.inspection_activity import InspectionActivity
from services.scheduling.domain.major_matter_filing import MajorMatterFiling
from services.scheduling.domain.monitoring_campaign import MonitoringCampaign
from services.scheduling.domain.participation import Participation
from services.scheduling.domain.plenary_meeting import PlenaryMeeting
from services.scheduling.domain.reform_task import ReformTask
from services.scheduling.domain.round import Round
from services.scheduling.domain.routine_visit import RoutineVisit
from services.scheduling.listings import LISTINGS
from services.scheduling.policies import POLICIES
from services.scheduling.traces import TRACES


class Scheduling(ServiceApplication):
    """督导安排."""

    name = "scheduling"
    aggregates = (
        AnnualPlan, InspectionActivity, DoubleRandomDraw, BurdenLedger, RoutineVisit, CoverageObligation,
        PlenaryMeeting, Round, MonitoringCampaign, ReformTask, AccreditationApplication, Participation,
        MajorMatterFiling, GuidanceEvent,
    )
    gatherers = {
        **{line.command: burdening.the_rules for line in BURDEN.rows},
        **{line.command: pools.the_draw for line in DRAW.rows},
        double_random_draw.PrepareDraw: pools.the_registers,
        double_random_draw.SubstituteDraw: pools.the_replaced,
        inspection_activity.PlanActivity: gathering.the_plan,
        inspection_activity.FormTeam: gathering.the_team,
        inspection_activity.ServeNotice: gathering.the_drawn,
        inspection_activity.StartActivity: gathering.the_leader,
        annual_plan.FilePlanUpward: gathering.the_next_body_up,
        annual_plan.FileWorkReport: gathering.the_next_body_up,
        routine_visit.ScheduleVisit: gathering.the_listed,
        routine_visit.CheckIn: gathering.the_visitor,
        coverage_obligation.OpenObligation: obligations.the_window,
        coverage_obligation.ReanchorObligation: obligations.the_window,
        coverage_obligation.ScheduleObligation: obligations.the_deed,
        coverage_obligation.SatisfyObligation: obligations.the_deed,
        plenary_meeting.ConveneMeeting: gathering.the_committee,
        plenary_meeting.HoldMeeting: gathering.the_committee,
        around.OpenRound: gathering.the_earlier_round,
        monitoring_campaign.DefineCampaign: gathering.the_campaigns,
        participation.RecordParticipation: gathering.the_activity,
        major_matter_filing.OpenFiling: gathering.the_next_body_up,
    }
    copies = {**COPIES, **LISTINGS, **TRACES}
    policies = POLICIES

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """Covert and flying activities are sealed from their first record on, and so is what is drawn for them."""
        origin = self._whose(intent, stream)
        if not self._secret(intent.command):
            return origin
        return msgspec.structs.replace(origin, confidentiality=Confidentiality.SEALED_UNTIL)

    def _whose(self, intent: Intent, stream: UUID) -> Origin:
        """A visit belongs to its school; what a body owes belongs to the body, for it is no unit.

        A unit reads its own ledger, whatever was the first to take days of it.
        """
        command = intent.command
        if isinstance(command, routine_visit.ScheduleVisit):
            origin = super().origin(intent, stream)
            cases = (case_id(stream, command.school_id),)
            return msgspec.structs.replace(
                origin, unit_path=self.reference.unit_path(command.school_id), case_ids=cases)
        if isinstance(command, burden_ledger.OpenBurdenPeriod):
            return msgspec.structs.replace(super().origin(intent, stream), confidentiality=Confidentiality.INTERNAL)
        owing = self.reference.body_if_known(getattr(command, "unit_id", None))
        if owing is not None:
            path = self.reference.owner_path(owing.body_id)
            return Origin(jurisdiction=owing.place, tier=owing.tier, owner_body=owing.body_id, owner_path=path)
        return super().origin(intent, stream)

    def _secret(self, command: Command) -> bool:
        if isinstance(command, double_random_draw.PrepareDraw):
            activity = self.load(InspectionActivity, command.activity_id)
            return isinstance(activity, InspectionActivity) and activity.hidden
        return not overt(getattr(command, "axes", None))

    def cases(self, command: Command, stream: UUID) -> tuple[UUID, ...]:
        """One case for each unit that the activity concerns."""
        targets: Iterable[UUID] = getattr(command, "targets", ())
        return tuple(case_id(stream, unit_id) for unit_id in targets)

    def parties(self, aggregate: Aggregate) -> frozenset[str]:
        """The units concerned may speak, once they may know."""
        if isinstance(aggregate, ReformTask):
            return frozenset(map(str, (aggregate.lead_unit_id, *aggregate.co_unit_ids)))
        if not isinstance(aggregate, InspectionActivity) or aggregate.hidden:
            return frozenset()
        return frozenset(map(str, aggregate.targets))

    def moved(self, aggregate: Aggregate, events: Iterable[object], origin: Origin) -> Origin:
        """The seal has an end; the start of the activity breaks it. A draw belongs to the cases of whom it names."""
        for event in events:
            if isinstance(event, inspection_activity.ActivitySealed):
                origin = msgspec.structs.replace(origin, sealed_until=event.sealed_until)
            elif isinstance(event, inspection_activity.ActivityStarted | double_random_draw.DrawRevealed):
                origin = msgspec.structs.replace(
                    origin, confidentiality=Confidentiality.INTERNAL, sealed_until=None,
                )
            elif isinstance(event, double_random_draw.DrawExecuted) and isinstance(aggregate, DoubleRandomDraw):
                drawn = tuple(case_id(aggregate.activity_id, unit_id) for unit_id in event.units)
                origin = msgspec.structs.replace(origin, case_ids=drawn)
        return super().moved(aggregate, events, origin)
