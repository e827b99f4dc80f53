"""Reasons to refuse that concern an assessment (domain 3.1.5)."""

import re
from typing import Any

from contracts.personnel.assessment import ContestOutcome
from contracts.values import CalendarKind
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

PERIOD = re.compile(r"(\d{4})(?:-(\d{4}))?(?:\D.*)?")
HIGHEST = 100


@refuses("须写明所用考核标准的版本")
def standard_missing(_: Any, command: Any, __: Facts) -> bool:
    """By what standard."""
    return not command.standard_version.strip()


@refuses("考核时段须写作年份或起止年份，如 2026、2024-2026")
def period_unclear(_: Any, command: Any, __: Facts) -> bool:
    """Actual results are counted by year."""
    return not years_of(command.period)


@refuses("考核内容不全")
def dimensions_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """What policy asks to be scored (assessment.dimensions, WH §7); where unset, anything, but something."""
    scored = {dimension.value for dimension in command.dimensions}
    asked = facts.policy.get("assessment.dimensions") or ()
    return [name for name in asked if name not in scored] or ([] if scored else ["未评分"])


@refuses("分值须在 0 至 100 之间")
def score_out_of_range(_: Any, command: Any, __: Facts) -> bool:
    """Out of a hundred."""
    return any(not 0 <= score <= HIGHEST for score in command.dimensions.values())


@refuses("督学由本级督导机构考核")
def not_own_tier(_: Any, __: Any, facts: Facts) -> bool:
    """Each tier manages its own inspectors (BJ §二(四)¶4)."""
    return not facts.get("own_tier")


@refuses("须写明异议内容")
def text_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is contested."""
    return not command.text.strip()


@refuses("已提出异议")
def already_contested(assessment: Any, _: Any, __: Facts) -> bool:
    """One contest, decided once."""
    return bool(assessment.contested or assessment.decided)


@refuses("已过提出异议的期限")
def contest_too_late(_: Any, __: Any, facts: Facts) -> bool:
    """Within the local window after the confirmation (policy assessment.contest.window)."""
    rule, since = facts.policy.get("assessment.contest.window"), facts.get("confirmed_at")
    if rule is None or since is None:
        return False
    due = facts.calendar.due(since, int(rule["amount"]), CalendarKind(rule["calendar"]))
    return bool(facts.at >= due.due_at)


@refuses("没有待处理的异议")
def not_contested(assessment: Any, _: Any, __: Facts) -> bool:
    """Nothing to decide."""
    return not assessment.contested


@refuses("变更等次的须写明新的等次，维持的不写")
def new_grade_missing(_: Any, command: Any, __: Facts) -> bool:
    """Changed to what."""
    return (command.outcome is ContestOutcome.CHANGED) is (command.new_grade is None)


def years_of(period: str) -> range:
    """The calendar years of a period; none when it is unclear."""
    read = PERIOD.fullmatch(period.strip())
    return range(int(read[1]), int(read[2] or read[1]) + 1) if read else range(0)
