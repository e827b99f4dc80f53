"""MemberUnit (成员单位) of a committee: its duties and its liaisons (domain 3.1.9)."""

from datetime import date
from typing import Any
from uuid import UUID

from contracts.personnel import member_unit as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import LifeCycle, refuses, row
from services.chassis.policy_values import china_day


@refuses("该单位不是督导委员会成员单位")
def not_a_member(_: Any, __: Any, facts: Facts) -> bool:
    """It has a seat in the committee."""
    return not facts.get("is_member")


@refuses("须写明职责")
def duty_missing(_: Any, command: Any, __: Facts) -> bool:
    """Which duty."""
    return not command.duty_code.strip()


@refuses("成员单位须先确定联系人")
def liaison_missing(unit: Any, _: Any, facts: Facts) -> bool:
    """Every member unit has a current liaison (HN §3, BJ §二(一)¶3, WH §4)."""
    return unit.liaison_from is None or unit.liaison_from > china_day(facts.at)


MEMBER = LifeCycle("member_unit", "成员单位", "ENROLLED", (
    row("-, ENROLLED", said.AssignDuty, {said.MemberUnitDutyAssigned: "ENROLLED"},
        when=[not_a_member, duty_missing, liaison_missing]),
    row("-, ENROLLED", said.NameLiaison, {said.LiaisonNamed: "ENROLLED"}, when=[not_a_member]),
))


class MemberUnit(Aggregate, kw_only=True):
    """One unit in one committee."""

    life_cycles = (MEMBER,)
    member_unit_id: UUID | None = None
    liaison_from: date | None = None

    def on_liaison_named(self, _: Any, event: said.LiaisonNamed) -> None:
        """There is one from the first day named on."""
        self.liaison_from = min(self.liaison_from or event.from_, event.from_)
