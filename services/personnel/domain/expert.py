"""Expert (专家库): added, lent, returned; a loan keeps the home (domain 3.1.9)."""

from typing import Any
from uuid import UUID

from contracts.personnel import expert as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.guards import dates_reversed


@refuses("须写明专长")
def fields_missing(_: Any, command: Any, __: Facts) -> bool:
    """An expert of something."""
    return not any(field.strip() for field in command.fields)


@refuses("不得借给所属机构")
def lent_to_home(expert: Any, command: Any, _: Facts) -> bool:
    """At home nobody is on loan."""
    return bool(command.host_body_id == expert.home_body_id)


EXPERT = LifeCycle("expert", "专家", "POOLED LENT", (
    row(NEW, said.AddExpert, {said.ExpertAdded: "POOLED"}, when=[fields_missing]),
    row("POOLED", said.LendExpert, {said.ExpertLent: "LENT"}, when=[lent_to_home, dates_reversed]),
    row("LENT", said.ReturnExpert, {said.ExpertReturned: "POOLED"}, fills={"at": now}),
))


class Expert(Aggregate, kw_only=True):
    """One person in the pool; never counted among the inspectors of the host."""

    life_cycles = (EXPERT,)
    home_body_id: UUID | None = None

    def lend_expert(self, _: Any, command: Any, facts: Facts) -> said.ExpertLent:
        """The home stays the home."""
        return fill(said.ExpertLent, command, facts, home_body_id=self.home_body_id)
