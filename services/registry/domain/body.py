"""Body (机构): offices, committees, departments, governments, each at a place."""

from typing import Any
from uuid import UUID

from contracts.registry import body as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row


@refuses("须写明名称")
def name_missing(_: Any, command: Any, __: Facts) -> bool:
    """A body without a name cannot be addressed."""
    return not command.name.strip()


@refuses("机构不能以自己为上级")
def own_parent(_: Any, command: Any, __: Facts) -> bool:
    """The tree of bodies has no loop of one."""
    return command.parent_body_id == command.body_id


BODY = LifeCycle("body", "机构", "REGISTERED", (
    row(NEW, said.RegisterBody, {said.BodyRegistered: "REGISTERED"}, when=[name_missing, own_parent]),
    row("REGISTERED", said.ChangeLeadershipRoster, {said.LeadershipRosterChanged: SAME}),
))


class Body(Aggregate, kw_only=True):
    """One body."""

    life_cycles = (BODY,)
    placement: str = ""
    party_committee_body_id: UUID | None = None
    government_body_id: UUID | None = None
