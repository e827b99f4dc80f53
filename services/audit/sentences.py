"""Sentences: a letter as one line of Chinese for people, from what its contract says about it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.record import Event
from contracts.values import Role, Severity
from contracts.wire import WireError

CHINA_TIME = timezone(timedelta(hours=8))
WHO = {
    Role.OFFICE_STAFF: "督导机构工作人员",
    Role.INSPECTOR: "督学",
    Role.TEAM_LEADER: "督导组组长",
    Role.LIAISON: "成员单位联络员",
    Role.UNIT_USER: "被督导单位",
    Role.DEPARTMENT_USER: "主管部门",
    Role.ORGANISATION_READER: "组织部门",
    Role.PERFORMANCE_READER: "绩效考核部门",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
    Role.POLICY: "系统按规则",
    Role.TIMER: "系统到期",
}
LABELS = {
    "number": "文号",
    "name": "名称",
    "title": "标题",
    "text": "内容",
    "description": "情况",
    "severity": "程度",
    "method": "方式",
    "basis": "依据",
    "old_due_at": "原期限",
    "due_at": "期限",
    "new_due_at": "新期限",
    "review_at": "复核时间",
    "valid_from": "生效日期",
    "event_name": "信件",
    "parked_because": "搁置原因",
    "reasons": "理由",
    "reason": "理由",
}
VALUES = {Severity.GENERAL: "一般", Severity.SEVERE: "严重", Severity.DANGER: "危险"}


def sentence(letter: Letter) -> str:
    """When, who, what, the fields people ask for first, and why."""
    head = letter.head
    when = head.occurred_at.astimezone(CHINA_TIME)
    late = head.recorded_at.astimezone(CHINA_TIME)
    noted = "" if late.date() == when.date() else f"（{_day(late)}补记）"
    told = "；".join(_told(letter))
    what = f"{phrase(letter)}（{told}）" if told else phrase(letter)
    why = "" if head.reason is None or head.reason in told else f"理由：{head.reason}。"
    return f"{_day(when)}{when:%H:%M}{noted}，{WHO[head.actor.role]}：{what}。{why}"


def phrase(letter: Letter) -> str:
    """What happened in a few words: the contract's own, or the event's name if it has none."""
    try:
        event: Event = letter.event
    except WireError:
        return f"发生“{letter.name}”"
    words = (vars(type(event)).get("__doc__") or "").strip()
    has_chinese = any("一" <= sign <= "鿿" for sign in words)
    return words.partition("。")[0].partition("；")[0] if has_chinese else f"发生“{letter.name}”"


def _told(letter: Letter) -> Iterator[str]:
    try:
        event = letter.event
    except WireError:
        return
    said = msgspec.structs.asdict(event)
    for field, label in LABELS.items():
        if said.get(field) is not None:
            yield f"{label}：{_shown(_last_day(field, said[field]))}"


def _last_day(field: str, value: Any) -> Any:
    """A deadline stands at the midnight that ends its last day; people are told the day."""
    ends_a_day = field.endswith("due_at") and isinstance(value, datetime)
    return value - timedelta(microseconds=1) if ends_a_day else value


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return _day(value.astimezone(CHINA_TIME))
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Enum):
        return VALUES[value] if isinstance(value, Severity) else str(value.value)
    return str(value)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
