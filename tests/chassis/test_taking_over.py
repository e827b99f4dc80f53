"""An attribute that takes over an event's field of the same name holds values of the field's type."""

import importlib
import pkgutil
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from msgspec import inspect

import services
from contracts.scheduling.burden_ledger import BurdenPeriodClosed
from services.chassis.aggregates import Aggregate, charter_of, every_kind
from services.scheduling.domain.burden_ledger import BurdenLedger


def aggregates() -> list[type[Aggregate]]:
    """Every aggregate of every service."""
    for found in pkgutil.walk_packages(services.__path__, "services."):
        if ".domain." in found.name:
            importlib.import_module(found.name)
    return [kind for kind in every_kind() if kind.__module__.startswith("services.")]


def shapes(kind: type[Any]) -> dict[str, set[str]]:
    """By field, the names of the types it may hold."""
    info: Any = inspect.type_info(kind)
    return {field.name: set(_names(field.type)) for field in info.fields}


def _names(node: inspect.Type) -> Iterator[str]:
    if isinstance(node, inspect.UnionType):
        for each in node.types:
            yield from _names(each)
    elif not isinstance(node, inspect.NoneType):
        kind = getattr(node, "cls", None)
        yield kind.__name__ if kind is not None else _alike(type(node).__name__)


def _alike(name: str) -> str:
    return {"VarTupleType": "several", "ListType": "several", "SetType": "several"}.get(name, name)


def mismatches(kind: type[Aggregate]) -> list[str]:
    """Fields taken over whose type the attribute does not hold."""
    found = []
    for event, step in charter_of(kind).steps.items():
        subject = kind if step.cycle.entities is None else step.cycle.entities[2]
        there, here = shapes(event), shapes(subject)
        found += [
            f"{event.__name__}.{name} is {sorted(there[name])}, {subject.__name__}.{name} holds {sorted(here[name])}"
            for name in step.absorbed if not there[name] <= here[name] and "AnyType" not in here[name]
        ]
    return found


@pytest.mark.parametrize("kind", aggregates(), ids=lambda kind: kind.__name__)
def test_what_is_taken_over_fits(kind: type[Aggregate]) -> None:
    assert mismatches(kind) == []


def test_a_count_that_would_overwrite_a_register_is_seen() -> None:
    class WithTheMistake(BurdenLedger, kw_only=True):
        life_cycles = (_without_apart(BurdenLedger.life_cycles[0]),)

    assert any(BurdenPeriodClosed.__name__ in line for line in mismatches(WithTheMistake))


def _without_apart(cycle: Any) -> Any:
    bare = copy(cycle)
    bare.apart = frozenset()
    return bare
