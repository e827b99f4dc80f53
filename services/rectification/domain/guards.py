"""Reasons to refuse that more than one aggregate of rectification shares."""

from typing import Any

from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses


@refuses("只有被督导单位或受其委派的成员单位可以填报")
def not_of_the_unit(_: Any, __: Any, facts: Facts) -> bool:
    """The unit speaks for itself."""
    return not {facts.actor.unit_id, facts.actor.body_id} & facts.get("answering_units")


@refuses("核查人不得属于被督导单位及其主管部门")
def verifier_not_independent(_: Any, __: Any, facts: Facts) -> bool:
    """Neither the unit nor the department that answers for it may judge (domain 3.4.1)."""
    mine = {facts.actor.unit_id, facts.actor.body_id, facts.actor.acts_for} - {None}
    return bool(mine & facts.get("interested"))


@refuses("期限不得早于当前时间")
def due_in_past(_: Any, command: Any, facts: Facts) -> bool:
    """A deadline must leave time."""
    due = getattr(command, "due_at", None) or getattr(command, "review_at", None)
    return due is not None and due <= facts.at


@refuses("须写明核查方式")
def method_missing(_: Any, command: Any, __: Facts) -> bool:
    """How it was verified is part of the fact."""
    return not command.method.strip()


@refuses("须写明公开渠道")
def channel_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody can read what was published nowhere."""
    return not command.channel.strip()


@refuses("新期限须晚于原期限")
def not_later(subject: Any, command: Any, _: Facts) -> bool:
    """An extension extends."""
    return subject.due_at is not None and command.new_due_at <= subject.due_at


@refuses("只能以本机关名义办理")
def not_own_issue(subject: Any, command: Any, facts: Facts) -> bool:
    """Nobody acts in another body's name; policies act for the body of their cause."""
    issuer = getattr(command, "issuing_body_id", None) or subject.issuing_body_id
    return issuer is not None and issuer != body(facts)
