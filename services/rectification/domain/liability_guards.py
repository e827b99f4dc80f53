"""Reasons to refuse that concern a department's joint liability (domain 3.4.5)."""

from typing import Any

from contracts.rectification.joint_liability import Urging
from contracts.values import DEPARTMENT
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses


@refuses("发现问题时，该部门不是主管部门")
def not_competent(_: Any, command: Any, facts: Facts) -> bool:
    """The competent department as of the date of the finding."""
    return command.department_id != facts.get("competent_department_id")


@refuses("只能记录本部门的指导、督促")
def not_the_department(liability: Any, _: Any, facts: Facts) -> bool:
    """A department speaks for itself; the body may record what it saw."""
    return facts.actor.role in DEPARTMENT and body(facts) != liability.department_id


@refuses("指导、督促的时间不得晚于当前时间")
def act_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """What was not yet done is not recorded."""
    return command.at > facts.at


@refuses("没有逾期、督办无果或“回头看”未通过的事实")
def cause_not_found(_: Any, command: Any, facts: Facts) -> bool:
    """Weakness is a fact on record, not an impression."""
    return command.cause not in (facts.get("causes") or ())


@refuses("该部门已及时督促，不能认定连带责任")
def timely_urging_shown(liability: Any, _: Any, facts: Facts) -> bool:
    """Whoever urged in time is not liable."""
    return bool(timely(liability, facts))


@refuses("没有及时督促的记录")
def no_timely_urging(liability: Any, _: Any, facts: Facts) -> bool:
    """Only timely urging frees the department."""
    return not timely(liability, facts)


@refuses("尚未听取主管部门意见")
def department_not_heard(_: Any, command: Any, facts: Facts) -> bool:
    """Nobody is liable unheard."""
    return command.heard_at is None or command.heard_at > facts.at


def timely(liability: Any, facts: Facts) -> tuple[Urging, ...]:
    """Guidance and urging before the deadline that was missed, or before now where none was."""
    missed = facts.get("missed_at") or facts.at
    return tuple(urging for urging in liability.urgings if urging.at < missed)
