"""Reasons to refuse that more than one aggregate of rectification shares."""

from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses


@refuses("须写明原因")
def reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """A reason that says nothing is no reason."""
    return not command.reason.strip()


@refuses("须附佐证材料")
def evidence_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nothing is believed without evidence."""
    return not command.evidence_hashes


@refuses("只有被督导单位或受其委派的成员单位可以填报")
def not_of_the_unit(_: Any, __: Any, facts: Facts) -> bool:
    """The unit speaks for itself."""
    return facts.actor.unit_id not in facts.get("answering_units")


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
