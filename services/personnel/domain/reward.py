"""Reward (督学表彰奖励), domain 3.1.9; HN §18, WH §7."""

from typing import Any
from uuid import UUID

from contracts.personnel import reward as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, body, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.guards import not_in_service


@refuses("不得表彰奖励本人")
def own_reward(_: Any, command: Any, facts: Facts) -> bool:
    """Nobody praises himself or herself."""
    return bool(command.inspector_id == person(facts))


REWARD = LifeCycle("reward", "督学表彰奖励", "GRANTED", (
    row(NEW, said.GrantReward, {said.InspectorRewarded: "GRANTED"},
        who=[own_reward], when=[not_in_service, reason_missing], fills={"granted_by": body}),
))


class Reward(Aggregate, kw_only=True):
    """One reward."""

    life_cycles = (REWARD,)
    inspector_id: UUID | None = None
