"""ResultUse (结果运用): what a result was used for in a unit, each use with its decision (domain 3.5.9)."""

from typing import Any

from contracts.accountability import result_use as said
from services.accountability.domain.guards import empty
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("须写明所依据的决定")
def decision_missing(_: Any, command: Any, __: Facts) -> bool:
    """A use without a decision is hearsay."""
    return empty(command.decision_ref)


@refuses("只能登记本单位的运用")
def not_own_unit(_: Any, command: Any, facts: Facts) -> bool:
    """A school's own personnel decisions are its own (internal supervision §二(七))."""
    return facts.actor.unit_id is not None and facts.actor.unit_id != command.unit_id


USE = LifeCycle("use", "结果运用", "RECORDED", (
    row(NEW, said.RecordResultUse, {said.ResultUseRecorded: "RECORDED"}, who=[not_own_unit], when=[decision_missing]),
    row("RECORDED", said.RecordResultUse, {said.ResultUseRecorded: "RECORDED"},
        who=[not_own_unit], when=[decision_missing]),
))


class ResultUse(Aggregate, kw_only=True):
    """The uses of one result in one unit."""

    life_cycles = (USE,)
