"""GuidanceEvent (交流研讨) on school-internal supervision (domain 3.2.8).

Two states, one event: the tables name none for PLANNED; what is recorded is a meeting that was held.
"""

from typing import Any

from contracts.scheduling import guidance_event as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.scheduling.domain.monitoring_campaign import participants_missing


@refuses("须写明主题")
def topic_missing(_: Any, command: Any, __: Facts) -> bool:
    """About what."""
    return not command.topic.strip()


GUIDANCE = LifeCycle("guidance", "交流研讨", "PLANNED HELD", (
    row(NEW, said.HoldGuidance, {said.GuidanceHeld: "HELD"}, when=[topic_missing, participants_missing]),
))


class GuidanceEvent(Aggregate, kw_only=True):
    """One meeting of schools about how they supervise themselves."""

    life_cycles = (GUIDANCE,)
