"""Reasons to refuse a team, its notice and its arrival (domain 3.2.3); who is who, personnel's letters say."""

from typing import Any

from contracts.scheduling.inspection_activity import Scope
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses

MEASURED = frozenset({Scope.SPECIAL, Scope.COMPREHENSIVE})


@refuses("须先召开督前会商")
def consultation_missing(activity: Any, _: Any, facts: Facts) -> bool:
    """Where policy asks for it (BJ §二(一)¶3), before the team is formed, when it can still be held."""
    return bool(facts.policy.get("consultation.required")) and not activity.consulted


@refuses("督导组人数不足")
def team_too_small(activity: Any, command: Any, facts: Facts) -> bool:
    """Special and comprehensive inspections have a least number of inspectors (policy team.minMembers)."""
    least = facts.policy.get("team.minMembers", 1) if activity.axes.scope in MEASURED else 1
    return len({command.leader_id, *command.members}) < least


@refuses("专家和观察员不得兼任督导组成员")
def observer_in_team(_: Any, command: Any, __: Facts) -> list[str]:
    """Experts advise and observers watch; neither inspects."""
    team = {command.leader_id, *command.members}
    return [str(one) for one in team & {*command.experts, *command.observers}]


@refuses("督导组成员须为在岗督学")
def member_not_active(_: Any, __: Any, facts: Facts) -> list[str]:
    """Neither in training nor suspended nor gone."""
    return [str(key) for key, member in facts["team"].items() if member is None or member.state != "ACTIVE"]


@refuses("督学证须在当时有效")
def member_without_credential(_: Any, __: Any, facts: Facts) -> list[str]:
    """Valid at that moment (domain 3.1.3)."""
    return [str(key) for key, member in facts["team"].items() if member is None or not member.valid_at(facts.at)]


@refuses("督导组成员无此职能")
def function_not_permitted(activity: Any, __: Any, facts: Facts) -> list[str]:
    """Appointed for governments is not appointed for schools (BJ §二(四)¶2)."""
    function = activity.axes.function
    return [str(key) for key, member in facts["team"].items() if member and function not in member.functions]


@refuses("尚有未决定的回避申请")
def recusal_undecided(activity: Any, _: Any, __: Facts) -> list[str]:
    """Nobody sets out before it is decided."""
    return [key for key, outcome in activity.recusals.items() if outcome == "RAISED"]


@refuses("不是督导组成员")
def not_in_team(activity: Any, command: Any, __: Facts) -> bool:
    """Only members can be recused."""
    return command.inspector_id not in {activity.leader_id, *activity.members}


@refuses("没有待决定的回避申请")
def recusal_not_raised(activity: Any, command: Any, __: Facts) -> bool:
    """Nothing is decided that nobody asked."""
    return activity.recusals.get(str(command.inspector_id)) != "RAISED"


@refuses("回避不得由本人决定")
def decided_for_oneself(_: Any, command: Any, facts: Facts) -> bool:
    """No one judges their own interest."""
    return command.inspector_id == person(facts)


@refuses("组长应当回避")
def recused(activity: Any, _: Any, __: Facts) -> bool:
    """A recused leader does not set out."""
    return activity.recusals.get(str(activity.leader_id)) == "GRANTED"


@refuses("督导组没有缺员")
def team_complete(activity: Any, _: Any, __: Facts) -> bool:
    """Formed again only where someone had to leave."""
    return not activity.removed


@refuses("组长已离组，须重新组成督导组")
def leader_removed(activity: Any, _: Any, __: Facts) -> bool:
    """Nobody sets out without a leader."""
    return activity.leader_id in activity.removed


@refuses("只有本次督导的组长可以签到开始")
def not_the_leader(activity: Any, _: Any, facts: Facts) -> bool:
    """Of this very activity."""
    return activity.leader_id is not None and activity.leader_id != person(facts)


@refuses("组长尚未到场签到")
def leader_not_checked_in(_: Any, command: Any, __: Facts) -> bool:
    """A check-in says where."""
    return not command.location.strip()
