"""LargeSchoolList (学生数较多的学校名单): named by the body, no text sets a threshold (domain 1.6, BJ §二(四)¶1)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from contracts.personnel import large_school_list as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import LifeCycle, refuses, row
from services.personnel.domain.responsibility_area import not_own_area, school_out_of_scope


@refuses("同一学校列了两次")
def school_twice(_: Any, command: Any, __: Facts) -> bool:
    """A school weighs once."""
    return len(set(command.schools)) < len(command.schools)


LIST = LifeCycle("large_schools", "学生数较多的学校名单", "DESIGNATED", (
    row("-, DESIGNATED", said.DesignateLargeSchools, {said.LargeSchoolsDesignated: "DESIGNATED"},
        who=[not_own_area], when=[reason_missing, school_twice, school_out_of_scope]),
))


class LargeSchoolList(Aggregate, kw_only=True):
    """The lists of one body by the day from which each holds."""

    life_cycles = (LIST,)
    body_id: UUID | None = None
    lists: list[said.LargeSchoolsDesignated] = []

    def entity_keys(self) -> Iterator[str]:
        """Found by its schools."""
        yield from (f"LargeSchoolList|{school}|{self.stream}" for each in self.lists for school in each.schools)

    def on(self, day: date) -> frozenset[UUID]:
        """Which schools are large on a day; of two lists from one day the later said holds."""
        held = [each for each in self.lists if each.valid_from <= day]
        return frozenset(max(reversed(held), key=lambda each: each.valid_from).schools) if held else frozenset()

    def on_large_schools_designated(self, _: Any, event: said.LargeSchoolsDesignated) -> None:
        """What was said before holds until then."""
        self.lists.append(event)
