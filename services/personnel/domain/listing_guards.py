"""Reasons to refuse that concern a listing (domain 3.1.8)."""

from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.chassis.policy_values import china_day
from services.personnel.domain.eligibility import years_later

LISTABLE = frozenset({"SCHOOL", "TRAINING_INSTITUTION"})


@refuses("只能为学校和教育培训机构挂牌")
def not_a_school(_: Any, __: Any, facts: Facts) -> bool:
    """A government has no gate to hang a plate at."""
    return facts.get("unit_kind") not in LISTABLE


@refuses("该校不在本机关管辖范围内")
def school_out_of_scope(_: Any, __: Any, facts: Facts) -> bool:
    """Nobody lists another body's school."""
    return bool(facts.get("school_outside"))


@refuses("该校已有责任督学")
def school_already_listed(_: Any, __: Any, facts: Facts) -> bool:
    """One plate per school; a change is a replacement."""
    return bool(facts.get("listed_already"))


@refuses("该督学没有有效的督学证")
def credential_not_valid(_: Any, __: Any, facts: Facts) -> bool:
    """Valid at this moment (domain 3.1.3)."""
    return not facts.get("credential_valid")


@refuses("此类别的督学不得挂牌")
def not_responsible_category(_: Any, __: Any, facts: Facts) -> bool:
    """Responsible inspectors are listed, and whom the place lists besides (policy listing.categories)."""
    return facts.get("inspector_category") not in (facts.policy.get("listing.categories") or ("RESPONSIBLE",))


@refuses("该督学曾在该校任职，在回避期内")
def former_school(_: Any, __: Any, facts: Facts) -> bool:
    """After an exchange, for so many years (WH §8; policy recusal.formerSchool.years)."""
    left, years = facts.get("exchanged_at"), facts.policy.get("recusal.formerSchool.years")
    return left is not None and years is not None and china_day(facts.at) < years_later(china_day(left), years)


@refuses("挂牌公开内容不全")
def public_fields_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """What policy wants public (HN §19, BJ §二(四)¶4, WH §7)."""
    shown = {field.value for field in command.public_fields}
    return [name for name in facts.policy.get("listing.publicFields") or () if name not in shown]


@refuses("新旧责任督学为同一人")
def same_inspector(listing: Any, command: Any, _: Facts) -> bool:
    """A replacement replaces."""
    return bool(command.new_inspector_id == listing.inspector_id)
