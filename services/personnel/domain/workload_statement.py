"""WorkloadStatement (工作量证明): from closed activities only; HN with results, WH without (domain 3.1.9)."""

from collections.abc import Mapping
from typing import Any

from contracts.personnel import workload_statement as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import LifeCycle, refuses, row


@refuses("该督学这一年没有已结束的督导活动")
def no_closed_activity(_: Any, __: Any, facts: Facts) -> bool:
    """Only what is closed counts."""
    return not (facts.get("work_done") or {}).get("activities")


STATEMENT = LifeCycle("workload_statement", "工作量证明", "CERTIFIED", (
    row("-, CERTIFIED", said.CertifyWorkload, {said.WorkloadCertified: "CERTIFIED"}, when=[no_closed_activity]),
))


class WorkloadStatement(Aggregate, kw_only=True):
    """One inspector, one year; certified anew when more activities are closed."""

    life_cycles = (STATEMENT,)
    activities: int = 0
    hours: int = 0
    results: dict[str, int] = {}
    covers_results: bool = False

    def certify_workload(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """The figures come from the activities; quiet when they have not changed."""
        covers = bool(facts.policy.get("workload.coversResults"))
        done: Mapping[str, int] = facts["work_done"]
        made = fill(
            said.WorkloadCertified, command, facts, activities=done["activities"],
            hours=done["days"] * int(facts.policy.require("workload.hoursPerDay")),
            results={"findings": done["findings"]} if covers else {}, covers_results=covers,
        )
        known = (self.activities, self.hours, self.results, self.covers_results)
        return () if known == (made.activities, made.hours, made.results, made.covers_results) else (made,)

    def repeats_certify_workload(self, _: Any, __: Any) -> bool:
        """Asked again, the activities are counted again."""
        return False
