"""Reasons to refuse what is asked of a finding (domain 3.3.1)."""

from typing import Any

from contracts.findings.finding import DefenceOutcome
from contracts.values import Role
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses
from services.findings.domain.content_catalogue import known


@refuses("被督导部门的人员不得变更关于本部门的问题")
def inspected_department(_: Any, __: Any, facts: Facts) -> bool:
    """Whoever belongs to the inspected department is no judge of it, whatever other office they hold (HN §1)."""
    return facts.actor.role is not Role.UNIT_USER and bool(facts.get("about_own_department"))


@refuses("只有被督导单位可以办理")
def not_of_the_unit(finding: Any, _: Any, facts: Facts) -> bool:
    """The unit speaks for itself."""
    return finding.unit_id is not None and facts.actor.unit_id != finding.unit_id


@refuses("督导活动未在进行中")
def activity_not_in_progress(_: Any, command: Any, facts: Facts) -> bool:
    """Findings are made in the field; those of a visit belong to the visit."""
    activity = facts.get("activity")
    if command.activity_id is None:
        return command.visit_id is None
    return activity is None or activity.state != "IN_PROGRESS"


@refuses("督学尚未到校签到，或到校已结束")
def visit_not_checked_in(_: Any, command: Any, facts: Facts) -> bool:
    """A visit's findings are made while the inspector is there."""
    visit = facts.get("visit")
    return command.visit_id is not None and (visit is None or visit.state != "CHECKED_IN")


@refuses("至少须附一份证据")
def evidence_missing(_: Any, command: Any, __: Facts) -> bool:
    """No finding without evidence."""
    return not command.evidence_ids


@refuses("须写明指标及其版本")
def indicator_missing(_: Any, command: Any, __: Facts) -> bool:
    """Measured by what, in which edition."""
    return not command.indicator_code.strip() or not command.indicator_version.strip()


@refuses("须写明内容")
def text_missing(_: Any, command: Any, __: Facts) -> bool:
    """A finding or a defence without words says nothing."""
    return not command.text.strip()


@refuses("只有本次督导的组长可以认定")
def not_team_leader(finding: Any, _: Any, facts: Facts) -> bool:
    """The leader of this very activity, not of another."""
    activity = facts.get("activity")
    return finding.activity_id is not None and (activity is None or activity.leader_id != person(facts))


@refuses("内容代码不属于此类单位的督导内容")
def content_code_unknown(finding: Any, _: Any, facts: Facts) -> bool:
    """The catalogue is open, but a school is not measured by a government's duties."""
    return not known(finding.content_code, facts.get("unit_kind"))


@refuses("该问题不在此份反馈意见中")
def not_in_feedback(finding: Any, _: Any, facts: Facts) -> bool:
    """Fed back is what the delivered feedback names."""
    feedback = facts.get("feedback")
    return feedback is None or feedback.delivered_at is None or finding.stream not in feedback.items


@refuses("申辩期限已过")
def defence_window_closed(finding: Any, _: Any, facts: Facts) -> bool:
    """Within the local window."""
    return finding.defence_due_at is not None and facts.at >= finding.defence_due_at


@refuses("申辩期限未过，且单位尚未认可")
def window_still_open(finding: Any, _: Any, facts: Facts) -> bool:
    """Before the window closes only the unit itself may accept the finding."""
    if facts.actor.role is Role.UNIT_USER:
        return False
    return finding.defence_due_at is not None and facts.at < finding.defence_due_at


@refuses("申辩不得由记录问题的人决定")
def decider_is_recorder(finding: Any, _: Any, facts: Facts) -> bool:
    """A defence is heard by somebody else."""
    return finding.recorded_by == person(facts)


@refuses("须写明理由")
def reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """A decision says why."""
    reason: str = getattr(command, "reason", "") or getattr(command, "reasons", "")
    return not reason.strip()


@refuses("变更须写明变更内容")
def changes_missing(_: Any, command: Any, __: Facts) -> bool:
    """An amendment amends something."""
    return command.outcome is DefenceOutcome.AMENDED and command.changes is None


@refuses("撤回须写明依据的决定")
def authority_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody withdraws a finding on their own word."""
    withdraws = getattr(command, "outcome", DefenceOutcome.WITHDRAWN) is DefenceOutcome.WITHDRAWN
    return withdraws and not (command.authority or "").strip()
