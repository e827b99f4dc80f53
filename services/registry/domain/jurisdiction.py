"""Jurisdiction (行政区、功能区): a place in a tree of variable depth (domain 0.1)."""

from typing import Any

from contracts.registry import jurisdiction as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row
from services.chassis.policy_values import china_day

TOP = frozenset({"PROVINCE", "MUNICIPALITY"})
BELOW = {
    "PREFECTURE": {"PROVINCE"},
    "COUNTY": {"PROVINCE", "MUNICIPALITY", "PREFECTURE"},
    "DISTRICT": {"MUNICIPALITY", "PREFECTURE"},
    "FUNCTIONAL_ZONE": {"MUNICIPALITY", "PREFECTURE", "PROVINCE"},
    "TOWNSHIP": {"COUNTY", "DISTRICT", "FUNCTIONAL_ZONE", "PREFECTURE"},
}


@refuses("行政区代码须为数字")
def code_invalid(_: Any, command: Any, __: Facts) -> bool:
    """GB/T 2260: digits only, six of them or more."""
    return not command.code.isdigit() or len(command.code) < 6


@refuses("上级行政区的种类不符")
def parent_not_fitting(place: "Jurisdiction", command: Any, facts: Facts) -> bool:
    """Beijing and Shanghai have no city tier; a zone hangs below a city (domain 5, 8)."""
    kind = getattr(command, "kind", place.kind)
    if kind is None or kind.value in TOP:
        return command.parent_code is not None
    return facts.get("parent_kind") not in BELOW[kind.value]


@refuses("须写明名称")
def name_missing(_: Any, command: Any, __: Facts) -> bool:
    """A place without a name cannot be told from another."""
    return not command.name.strip()


@refuses("变更上级不得预先登记，请在生效之日或以后登记")
def moved_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """Who may act where follows from the tree: nobody gains or loses a place before its day."""
    return bool(command.valid_from > china_day(facts.at))


@refuses("行政区不能由自己承继")
def own_successor(place: "Jurisdiction", command: Any, _: Facts) -> bool:
    """Nothing succeeds itself."""
    return place.code in command.successor_codes


@refuses("没有登记承继的行政区")
def successor_unknown(_: Any, __: Any, facts: Facts) -> list[str]:
    """What goes on is registered first."""
    return list(facts.get("unknown_successors") or ())


JURISDICTION = LifeCycle("jurisdiction", "行政区", "REGISTERED CLOSED", (
    row(NEW, said.RegisterJurisdiction, {said.JurisdictionRegistered: "REGISTERED"},
        when=[code_invalid, name_missing, parent_not_fitting]),
    row("REGISTERED", said.RenameJurisdiction, {said.JurisdictionRenamed: SAME}, when=[name_missing]),
    row("REGISTERED", said.MoveJurisdiction, {said.JurisdictionMoved: SAME},
        when=[moved_in_future, parent_not_fitting]),
    row("REGISTERED", said.CloseJurisdiction, {said.JurisdictionClosed: "CLOSED"},
        when=[own_successor, successor_unknown]),
))


class Jurisdiction(Aggregate, kw_only=True):
    """One place; its code is its identity."""

    life_cycles = (JURISDICTION,)
    code: str = ""
    kind: said.JurisdictionKind | None = None
