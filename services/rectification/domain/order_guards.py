"""Reasons to refuse that concern a supervision order (domain 3.4.3)."""

from typing import Any
from uuid import UUID

from contracts.rectification.supervision_order import OrderGround
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses

SETTLED = frozenset({"VERIFIED", "WRITTEN_OFF", "CANCELLED"})


@refuses("没有逾期或核查未通过的问题，不具备督办事由")
def ground_missing(_: Any, command: Any, facts: Facts) -> bool:
    """NOT_TIMELY needs an overdue item, NOT_THOROUGH one whose completion was rejected."""
    items = [facts["items"].get(item) for item in command.item_ids]
    return not any(item and _has(item, command.ground) for item in items)


def _has(item: Any, ground: OrderGround) -> bool:
    if ground is OrderGround.NOT_TIMELY:
        return bool(item.state == "OVERDUE")
    return bool(item.failed and item.state in {"IN_PROGRESS", "OVERDUE"})


@refuses("以下问题不在该单位的问题清单上")
def item_of_another_unit(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """An order speaks to one unit about its own problems."""
    return [item for item in command.item_ids if facts["units"].get(item) != command.unit_id]


@refuses("当地规定不采用督办单")
def order_not_enabled(_: Any, __: Any, facts: Facts) -> bool:
    """Hunan and Beijing have the instrument; where no level says so, POLICY_UNSET (HN §11, BJ §二(三)¶4)."""
    return not facts.policy.require("rectification.order.enabled")


@refuses("督办单须写明依据")
def legal_basis_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody is ordered about without a legal basis."""
    return not any(basis.strip() for basis in command.legal_basis)


@refuses("延长督办期限须由上一级督导机构批准")
def approver_not_one_level_up(_: Any, __: Any, facts: Facts) -> bool:
    """The body above the issuing one says so itself; where the deployment has none, the issuing body."""
    upper = facts.get("upper_body_id")
    return upper is not None and body(facts) != upper


@refuses("以下问题尚未核实整改到位")
def item_not_verified(order: Any, _: Any, facts: Facts) -> list[UUID]:
    """Compliance is confirmed item by item."""
    return [item for item in order.item_ids if _state(facts["items"].get(item)) not in SETTLED]


def _state(item: Any) -> str:
    return item.state if item else "-"
