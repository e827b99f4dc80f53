"""Reasons to refuse that concern an opinion or decision (domain 3.3.3)."""

from typing import Any
from uuid import UUID

from contracts.findings.inspection_opinion import OpinionKind
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

FED_BACK = frozenset({"FED_BACK", "CONFIRMED", "LEDGERED"})
"""Fed back, and no defence is open."""


@refuses("须列明所针对的问题")
def items_missing(_: Any, command: Any, __: Facts) -> bool:
    """An opinion is about something."""
    return not command.items


@refuses("以下问题不属于该单位的这次督导")
def item_of_another_unit(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """One unit, one activity."""
    wanted = (command.activity_id, command.unit_id)
    return [item for item in command.items if _place(facts["findings"].get(item)) != wanted]


def _place(finding: Any) -> tuple[UUID | None, UUID | None] | None:
    return (finding.activity_id, finding.unit_id) if finding else None


@refuses("以下问题尚未反馈，或申辩尚未作出决定，或已撤回")
def not_fed_back(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """From fed-back findings; a decision goes out with the feedback and may be drafted for it (BJ §二(三)¶2)."""
    allowed = FED_BACK | ({"SUBSTANTIATED"} if command.kind is OpinionKind.DECISION else frozenset())
    return [item for item in command.items if facts["findings"][item].state not in allowed]


@refuses("以下问题尚未反馈，或申辩尚未作出决定，或已撤回，不能印发")
def defence_undecided(opinion: Any, __: Any, facts: Facts) -> list[UUID]:
    """What was drafted early is issued only about what was fed back and is not defended."""
    return [item for item in opinion.items if facts["findings"][item].state not in FED_BACK]


@refuses("以下问题不在拟制的意见书中")
def not_listed(opinion: Any, command: Any, _: Facts) -> list[UUID]:
    """Nothing is demanded beyond the draft."""
    return [demand.finding_id for demand in command.items if demand.finding_id not in opinion.items]


@refuses("须逐项写明要求，缺少或重复")
def demands_incomplete(opinion: Any, command: Any, _: Facts) -> list[UUID]:
    """Each item once."""
    named = [demand.finding_id for demand in command.items]
    return [item for item in opinion.items if named.count(item) != 1]


@refuses("每个问题须写明整改要求")
def demand_missing(_: Any, command: Any, __: Facts) -> list[UUID]:
    """A problem without a demand cannot be rectified."""
    demands = getattr(command, "items", None) or command.changes
    return [demand.finding_id for demand in demands if not demand.demand.strip()]


@refuses("以下问题的期限不得早于当前时间")
def deadline_past(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """A set period leaves time (BJ §二(三)¶4)."""
    demands = getattr(command, "items", None) or command.changes
    return [demand.finding_id for demand in demands if demand.due_at is not None and demand.due_at <= facts.at]


@refuses("须写明依据")
def legal_basis_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody is ordered about without a legal basis."""
    return not any(basis.strip() for basis in command.legal_basis)


@refuses("变更须针对意见书中的问题，每项一次")
def changes_of_other_items(opinion: Any, command: Any, _: Facts) -> list[UUID] | bool:
    """Something is changed, and nothing that was not there."""
    named = [change.finding_id for change in command.changes]
    return not named or sorted({item for item in named if item not in opinion.items or named.count(item) > 1})
