"""What is special about scheduling: what commands are told, what hides a sealed activity and its draw."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from contracts.record import Command
from contracts.scheduling import annual_plan, double_random_draw, inspection_activity
from contracts.values import Confidentiality, case_id
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.work import Intent
from services.scheduling import burdening, gathering, pools
from services.scheduling.copies import COPIES
from services.scheduling.domain.activity_guards import overt
from services.scheduling.domain.annual_plan import AnnualPlan
from services.scheduling.domain.burden_ledger import BURDEN, BurdenLedger
from services.scheduling.domain.double_random_draw import DRAW, DoubleRandomDraw
from services.scheduling.domain.inspection_activity import InspectionActivity
from services.scheduling.policies import POLICIES
from services.scheduling.traces import TRACES


class Scheduling(ServiceApplication):
    """督导安排."""

    name = "scheduling"
    aggregates = (AnnualPlan, InspectionActivity, DoubleRandomDraw, BurdenLedger)
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
    }
    copies = {**COPIES, **TRACES}
    policies = POLICIES

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """Covert and flying activities are sealed from their first record on, and so is what is drawn for them."""
        origin = super().origin(intent, stream)
        if not self._secret(intent.command):
            return origin
        return msgspec.structs.replace(origin, confidentiality=Confidentiality.SEALED_UNTIL)

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
