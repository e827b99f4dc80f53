"""Participation (成员单位参加督导): who came from which member unit to which activity (domain 3.2.8, HN §3)."""

from typing import Any

from contracts.scheduling import participation as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("没有登记该督导活动，或其已取消")
def no_such_activity(_: Any, __: Any, facts: Facts) -> bool:
    """Nobody took part in what did not happen."""
    activity = facts.get("activity")
    return activity is None or activity.state == "CANCELLED"


@refuses("被督导的成员单位不得派人参加")
def inspected_member(_: Any, command: Any, facts: Facts) -> bool:
    """Although it sits in the committee (HN §1, WH §4)."""
    activity = facts.get("activity")
    return activity is not None and command.member_unit_id in activity.targets


PARTICIPATION = LifeCycle("participation", "参加督导", "RECORDED", (
    row(NEW, said.RecordParticipation, {said.MemberUnitParticipated: "RECORDED"},
        when=[no_such_activity, inspected_member]),
))


class Participation(Aggregate, kw_only=True):
    """One person of one member unit in one activity."""

    life_cycles = (PARTICIPATION,)
