"""Who may become an inspector, and by whom: the places' rules on retirement, health, origin, authority."""

from datetime import date
from typing import Any

from contracts.personnel.inspector import Category, EmploymentStatus, ExitGround
from contracts.values import Function, Tier
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.chassis.policy_values import china_day

FULL_TIME = frozenset({Category.CHIEF, Category.DEPUTY_CHIEF, Category.FULL_TIME})
AUTHORITIES = {
    "GOVERNMENT": frozenset({"GOVERNMENT"}),
    "ADMINISTRATION_COMMITTEE": frozenset({"GOVERNMENT"}),
    "COMMITTEE": frozenset({"COMMITTEE"}),
    "SUPERVISION_BODY": frozenset({"OFFICE", "COMMITTEE"}),
}
"""By word of the policy: which kinds of registered bodies are meant; a zone's 管委 is registered as its government."""
FUNCTION_WORDS = {Function.GOV: "GOVERNMENT_INSPECTION", Function.SCHOOL: "SCHOOL_INSPECTION"}


@refuses("任命、聘任机关不符合规定")
def authority_not_allowed(_: Any, command: Any, facts: Facts) -> bool:
    """Each category has its authority (policy appointment.authority); what it does not name is free."""
    rule = facts.policy.get("appointment.authority") or {}
    category = command.category.value
    if facts.origin.tier is Tier.PROVINCE and "MUNICIPAL_INSPECTOR" in rule:
        category = "MUNICIPAL_INSPECTOR"
    return category in rule and facts.get("authority_kind") not in AUTHORITIES[rule[category]]


@refuses("此类别须任命，不得聘任")
def category_not_engaged(_: Any, command: Any, __: Facts) -> bool:
    """Full-time inspectors are appointed."""
    return command.category in FULL_TIME


@refuses("此类别须聘任，不得任命")
def category_not_appointed(_: Any, command: Any, __: Facts) -> bool:
    """All others are engaged."""
    return command.category not in FULL_TIME


@refuses("须写明职能")
def functions_missing(_: Any, command: Any, __: Facts) -> bool:
    """An inspector inspects something."""
    return not command.functions


@refuses("退休人员须写明退休日期")
def retirement_date_missing(_: Any, command: Any, __: Facts) -> bool:
    """Without it nobody can tell how long ago."""
    return retired(command) and command.retired_on is None


@refuses("退休时间过长")
def retired_too_long(_: Any, command: Any, facts: Facts) -> bool:
    """Counted at the date of selection (policy appointment.retired.maxYearsSinceRetirement, WH §6)."""
    years: int | None = facts.policy.get("appointment.retired.maxYearsSinceRetirement")
    if years is None or not retired(command) or command.retired_on is None:
        return False
    return bool(command.selected_on > years_later(command.retired_on, years))


@refuses("聘用退休人员须有健康证明")
def health_not_attested(inspector: Any, command: Any, facts: Facts) -> bool:
    """Healthy, where policy asks (HN §17, BJ §二(四)¶2)."""
    asked = facts.policy.get("appointment.retired.healthRequired")
    return bool(asked) and retired(command) and inspector.health_attested_at is None


@refuses("按其来源不得承担此项职能")
def origin_not_for_function(inspector: Any, command: Any, facts: Facts) -> list[str]:
    """Retired cadres for governments, retired principals, teachers and experts for schools (BJ §二(四)¶2)."""
    allowed = (facts.policy.get("appointment.originToFunction") or {}).get(inspector.came_from)
    if allowed is None or not retired(command):
        return []
    return [f.value for f in command.functions if f in FUNCTION_WORDS and FUNCTION_WORDS[f] not in allowed]


@refuses("因违纪违规退出的，未经上一级督导机构批准不得再聘")
def not_after_misconduct(inspector: Any, command: Any, facts: Facts) -> bool:
    """Only the body above the one that decided the exit may engage again."""
    upper = facts.get("upper_of_decider")
    return inspector.exit_ground is ExitGround.MISCONDUCT and (upper is None or command.engaging_body_id != upper)


@refuses("再聘须重新遴选")
def not_selected_anew(inspector: Any, command: Any, _: Facts) -> bool:
    """The selection comes after the exit."""
    return inspector.exited_at is not None and command.selected_on <= china_day(inspector.exited_at)


@refuses("连续聘期已达上限")
def too_many_terms(inspector: Any, _: Any, facts: Facts) -> bool:
    """Consecutive terms have a limit (policy appointment.partTime.maxConsecutiveTerms)."""
    most = facts.policy.get("appointment.partTime.maxConsecutiveTerms")
    return most is not None and inspector.next_term() > most


def retired(command: Any) -> bool:
    """Whether the person is retired at the time of selection."""
    return bool(command.employment_status is EmploymentStatus.RETIRED)


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
