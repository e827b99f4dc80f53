"""Who must not be drawn, and why: found in this service's own copies when the registers are frozen (domain 3.2.5)."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from contracts.scheduling.double_random_draw import Exclusion, ExclusionReason, Pool
from services.chassis.facts import Facts
from services.chassis.policy_values import china_day
from services.scheduling.burdening import objections_at, slot_known
from services.scheduling.copies import Inspector, Quota, Tie, member
from services.scheduling.domain.burden_rules import BurdenRule
from services.scheduling.domain.inspection_activity import InspectionActivity
from services.scheduling.draws import attempt
from services.scheduling.traces import Served

Reason = ExclusionReason
Given = dict[str, Any]


def the_draw(app: Any, draw: Any, _: Any, __: Facts) -> Given:
    """The activity drawn for."""
    return {"activity": app.load(InspectionActivity, draw.activity_id) if draw.activity_id else None}


def the_registers(app: Any, _: Any, command: Any, facts: Facts) -> Given:
    """The activity, the attempt before this one, everyone in the register, and who must be left out."""
    activity = app.load(InspectionActivity, command.activity_id)
    inspectors = {key: member(app, key) for key in command.inspector_pool}
    found = [*_units_out(app, command, facts)]
    left = {*command.unit_pool} - {one.id for one in (*found, *command.exclusions)}
    found += _inspectors_out(app, inspectors, left, activity, facts)
    return {
        "activity": activity, "inspectors": inspectors, "exclusions": tuple(found),
        "earlier": attempt(app, command.activity_id, command.attempt - 1),
    }


def the_replaced(app: Any, draw: Any, command: Any, facts: Facts) -> Given:
    """What the copies say of whoever is to be replaced."""
    return {**the_draw(app, draw, command, facts), "inspector": member(app, command.removed_id)}


def _units_out(app: Any, command: Any, facts: Facts) -> Iterator[Exclusion]:
    slot = slot_known(app, command.activity_id)
    for unit_id in command.unit_pool:
        app.reference.unit(unit_id)
        if slot is not None and BurdenRule.CAP_REACHED in objections_at(app, unit_id, slot, facts):
            yield Exclusion(id=unit_id, pool=Pool.UNITS, reason=Reason.BURDEN_EXHAUSTED)


def _inspectors_out(
    app: Any, inspectors: Mapping[UUID, Inspector | None], units: set[UUID], activity: Any, facts: Facts,
) -> Iterator[Exclusion]:
    managers = _managers(app, units, facts)
    for key, one in inspectors.items():
        if one is None:
            continue
        former = {tie.school_id for tie in app.kept.below(Tie, key) if _still_tied(tie, facts)}
        holds = {
            Reason.EXITED: one.state == "EXITED",
            Reason.SUSPENDED: one.state == "SUSPENDED",
            Reason.NO_PRE_SERVICE_TRAINING: one.state == "PENDING_TRAINING",
            Reason.NO_CREDENTIAL: not one.valid_at(facts.at),
            Reason.RECUSED: activity is not None and activity.recusals.get(str(key)) == "GRANTED",
            Reason.FORMER_SCHOOL: bool(former & units),
            Reason.MANAGING_DEPARTMENT: one.body_id in managers,
            Reason.OVER_QUOTA: _over_quota(app, key, activity, facts),
        }
        yield from (Exclusion(id=key, pool=Pool.INSPECTORS, reason=why) for why, true in holds.items() if true)


def _still_tied(tie: Tie, facts: Facts) -> bool:
    """For so many years (WH §8; policy recusal.formerSchool.years), for ever where nobody says."""
    years = facts.policy.get("recusal.formerSchool.years")
    day = china_day(facts.at)
    return years is None or (day.year - tie.left.year, day.month, day.day) < (years, tie.left.month, tie.left.day)


def _managers(app: Any, units: set[UUID], facts: Facts) -> set[UUID]:
    held = [app.reference.unit(unit_id).managed(facts.at) for unit_id in units]
    return {body for one in held for body in (one.managed_by, one.competent_department_id) if body is not None}


def _over_quota(app: Any, inspector_id: UUID, activity: Any, facts: Facts) -> bool:
    year = activity.window.to.year if activity and activity.window else china_day(facts.at).year
    quota = app.kept.find(Quota, inspector_id, year)
    served = sum(one.days for one in app.kept.below(Served, inspector_id, year))
    return quota is not None and served >= quota.days
