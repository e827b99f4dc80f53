"""Whatever may promise a provisional deadline can be counted again, and hears that a calendar year was published."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from contracts.record import Command, Event
from contracts.values import SYSTEM
from services.accountability.application import Accountability
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.application import ServiceApplication
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.findings.application import Findings
from services.personnel.application import Personnel
from services.rectification.application import Rectification
from services.registry.application import Registry
from services.scheduling.application import Scheduling

SERVICES = (Registry, Personnel, Scheduling, Findings, Rectification, Accountability)
PUBLISHED = "registry.CalendarYearPublished"
NAMED_DAYS = {
    "SelfAssessmentOpened": "its deadline is the one that was named",
    "LookBackScheduled": "its deadline is the one that was named, a natural date",
}
"""Events with the field whose deadline nothing computes, so that it is never provisional."""


def speaks(kind: type[msgspec.Struct], seen: frozenset[Any] = frozenset()) -> bool:
    """Whether a field says provisional, here or in a thing it holds."""
    info: Any = inspect.type_info(kind)
    return any(field.name == "provisional" or _within(field.type, seen | {kind}) for field in info.fields)


def _within(node: Any, seen: frozenset[Any]) -> bool:
    if isinstance(node, inspect.StructType):
        return node.cls not in seen and speaks(node.cls, seen)
    return any(_within(part, seen) for part in (*getattr(node, "types", ()), *_items(node)))


def _items(node: Any) -> Iterable[Any]:
    inner = getattr(node, "item_type", None)
    return (inner,) if inner is not None else getattr(node, "item_types", ())


def deaf(service: type[ServiceApplication], kind: type[Aggregate]) -> list[str]:
    """The events of an aggregate whose provisional deadline would stay provisional."""
    charter = charter_of(kind)
    said = [event.__name__ for event in charter.steps if speaks(event) and event.__name__ not in NAMED_DAYS]
    again = [command for command in charter.rows if command.__name__.startswith("Recalculate")]
    heard = PUBLISHED in service.policies and all(command.roles == SYSTEM for command in again)
    return [] if again and heard else said


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_provisional_deadline_hears_the_publication_of_the_calendar(service: type[ServiceApplication]) -> None:
    assert {kind.__name__: deaf(service, kind) for kind in service.aggregates if deaf(service, kind)} == {}


def test_the_events_meant_are_found() -> None:
    found = {event.__name__ for one in SERVICES for kind in one.aggregates for event in charter_of(kind).steps
             if speaks(event)}
    assert len(found) >= 20 and {"OpinionIssued", "CaseServed", "PlanDrafted", *NAMED_DAYS} <= found


def test_what_is_listed_as_a_named_day_is_never_computed() -> None:
    kinds = [kind for one in SERVICES for kind in one.aggregates
             if {event.__name__ for event in charter_of(kind).steps} & NAMED_DAYS.keys()]
    assert len(kinds) == len(NAMED_DAYS)
    for kind in kinds:
        assert "provisional" not in kind.__struct_fields__
        codes = [made.__code__ for made in vars(kind).values() if hasattr(made, "__code__")]
        assert codes and not any("provisional" in (*code.co_names, *map(str, code.co_consts)) for code in codes)


class Promise(Command, kw_only=True):
    """Promises."""


class Promised(Event, kw_only=True):
    """Promised."""

    provisional: bool = False


class Deaf(Aggregate, kw_only=True):
    """Never counts again."""

    life_cycles = (LifeCycle("promise", "承诺", "GIVEN", (row(NEW, Promise, {Promised: SAME}),)),)


def test_a_planted_aggregate_that_never_counts_again_is_caught() -> None:
    assert deaf(Accountability, Deaf) == ["Promised"]
