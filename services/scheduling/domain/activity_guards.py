"""Reasons to refuse what is planned, announced, sealed or ended (domain 3.2.3)."""

from datetime import datetime, timedelta
from typing import Any

from contracts.scheduling.inspection_activity import Axes, Visibility
from services.chassis.calendar import WorkingCalendar
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.chassis.policy_values import china_day

DAY = timedelta(days=1)


@refuses("年度工作计划不在拟制中")
def plan_not_draft(_: Any, command: Any, facts: Facts) -> bool:
    """Planned on a plan that can still be planned on, of the same body."""
    plan = facts.get("plan")
    return plan is None or plan.state != "DRAFT" or plan.body_id != command.body_id


@refuses("须写明督导对象")
def targets_missing(_: Any, command: Any, __: Facts) -> bool:
    """Whom it concerns."""
    return not command.targets


@refuses("起止日期颠倒")
def window_reversed(_: Any, command: Any, __: Facts) -> bool:
    """From comes before to."""
    return command.window.to < command.window.from_


@refuses("飞行检查须写明法律依据")
def flying_without_basis(_: Any, command: Any, __: Facts) -> bool:
    """Without the prior notice the Regulation asks for (art. 17), it must say on what it rests."""
    return command.axes.visibility is Visibility.FLYING and not any(b.strip() for b in command.legal_basis)


@refuses("会商须有参加部门")
def departments_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody consults alone."""
    return not command.departments


@refuses("该单位不是本次督导的对象")
def not_a_target(activity: Any, command: Any, __: Facts) -> bool:
    """Only those whom it concerns are told."""
    return command.unit_id not in activity.targets


@refuses("暗访和飞行检查不发通知")
def not_overt(activity: Any, _: Any, __: Facts) -> bool:
    """Notice is for overt inspections only."""
    return not overt(activity.axes)


@refuses("督导通知提前天数不足")
def notice_too_short(activity: Any, _: Any, facts: Facts) -> bool:
    """Working days between the notice and the first day (policy notice.leadDays)."""
    least: int = facts.policy.require("notice.leadDays")
    return lead_days(facts.calendar, facts.at, activity) < least


@refuses("明察不得保密")
def not_sealable(activity: Any, _: Any, __: Facts) -> bool:
    """Only covert and flying inspections are sealed."""
    return overt(activity.axes)


@refuses("保密期限须晚于当前时间")
def seal_in_past(_: Any, command: Any, facts: Facts) -> bool:
    """A seal must last."""
    return command.sealed_until <= facts.at


@refuses("须写明指标体系版本")
def indicator_set_missing(_: Any, command: Any, __: Facts) -> bool:
    """Assessed by what."""
    return not command.indicator_set_version.strip()


@refuses("没有督导报告的，须写明原因")
def report_or_reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """Every inspection yields a report (HN §9, BJ), or says why not."""
    return command.report_id is None and not (command.reason or "").strip()


def overt(axes: Axes | None) -> bool:
    """Whether the unit may know beforehand."""
    return axes is None or axes.visibility is Visibility.OVERT


def lead_days(calendar: WorkingCalendar, served_at: datetime, activity: Any) -> int:
    """Working days after the day of service, the first day of the inspection included."""
    day, last = china_day(served_at), activity.window.from_
    return sum(calendar.is_working_day(day + n * DAY) for n in range(1, (last - day).days + 1))
