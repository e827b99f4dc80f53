"""Incentive (激励、表彰): for excellent results, never beside an open case, circular or severe item (domain 3.5.7)."""

from datetime import date
from typing import Any
from uuid import UUID

from contracts.accountability import incentive as said
from contracts.values import CalendarKind
from services.chassis.aggregates import Aggregate
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts, body, now
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

PERIOD = "incentive.publicity.period"


@refuses("须列出所依据的结果")
def basis_missing(_: Any, command: Any, __: Facts) -> bool:
    """A result is rewarded, not a name."""
    return not command.basis_ids


@refuses("以下结果未达优秀")
def result_not_excellent(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """What is known of a result must be excellent (HN §13, BJ §二(三)¶8, WH §17)."""
    grades = facts.get("grades") or {}
    return [basis for basis in command.basis_ids if grades.get(basis, "EXCELLENT") != "EXCELLENT"]


@refuses("尚有未办结的严重问题")
def open_severe_item(_: Any, __: Any, facts: Facts) -> bool:
    """First rectified, then rewarded."""
    return bool(facts.get("severe_items"))


@refuses("尚有未办结的问责案")
def open_case(_: Any, __: Any, facts: Facts) -> bool:
    """Nobody is commended while called to account."""
    return bool(facts.get("open_cases"))


@refuses("通报尚未解除")
def circular_in_force(_: Any, __: Any, facts: Facts) -> bool:
    """A circular suggests no awards until it is lifted."""
    return bool(facts.get("circulars"))


@refuses("公示时间短于当地规定")
def publicity_too_short(_: Any, command: Any, facts: Facts) -> bool:
    """The local period, counted from today."""
    rule = facts.policy.get(PERIOD)
    if rule is None:
        return command.until < _today(facts)
    least = facts.calendar.due(facts.at, int(rule["amount"]), CalendarKind(rule["calendar"])).last_day
    return command.until < least


@refuses("公示尚未期满")
def publicity_running(incentive: Any, _: Any, facts: Facts) -> bool:
    """Granted after the last day of publicity."""
    return incentive.until is not None and _today(facts) <= incentive.until


@refuses("没有虚假整改或结果被推翻的事实")
def nothing_overturned(_: Any, __: Any, facts: Facts) -> bool:
    """Taken back only for false rectification or an overturned result."""
    return not facts.get("overturned")


def _today(facts: Facts) -> date:
    return facts.at.astimezone(CHINA_TIME).date()


CLEAN = (open_severe_item, open_case, circular_in_force)

INCENTIVE = LifeCycle("incentive", "激励", "PROPOSED PUBLICISED GRANTED REVOKED", (
    row(NEW, said.ProposeIncentive, {said.IncentiveProposed: "PROPOSED"},
        when=[basis_missing, result_not_excellent, *CLEAN]),
    row("PROPOSED", said.PublicizeIncentive, {said.IncentivePublicised: "PUBLICISED"}, when=[publicity_too_short]),
    row("PUBLICISED, PROPOSED", said.GrantIncentive, {said.IncentiveGranted: "GRANTED"},
        when=[publicity_running, *CLEAN], fills={"granted_by": body, "at": now}),
    row("GRANTED", said.RevokeIncentive, {said.IncentiveRevoked: "REVOKED"},
        when=[reason_missing, nothing_overturned]),
))


class Incentive(Aggregate, kw_only=True):
    """One incentive for one unit or person."""

    life_cycles = (INCENTIVE,)
    subject_id: UUID | None = None
    basis_ids: tuple[UUID, ...] = ()
    until: date | None = None
