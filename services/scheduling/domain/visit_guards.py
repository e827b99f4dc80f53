"""Reasons to refuse a routine visit (domain 3.2.4); who is listed where, personnel's letters say."""

from typing import Any

from contracts.scheduling.routine_visit import MissReason
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses
from services.chassis.policy_values import china_day
from services.scheduling.domain.periods import end_of


@refuses("该督学不是该校的挂牌责任督学，也不在其责任区")
def not_listed(_: Any, command: Any, facts: Facts) -> bool:
    """Listed at the school, or a member of its area (HN §6, WH §6)."""
    return command.inspector_id not in facts["listed"]


@refuses("只有安排到校的督学本人可以办理")
def not_the_inspector(visit: Any, _: Any, facts: Facts) -> bool:
    """Whoever goes, says so."""
    return visit.inspector_id is not None and visit.inspector_id != person(facts)


@refuses("须写明签到地点；不在学校附近的，写明理由")
def place_missing(_: Any, command: Any, __: Facts) -> bool:
    """Near the school, or why not."""
    away = command.away_reason
    return not command.place.strip() or (away is not None and not away.strip())


@refuses("签到时间不在安排的时段内")
def not_within_window(visit: Any, _: Any, facts: Facts) -> bool:
    """Only what happened in time, however late it is told, annuls that it was missed."""
    return not visit.window.from_ <= china_day(facts.at) <= visit.window.to


@refuses("须写明所看事项")
def items_missing(_: Any, command: Any, __: Facts) -> bool:
    """A visit looks at something."""
    return not any(item.strip() for item in command.items_seen)


@refuses("须附到校情况报告")
def report_missing(_: Any, command: Any, __: Facts) -> bool:
    """To the body (Regulation art. 15)."""
    return not command.report_hash.strip()


@refuses("时段尚未结束")
def window_not_over(visit: Any, command: Any, facts: Facts) -> bool:
    """Until its last day is over; closed schools and absent inspectors are known before."""
    return command.reason is MissReason.WINDOW_OVER and facts.at < end_of(visit.window)
