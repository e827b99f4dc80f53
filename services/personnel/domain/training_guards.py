"""Reasons to refuse that concern a training year (domain 3.1.4)."""

from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.chassis.policy_values import china_day


@refuses("该督学在这一年没有履职")
def not_active_in_year(_: Any, __: Any, facts: Facts) -> bool:
    """Active on any day of the year."""
    return not facts.get("active_in_year")


@refuses("学时须为正数")
def hours_not_positive(_: Any, command: Any, __: Facts) -> bool:
    """What lasted no hour is no training."""
    return bool(command.hours <= 0)


@refuses("该次培训不在这一年")
def other_year(_: Any, command: Any, __: Facts) -> bool:
    """As the calendar in China has it."""
    return china_day(command.attended_at).year != command.year


@refuses("同一次培训不得重复记录")
def attendance_twice(year: Any, command: Any, __: Facts) -> bool:
    """The same course on the same day."""
    day = china_day(command.attended_at)
    return any((a.course_id, a.day) == (command.course_id, day) for a in year.attended.values())


@refuses("所更正的不是这一年的培训记录")
def not_an_attendance(year: Any, command: Any, _: Facts) -> bool:
    """A correction refers to the wrong record."""
    return str(command.corrects_event_id) not in year.attended


@refuses("更正后的学时不得为负")
def hours_below_zero(year: Any, command: Any, _: Facts) -> bool:
    """At least nothing."""
    return bool(year.attended[str(command.corrects_event_id)].hours + command.delta < 0)


@refuses("年度尚未结束")
def year_not_over(year: Any, _: Any, facts: Facts) -> bool:
    """A year is counted when it is over."""
    return bool(facts.at < year.ends_at())


@refuses("须写明接收单位")
def receiver_missing(_: Any, command: Any, __: Facts) -> bool:
    """Who takes the hours into cadre or teacher training (WH §8, HN §18)."""
    return not command.receiver.strip()
