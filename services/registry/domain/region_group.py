"""RegionGroup (地区协作组): places that lend each other inspectors and experts, beside the tree of governments."""

from typing import Any

from contracts.registry import region_group as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("协作组须有两个以上地区")
def too_few_members(_: Any, command: Any, __: Facts) -> bool:
    """One place has nobody to lend to."""
    return len(set(command.members)) < 2


@refuses("没有登记行政区划")
def member_unknown(_: Any, __: Any, facts: Facts) -> list[str]:
    """Its members are registered places."""
    return list(facts["unknown_members"])


GROUP = LifeCycle("group", "地区协作组", "FORMED", (
    row(NEW, said.FormRegionGroup, {said.RegionGroupFormed: "FORMED"}, when=[too_few_members, member_unknown]),
))


class RegionGroup(Aggregate, kw_only=True):
    """One group."""

    life_cycles = (GROUP,)
    members: tuple[str, ...] = ()
