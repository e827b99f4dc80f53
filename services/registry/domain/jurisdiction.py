"""Jurisdiction (行政区、功能区): a place in a tree of variable depth (domain 0.1)."""

from typing import Any

from contracts.registry import jurisdiction as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

TOP = frozenset({"PROVINCE", "MUNICIPALITY"})
BELOW = {
    "PREFECTURE": {"PROVINCE"},
    "COUNTY": {"PROVINCE", "PREFECTURE"},
    "DISTRICT": {"MUNICIPALITY", "PREFECTURE"},
    "FUNCTIONAL_ZONE": {"MUNICIPALITY", "PREFECTURE", "PROVINCE"},
    "TOWNSHIP": {"COUNTY", "DISTRICT", "FUNCTIONAL_ZONE", "PREFECTURE"},
}


@refuses("行政区代码须为数字")
def code_invalid(_: Any, command: Any, __: Facts) -> bool:
    """GB/T 2260: digits only, six of them or more."""
    return not command.code.isdigit() or len(command.code) < 6


@refuses("上级行政区的种类不符")
def parent_not_fitting(_: Any, command: Any, facts: Facts) -> bool:
    """Beijing and Shanghai have no city tier; a zone hangs below a city (domain 5, 8)."""
    if command.kind.value in TOP:
        return command.parent_code is not None
    return facts.get("parent_kind") not in BELOW[command.kind.value]


JURISDICTION = LifeCycle("jurisdiction", "行政区", "REGISTERED", (
    row(NEW, said.RegisterJurisdiction, {said.JurisdictionRegistered: "REGISTERED"},
        when=[code_invalid, parent_not_fitting]),
))


class Jurisdiction(Aggregate, kw_only=True):
    """One place; its code is its identity."""

    life_cycles = (JURISDICTION,)
    code: str = ""
