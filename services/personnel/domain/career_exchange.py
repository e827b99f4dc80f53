"""CareerExchange (双向交流): between inspectors' and school managers' posts (domain 3.1.9; WH §8)."""

from datetime import datetime
from typing import Any

from contracts.personnel import career_exchange as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import LifeCycle, refuses, row


@refuses("须写明原岗位和新岗位")
def post_missing(_: Any, command: Any, __: Facts) -> bool:
    """From which post to which."""
    return not command.from_post.strip() or not command.to_post.strip()


@refuses("交流时间不得晚于当前时间")
def exchange_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """What is recorded has happened."""
    return bool(command.at > facts.at)


EXCHANGE = LifeCycle("career_exchange", "双向交流", "RECORDED", (
    row("-, RECORDED", said.RecordExchange, {said.CareerExchangeRecorded: "RECORDED"},
        when=[post_missing, exchange_in_future]),
))


class CareerExchange(Aggregate, kw_only=True):
    """One person and one school; the last exchange counts for recusal."""

    life_cycles = (EXCHANGE,)
    at: datetime | None = None
