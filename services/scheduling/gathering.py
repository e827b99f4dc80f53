"""What commands are told: plans, activities and the smaller aggregates."""

from typing import Any
from uuid import UUID

from contracts.values import natural_id
from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts, body
from services.scheduling.burdening import barred, objections_at
from services.scheduling.copies import member
from services.scheduling.domain.annual_plan import AnnualPlan
from services.scheduling.domain.inspection_activity import InspectionActivity
from services.scheduling.domain.round import Round
from services.scheduling.draws import last_draw
from services.scheduling.listings import Seats, listed_at
from services.scheduling.traces import Asked, slot_of

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


def the_listed(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """Who may go to a school as its own inspector."""
    return {"listed": listed_at(app, command.school_id)}


def the_visitor(app: ServiceApplication, visit: Any, _: Any, __: Facts) -> Given:
    """Whoever stands at the gate."""
    return {"team": {visit.inspector_id: member(app, visit.inspector_id)} if visit.inspector_id else {}}


def the_committee(app: ServiceApplication, meeting: Any, command: Any, _: Facts) -> Given:
    """Where the committee is at home, and how many seats it has."""
    body_id = getattr(command, "body_id", None) or meeting.body_id
    seats = app.kept.find(Seats, body_id)
    place = app.reference.body(body_id).place if body_id else None
    return {"committee_place": place, "seats": seats.count if seats else None}


def the_earlier_round(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """The round before this one."""
    return {"earlier": app.load(Round, natural_id("Round", command.body_id, command.number - 1))}


def the_campaigns(app: ServiceApplication, _: Any, command: Any, facts: Facts) -> Given:
    """Whether the body keeps the register, and how often its data items were asked of these participants."""
    acting = app.reference.body_if_known(body(facts))
    asked = {
        element: sum(bool({*one.participants} & {*command.participants}) for one in app.kept.below(Asked, element))
        for element in command.elements
    }
    return {"supervises": acting is not None and acting.supervises, "asked": asked}


def the_activity(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """The activity someone took part in."""
    return {"activity": app.load(InspectionActivity, command.activity_id)}
