"""Reasons to refuse that something owed was opened, arranged, done or let off (domain 3.2.7)."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from contracts.registry.policy_document import Modality
from contracts.scheduling.coverage_obligation import ObligationAnchor, ObligationKind, ReanchorCause
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

KEYS = {
    ObligationKind.COMPREHENSIVE_SCHOOL: "cycle.comprehensive.school",
    ObligationKind.COMPREHENSIVE_COMMITTEE: "cycle.comprehensive.committee",
    ObligationKind.GOVERNMENT: "cycle.government",
    ObligationKind.ROUTINE_VISIT: "cycle.routineVisit",
    ObligationKind.PLENARY_MEETING: "committee.plenary.minPerYear",
    ObligationKind.SCHOOL_LISTING: "listing.coverage",
}
"""Which policy asks for it; internal supervision is asked for without a cycle."""


class Deed(NamedTuple):
    """What was arranged: for or by whom, of what scope, whether it is done, and when it happened."""

    concerns: frozenset[UUID | None]
    fits: bool
    done: bool
    on: date | None


def asked_anchors(kind: ObligationKind, value: Any) -> set[str]:
    """The anchors that a policy's value asks for; empty where it leaves them open."""
    if kind is ObligationKind.PLENARY_MEETING:
        return {"CALENDAR_YEAR"} if value else set()
    anchor = value.get("anchor") if isinstance(value, dict) else None
    if kind is ObligationKind.ROUTINE_VISIT and anchor is not None:
        return {anchor, "MONTH"}
    return set() if anchor in (None, "REGULAR") else {anchor}


@refuses("当地规定的周期锚定于其他事项")
def anchor_not_of_policy(_: Any, command: Any, facts: Facts) -> list[str]:
    """HN, BJ: the principal's term; WH: the school year. An incident can always make one."""
    value = facts.policy.get(KEYS[command.kind]) if command.kind in KEYS else None
    asked = asked_anchors(command.kind, value)
    fits = not asked or command.anchor is ObligationAnchor.INCIDENT or command.anchor.value in asked
    return [] if fits else sorted(asked)


@refuses("时段无法确定，须写明起止日期")
def window_unknown(_: Any, __: Any, facts: Facts) -> bool:
    """Neither named nor to be computed, or from after to."""
    window = facts.get("window")
    return window is None or window.to < window.from_


@refuses("新的时段无法确定，须写明起止日期")
def new_window_unknown(_: Any, command: Any, facts: Facts) -> bool:
    """As for the first one."""
    window = command.new_window or facts.get("window")
    return window is None or window.to < window.from_


@refuses("只有单位变更才转由承继单位")
def successor_not_named(_: Any, command: Any, __: Facts) -> bool:
    """Nobody hands what they owe to somebody else (P12)."""
    return command.to_unit_id is not None and command.cause is not ReanchorCause.UNIT_CHANGED


@refuses("所列活动与该事项不符")
def activity_unfit(obligation: Any, _: Any, facts: Facts) -> bool:
    """Of this unit, and comprehensive where a comprehensive inspection is owed."""
    deed = facts.get("deed")
    return deed is None or obligation.unit_id not in deed.concerns or not deed.fits


@refuses("相应的活动尚未完成")
def not_done(_: Any, __: Any, facts: Facts) -> bool:
    """Closed, or held with its quorum."""
    deed = facts.get("deed")
    return deed is None or not deed.done


@refuses("相应的活动不在时段内")
def outside_window(obligation: Any, _: Any, facts: Facts) -> bool:
    """It counts on the day it began."""
    deed = facts.get("deed")
    return deed is None or deed.on is None or not obligation.window_from <= deed.on <= obligation.window_to


@refuses("只有“原则上”的事项可以免除")
def not_in_principle(obligation: Any, _: Any, __: Facts) -> bool:
    """What must be, must be (modality P only)."""
    return obligation.modality is not Modality.IN_PRINCIPLE
