"""WorkloadQuota (兼职督学工作量): days of one part-time inspector in one year (domain 3.1.9; BJ §二(四)¶4)."""

from typing import Any

from contracts.personnel import workload_quota as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import LifeCycle, refuses, row
from services.personnel.domain.guards import not_in_service

MOST_DAYS = 366


@refuses("专职督学不核定兼职工作量")
def not_part_time(_: Any, __: Any, facts: Facts) -> bool:
    """A quota is for whoever has another post."""
    return not facts.get("part_time")


@refuses("工作量须为 1 至 366 天")
def quota_out_of_range(_: Any, command: Any, __: Facts) -> bool:
    """Days of one year."""
    return not 0 < command.quota <= MOST_DAYS


QUOTA = LifeCycle("workload_quota", "兼职督学工作量", "SET", (
    row("-, SET", said.SetQuota, {said.WorkloadQuotaSet: "SET"},
        when=[not_in_service, not_part_time, quota_out_of_range]),
))


class WorkloadQuota(Aggregate, kw_only=True):
    """The last figure holds."""

    life_cycles = (QUOTA,)
    quota: int = 0
