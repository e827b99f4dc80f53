"""Round (轮次): one pass of a body over all it must inspect; it closes when all are covered (domain 3.2.8, SH §4).

The tables name one event for OPEN and RUNNING: a round that is opened has its targets, and runs.
"""

from typing import Any
from uuid import UUID

from contracts.scheduling import round as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.scheduling.domain.activity_guards import targets_missing
from services.scheduling.domain.guards import not_own_body, summary_missing


@refuses("轮次须从一起连续，且上一轮已结束")
def earlier_round_open(_: Any, command: Any, facts: Facts) -> bool:
    """A body that began to count elsewhere opens its first round here with any number."""
    earlier = facts.get("earlier")
    return command.number < 1 or (earlier is not None and earlier.state not in ("CLOSED", "REVIEWED"))


@refuses("不是本轮的对象")
def not_of_the_round(around: Any, command: Any, __: Facts) -> list[str]:
    """Covered is who was to be covered."""
    return [str(one) for one in command.covered if one not in around.targets]


@refuses("尚有对象未覆盖，须写明理由")
def not_covered(around: Any, command: Any, _: Facts) -> list[str]:
    """All, or why not (SH §4)."""
    reasoned = bool((command.reason or "").strip())
    return [] if reasoned else [str(one) for one in around.targets if one not in command.covered]


ROUND = LifeCycle("round", "轮次", "OPEN RUNNING CLOSED REVIEWED", (
    row(NEW, said.OpenRound, {said.RoundOpened: "RUNNING"}, who=[not_own_body],
        when=[targets_missing, earlier_round_open]),
    row("RUNNING", said.CloseRound, {said.RoundClosed: "CLOSED"}, who=[not_own_body],
        when=[not_of_the_round, not_covered]),
    row("CLOSED", said.ReviewRound, {said.RoundReviewed: "REVIEWED"}, who=[not_own_body], when=[summary_missing]),
))


class Round(Aggregate, kw_only=True):
    """One numbered pass; opened, it runs."""

    life_cycles = (ROUND,)
    body_id: UUID | None = None
    targets: tuple[UUID, ...] = ()

    def close_round(self, _: Any, command: Any, facts: Facts) -> said.RoundClosed:
        """With whom it missed."""
        missing = tuple(one for one in self.targets if one not in command.covered)
        return fill(said.RoundClosed, command, facts, missing=missing)
