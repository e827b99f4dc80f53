"""What the commands of plans and activities are told."""

from typing import Any
from uuid import UUID

from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts
from services.scheduling.burdening import barred, objections_at
from services.scheduling.copies import member
from services.scheduling.domain.annual_plan import AnnualPlan
from services.scheduling.draws import last_draw
from services.scheduling.traces import slot_of

Given = dict[str, Any]


def the_plan(app: ServiceApplication, _: Any, command: Any, facts: Facts) -> Given:
    """The plan on which an activity is to stand, and what the ledgers of its targets say."""
    slot = slot_of(app, command)
    burden = {str(unit_id): objections_at(app, unit_id, slot, facts) for unit_id in command.targets}
    return {"plan": app.load(AnnualPlan, command.plan_id), "burden": burden}


def the_team(app: ServiceApplication, activity: Any, command: Any, facts: Facts) -> Given:
    """The leader and the members, as personnel last described them; the draw, and who bars the way."""
    team = dict.fromkeys((command.leader_id, *command.members))
    return {
        "team": {key: member(app, key) for key in team}, "draw": last_draw(app, activity.stream),
        "barred": barred(app, activity.stream, facts),
    }


def the_leader(app: ServiceApplication, activity: Any, _: Any, __: Facts) -> Given:
    """Whoever checks in."""
    return {"team": {activity.leader_id: member(app, activity.leader_id)}}


def the_drawn(app: ServiceApplication, activity: Any, _: Any, __: Facts) -> Given:
    """The units the lot fell on."""
    return {"draw": last_draw(app, activity.stream)}


def the_next_body_up(app: ServiceApplication, subject: Any, command: Any, __: Facts) -> Given:
    """The body above the stream's own."""
    body_id: UUID | None = subject.body_id or getattr(command, "body_id", None)
    return {"upper_body_id": app.reference.body(body_id).parent if body_id else None}
