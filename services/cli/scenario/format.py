"""The shape of a scenario file."""

from datetime import datetime
from typing import Any

import msgspec

from contracts.values import Instant, Role


class Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Part of a scenario; an unknown name in it is a mistake."""


class Jurisdiction(Part, kw_only=True):
    """A place."""

    code: str
    name: str
    kind: str
    parent: str | None = None


class Body(Part, kw_only=True):
    """An acting body; without a kind it is an office when it has a tier, else a department."""

    id: str
    name: str
    place: str
    kind: str | None = None
    tier: str | None = None
    parent: str | None = None


class Unit(Part, kw_only=True):
    """A supervised unit, with its managers from `since` on and, for a school, its profile."""

    id: str
    kind: str
    name: str
    place: str
    managed_by: str | None = None
    competent_department: str | None = None
    approving_department: str | None = None
    guided_by: tuple[str, ...] = ()
    school_type: str | None = None
    ownership: str = "PUBLIC"
    students: int = 0
    campuses: int = 1
    since: str = "2000-01-01"


class Person(Part, kw_only=True):
    """A person with roles at one body or unit; listed twice, a person holds two posts."""

    id: str
    name: str
    roles: tuple[Role, ...]
    body: str | None = None
    unit: str | None = None
    acts_for: str | None = None


class World(Part, kw_only=True):
    """The reference data that the story takes place in."""

    jurisdictions: tuple[Jurisdiction, ...] = ()
    bodies: tuple[Body, ...] = ()
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()


class Happened(Part, kw_only=True):
    """As of a moment by when it happened, not by when it was known."""

    happened: Instant


class ViewRows(Part, kw_only=True):
    """Named cells of named rows of a view."""

    name: str
    scope: str
    rows: tuple[dict[str, Any], ...]
    as_of: datetime | Happened | None = msgspec.field(default=None, name="as_of")


class CaseEvents(Part, kw_only=True):
    """Events of one unit, in this order; others may lie between."""

    unit: str
    events: tuple[str, ...]


Expected = str | dict[str, dict[str, Any]]
"""An event's public name, alone or with fields that it must have; a new short id in a field is bound."""


class Step(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One step: the clock moves, a command is sent, something is looked at."""

    at: Instant | None = None
    as_: str | None = msgspec.field(default=None, name="as")
    at_body: str | None = None
    do: str | None = None
    with_: dict[str, Any] = msgspec.field(default_factory=dict, name="with")
    id: str | None = None
    occurred_at: Instant | None = None
    reason: str | None = None
    then: tuple[Expected, ...] | None = None
    then_only: tuple[Expected, ...] | None = None
    refused: str | None = None
    expect_error: str | None = None
    expect_view: ViewRows | None = None
    expect_case: CaseEvents | None = None


class Scenario(Part, kw_only=True):
    """A whole file."""

    title: str
    clock: Instant
    steps: tuple[Step, ...]
    policy: tuple[str, ...] = ()
    world: World = msgspec.field(default_factory=World)
