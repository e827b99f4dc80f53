"""Reasons to refuse that several aggregates of personnel share, and when a day ends in China."""

from datetime import date, datetime, time, timedelta
from typing import Any

from contracts.values import Role
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses

IN_SERVICE = frozenset({"PENDING_TRAINING", "ACTIVE", "SUSPENDED"})


@refuses("起止日期颠倒")
def dates_reversed(_: Any, command: Any, __: Facts) -> bool:
    """From comes before to."""
    return command.to is not None and command.to < command.from_


@refuses("该人员不是在任督学")
def not_in_service(_: Any, __: Any, facts: Facts) -> bool:
    """Taken on, and not gone."""
    return facts.get("inspector_state") not in IN_SERVICE


@refuses("该督学未在履职状态")
def inspector_not_active(_: Any, __: Any, facts: Facts) -> bool:
    """Trained and not suspended (a new inspector without pre-service training does nothing yet)."""
    return facts.get("inspector_state") != "ACTIVE"


@refuses("只能由本人办理")
def not_oneself(subject: Any, _: Any, facts: Facts) -> bool:
    """Nobody speaks for another inspector."""
    return subject.inspector_id is not None and subject.inspector_id != person(facts)


@refuses("督学只能为本人登记")
def not_for_oneself(_: Any, command: Any, facts: Facts) -> bool:
    """An inspector enters his or her own only; the office enters anyone's."""
    whom = getattr(command, "inspector_id", None) or command.person_id
    return facts.actor.role in {Role.INSPECTOR, Role.TEAM_LEADER} and whom != person(facts)


def end_of(day: date) -> datetime:
    """24:00 China time of a day."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA_TIME)


def rule_of(facts: Facts, *keys: str) -> str:
    """Which policy values were applied, as text: `training.minHoursPerYear@CN/1=40`."""
    values = {key: facts.policy.get(key) for key in keys}
    refs = facts.policy.refs
    return "; ".join(
        f"{key}@{refs[key].found_at}/{refs[key].version}={value}" for key, value in values.items() if value is not None
    ) or "未规定"
