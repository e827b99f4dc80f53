"""OpinionRegister (意见书编号登记): the next number of one organ, kind and year, never skipped, never given twice."""

from typing import Any
from uuid import UUID

from contracts.findings import opinion_register as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, row

REGISTER = LifeCycle("register", "意见书编号登记", "OPEN", (
    row(NEW, said.TakeOpinionNumber, {said.OpinionNumberTaken: "OPEN"}),
    row("OPEN", said.TakeOpinionNumber, {said.OpinionNumberTaken: "OPEN"}),
))


class OpinionRegister(Aggregate, kw_only=True):
    """One register; `number` is the last one taken."""

    life_cycles = (REGISTER,)
    snapshot_every = 200
    register_id: UUID | None = None
    number: int = 0

    def take_opinion_number(self, _: Any, command: Any, facts: Facts) -> said.OpinionNumberTaken:
        """The one after the last."""
        return fill(said.OpinionNumberTaken, command, facts, number=self.number + 1)
