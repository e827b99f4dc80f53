"""Reasons to refuse a team or a notice that does not follow the lot, or that a unit's ledger does not allow."""

from typing import Any

from contracts.scheduling.inspection_activity import Rhythm
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

DONE = frozenset({"DRAWN", "REVEALED"})


@refuses("督导频次台账不予安排，须先经批准超出")
def burden_refused(_: Any, __: Any, facts: Facts) -> list[str]:
    """Out of plan does not mean out of bounds; only emergencies pass by themselves."""
    return list(facts.get("barred") or ())


@refuses("须先完成双随机抽取")
def draw_missing(activity: Any, _: Any, facts: Facts) -> bool:
    """Where a draw was begun, or a random inspection must be drawn (policy draw.doubleRandom, HN §8)."""
    draw = facts.get("draw")
    if draw is not None and draw.state != "ABANDONED":
        return draw.state not in DONE
    return activity.axes.rhythm is Rhythm.RANDOM and bool(facts.policy.get("draw.doubleRandom"))


@refuses("督导组成员须为抽取所定")
def not_as_drawn(_: Any, command: Any, facts: Facts) -> list[str]:
    """Nobody is added by hand beside the lot."""
    draw = facts.get("draw")
    if draw is None or draw.state not in DONE or not draw.inspectors:
        return []
    return [str(one) for one in {command.leader_id, *command.members} - {*draw.inspectors}]


@refuses("该单位未被抽中")
def unit_not_drawn(_: Any, command: Any, facts: Facts) -> bool:
    """Whom the lot did not fall on is not visited."""
    draw = facts.get("draw")
    return draw is not None and draw.state in DONE and bool(draw.units) and command.unit_id not in draw.units
