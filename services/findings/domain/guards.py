"""Reasons to refuse that more than one aggregate of findings shares."""

from typing import Any

from contracts.values import Role
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses


@refuses("须写明理由")
def reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """A decision says why."""
    return not command.reason.strip()


@refuses("须写明依据的决定")
def authority_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody decides it on their own word."""
    return not command.authority.strip()


@refuses("须写明更改之处")
def changes_missing(_: Any, command: Any, __: Facts) -> bool:
    """A change changes something."""
    return not any(change.strip() if isinstance(change, str) else change for change in command.changes)


@refuses("须附文件的摘要值")
def document_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is approved, posted or delivered is one document, named by its hash."""
    return not (getattr(command, "document_hash", "") or getattr(command, "report_hash", "")).strip()


@refuses("须附证据")
def proof_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nothing is believed without evidence."""
    return not (getattr(command, "evidence_hashes", ()) or getattr(command, "evidence_hash", ""))


@refuses("日期须晚于当前时间")
def date_past(_: Any, command: Any, facts: Facts) -> bool:
    """A date that is set leaves time."""
    date = getattr(command, "due_at", None) or getattr(command, "review_at", None) \
        or getattr(command, "objection_until", None)
    return date is not None and date <= facts.at


@refuses("只有组织督导的机构可以办理")
def not_organiser(_: Any, __: Any, facts: Facts) -> bool:
    """The body whose activity it is; policies and timers act for it."""
    activity = facts.get("activity")
    return activity is None or activity.body_id != body(facts)


@refuses("只有承办机构或其上级可以办理")
def below_owner(_: Any, __: Any, facts: Facts) -> bool:
    """A lower body sees what concerns its area, it does not decide it."""
    return not facts.get("at_or_above_owner")


@refuses("只能以本机构名义办理")
def not_own_body(subject: Any, command: Any, facts: Facts) -> bool:
    """Nobody acts in another body's name."""
    named = getattr(command, "body_id", None) or getattr(command, "owner_body_id", None) \
        or getattr(subject, "owner_body_id", None)
    return named is not None and named != body(facts)


@refuses("只有被督导单位可以办理")
def not_of_unit(subject: Any, command: Any, facts: Facts) -> bool:
    """The unit speaks for itself; a government or department also through its own body."""
    unit = getattr(command, "unit_id", None) or subject.unit_id
    return facts.actor.unit_id != unit and not facts.get("about_own_department")


@refuses("单位人员只能办理本单位的事项")
def unit_foreign(subject: Any, command: Any, facts: Facts) -> bool:
    """A unit's user speaks for no other unit; staff and policies may."""
    unit = getattr(command, "unit_id", None) or getattr(subject, "unit_id", None)
    return facts.actor.role is Role.UNIT_USER and unit is not None and facts.actor.unit_id != unit


@refuses("只有本校可以办理")
def not_of_school(subject: Any, command: Any, facts: Facts) -> bool:
    """A school's own internal supervision is its own."""
    return facts.actor.unit_id != (getattr(command, "school_id", None) or subject.school_id)


@refuses("须写明公开渠道")
def channels_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody can read what was published nowhere."""
    return not command.channels


@refuses("以下渠道不在规定的公开渠道之内")
def channel_not_allowed(_: Any, command: Any, facts: Facts) -> list[str]:
    """The channels that the place's documents name (HN §9, WH §14)."""
    allowed = facts.policy.get("report.channels")
    return [] if allowed is None else sorted({c.value for c in command.channels} - set(allowed))


@refuses("须写明对象，或先登记上一级机构")
def upper_body_unknown(_: Any, command: Any, facts: Facts) -> bool:
    """Where nobody stands above, the receiver is named."""
    return command.to_body_id is None and facts.get("upper_body_id") is None


@refuses("须写明指标版本")
def indicator_version_missing(_: Any, command: Any, __: Facts) -> bool:
    """Measured by what, in which edition."""
    return not command.indicator_version.strip()


@refuses("以下各项不属于所用的指标版本")
def indicators_of_another_version(_: Any, command: Any, facts: Facts) -> list[str]:
    """Versions are never mixed; where the version is not registered here, its codes are not known."""
    codes = facts.get("indicator_codes")
    return sorted(command.scores.keys() - codes) if codes else []


@refuses("以下得分不是数")
def score_unreadable(_: Any, command: Any, __: Facts) -> list[str]:
    """A score is a decimal, written as text."""
    return sorted(code for code, score in command.scores.items() if not decimal(score))


def decimal(text: str) -> bool:
    """Whether a text is a plain decimal of ASCII digits, `-3`, `87.5`."""
    whole, _, part = text.removeprefix("-").partition(".")
    return text.isascii() and whole.isdigit() and (part.isdigit() if "." in text else True)
