"""ResponsibilityArea (督学责任区): schools of one body, each in exactly one area (domain 3.1.7).

A school may be taken over from another area of the same body; a policy then takes it out of there.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.personnel import responsibility_area as said
from contracts.values import Role
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, body
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.guards import dates_reversed, inspector_not_active


@refuses("只能以本机关名义办理")
def not_own_area(area: Any, command: Any, facts: Facts) -> bool:
    """Nobody divides another body's schools; a policy follows what became of a school."""
    policy = facts.actor.role is Role.POLICY
    return not policy and (getattr(command, "body_id", None) or area.body_id) not in {body(facts), None}


@refuses("责任区须有学校")
def school_missing(_: Any, command: Any, __: Facts) -> bool:
    """An area of nothing is none."""
    return not command.schools


@refuses("责任区须有至少一名督学")
def inspector_missing(_: Any, command: Any, __: Facts) -> bool:
    """At least one."""
    return not command.inspectors


@refuses("以下学校不在本机关管辖范围内")
def school_out_of_scope(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """By the place of the school."""
    return list(facts.get("schools_outside") or ())


@refuses("以下督学未在履职状态")
def inspectors_not_active(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """Named, so that the office can correct the list."""
    return list(facts.get("not_active") or ())


@refuses("没有要调整的学校")
def nothing_to_adjust(_: Any, command: Any, __: Facts) -> bool:
    """Something comes or goes."""
    return not command.added and not command.removed


@refuses("以下学校不在本责任区")
def not_in_area(area: Any, command: Any, _: Facts) -> list[UUID]:
    """What is not there cannot go."""
    return [school for school in command.removed if school not in area.schools]


@refuses("以下学校将不属于任何责任区")
def school_left_without_area(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """Every school stays in exactly one area; only a policy removes what is gone."""
    if facts.actor.role is Role.POLICY:
        return []
    return [school for school in command.removed if school not in (facts.get("elsewhere") or ())]


@refuses("以下学校尚未划入其他责任区")
def schools_not_reassigned(area: Any, _: Any, __: Facts) -> list[UUID]:
    """First the schools, then the area."""
    return list(area.schools)


AREA = LifeCycle("area", "督学责任区", "ESTABLISHED DISSOLVED", (
    row(NEW, said.EstablishArea, {said.AreaEstablished: "ESTABLISHED"},
        who=[not_own_area], when=[school_missing, inspector_missing, school_out_of_scope, inspectors_not_active]),
    row("ESTABLISHED", said.AdjustArea, {said.AreaAdjusted: "ESTABLISHED"}, who=[not_own_area],
        when=[reason_missing, nothing_to_adjust, not_in_area, school_out_of_scope, school_left_without_area]),
    row("ESTABLISHED", said.PostInspector, {said.InspectorPosted: "ESTABLISHED"},
        who=[not_own_area], when=[inspector_not_active, dates_reversed]),
    row("ESTABLISHED", said.DissolveArea, {said.AreaDissolved: "DISSOLVED"},
        who=[not_own_area], when=[schools_not_reassigned]),
))


class ResponsibilityArea(Aggregate, kw_only=True):
    """One area."""

    life_cycles = (AREA,)
    body_id: UUID | None = None
    schools: tuple[UUID, ...] = ()
    inspectors: tuple[UUID, ...] = ()

    def on_area_adjusted(self, _: Any, event: said.AreaAdjusted) -> None:
        """Those that stay, then those that come."""
        stay = [school for school in self.schools if school not in event.removed]
        self.schools = tuple(dict.fromkeys([*stay, *event.added]))

    def on_inspector_posted(self, _: Any, event: said.InspectorPosted) -> None:
        """One more for the area."""
        self.inspectors = tuple(dict.fromkeys([*self.inspectors, event.inspector_id]))

    def entity_keys(self) -> Iterator[str]:
        """Found by its schools."""
        yield from (f"ResponsibilityArea|{school}|{self.stream}" for school in self.schools)
