"""CircularRegister (通报编号登记): the next number of one organ and year, never skipped, never given twice."""

from typing import Any

from contracts.accountability import circular_register as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, row

REGISTER = LifeCycle("register", "通报编号登记", "OPEN", (
    row(NEW, said.TakeCircularNumber, {said.CircularNumberTaken: "OPEN"}),
    row("OPEN", said.TakeCircularNumber, {said.CircularNumberTaken: "OPEN"}),
))


class CircularRegister(Aggregate, kw_only=True):
    """One register; `number` is the last one taken."""

    life_cycles = (REGISTER,)
    number: int = 0

    def take_circular_number(self, _: Any, command: Any, facts: Facts) -> said.CircularNumberTaken:
        """The one after the last."""
        return fill(said.CircularNumberTaken, command, facts, number=self.number + 1)
