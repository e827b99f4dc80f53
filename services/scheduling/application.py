"""What is special about scheduling: who is in a team, what hides a sealed activity, and what follows a letter."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import annual_plan, inspection_activity
from contracts.values import Confidentiality, case_id
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts, Origin
from services.chassis.listening import Policy
from services.chassis.work import Intent
from services.scheduling.copies import COPIES, member
from services.scheduling.domain.activity_guards import overt
from services.scheduling.domain.annual_plan import AnnualPlan
from services.scheduling.domain.inspection_activity import InspectionActivity

Given = dict[str, Any]


def the_plan(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """The plan on which an activity is to stand."""
    return {"plan": app.load(AnnualPlan, command.plan_id)}


def the_team(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """The leader and the members, as personnel last described them."""
    team = dict.fromkeys((command.leader_id, *command.members))
    return {"team": {key: member(app, key) for key in team}}


def the_leader(app: ServiceApplication, activity: Any, _: Any, __: Facts) -> Given:
    """Whoever checks in."""
    return {"team": {activity.leader_id: member(app, activity.leader_id)}}


def the_next_body_up(app: ServiceApplication, plan: Any, _: Any, __: Facts) -> Given:
    """The body above the plan's own."""
    return {"upper_body_id": app.reference.body(plan.body_id).parent if plan.body_id else None}


def cancel_the_merged(_: Any, letter: Letter) -> Iterator[Command]:
    """Of merged activities one goes on."""
    event: Any = letter.event
    for activity_id in event.activity_ids:
        if activity_id != event.lead_activity_id:
            yield inspection_activity.CancelActivity(activity_id=activity_id, reason="已并入其他督导活动")


def close_the_reported(_: Any, letter: Letter) -> Iterator[Command]:
    """An activity ends with its approved report."""
    event: Any = letter.event
    if event.activity_id is not None:
        yield inspection_activity.CloseActivity(activity_id=event.activity_id, report_id=event.report_id)


class Scheduling(ServiceApplication):
    """督导安排."""

    name = "scheduling"
    aggregates = (AnnualPlan, InspectionActivity)
    gatherers = {
        inspection_activity.PlanActivity: the_plan,
        inspection_activity.FormTeam: the_team,
        inspection_activity.StartActivity: the_leader,
        annual_plan.FilePlanUpward: the_next_body_up,
        annual_plan.FileWorkReport: the_next_body_up,
    }
    copies = COPIES
    policies = {
        "scheduling.ActivitiesMerged": Policy(cancel_the_merged),
        "findings.ReportApproved": Policy(close_the_reported),
    }

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """Covert and flying activities are sealed from their first record on."""
        origin = super().origin(intent, stream)
        if overt(getattr(intent.command, "axes", None)):
            return origin
        return msgspec.structs.replace(origin, confidentiality=Confidentiality.SEALED_UNTIL)

    def cases(self, command: Command, stream: UUID) -> tuple[UUID, ...]:
        """One case for each unit that the activity concerns."""
        targets: Iterable[UUID] = getattr(command, "targets", ())
        return tuple(case_id(stream, unit_id) for unit_id in targets)

    def parties(self, aggregate: Aggregate) -> frozenset[str]:
        """The units concerned may speak, once they may know."""
        if not isinstance(aggregate, InspectionActivity) or aggregate.hidden:
            return frozenset()
        return frozenset(map(str, aggregate.targets))

    def moved(self, aggregate: Aggregate, events: Iterable[Any], origin: Origin) -> Origin:
        """The seal has an end; the start of the activity breaks it."""
        for event in events:
            if isinstance(event, inspection_activity.ActivitySealed):
                origin = msgspec.structs.replace(origin, sealed_until=event.sealed_until)
            elif isinstance(event, inspection_activity.ActivityStarted):
                origin = msgspec.structs.replace(
                    origin, confidentiality=Confidentiality.INTERNAL, sealed_until=None,
                )
        return super().moved(aggregate, events, origin)
