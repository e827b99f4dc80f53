"""What reference data speaks of: places, bodies, units, and how they are called and led on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.values import Tier
from services.chassis.policy_values import china_day


class Named(msgspec.Struct, kw_only=True):
    """What a place or a unit is called from a date on."""

    valid_from: date
    name: str


class Under(msgspec.Struct, kw_only=True):
    """Below which place a place hangs from a date on."""

    valid_from: date
    parent: str | None


class Place(msgspec.Struct, kw_only=True):
    """A jurisdiction and its parents, from the province down; the path ends with its own code.

    `name` is the one it was registered under, `path` the one that holds now; `parents` keeps the earlier ones.
    """

    code: str
    kind: str
    name: str
    path: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    names: list[Named] = []
    parents: list[Under] = []
    successors: tuple[str, ...] = ()

    def named(self, day: date) -> str:
        """What it was called on that day."""
        return name_on(self, day)

    def parent(self, day: date) -> str | None:
        """Below which place it hung on that day."""
        under = latest(self.parents, day)
        if under is not None:
            return str(under.parent) if under.parent else None
        return self.path[-2] if len(self.path) > 1 else None

    def stood(self, day: date) -> bool:
        """Whether it existed on that day, as far as registered."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class Body(msgspec.Struct, kw_only=True):
    """An acting body at a place; `supervises` says whether its scope is the place's whole subtree."""

    body_id: UUID
    kind: str
    tier: Tier
    place: str
    name: str
    parent: UUID | None = None
    supervises: bool = False


class Management(msgspec.Struct, kw_only=True):
    """Who manages a unit from a date on."""

    valid_from: date
    managed_by: UUID | None = None
    competent_department_id: UUID | None = None
    approving_department_id: UUID | None = None


class Unit(msgspec.Struct, kw_only=True):
    """A supervised unit, with its managers and names by date and its successor when it is gone.

    `name` is the one it was registered under; `successors` are those named so far, from `gone_from` on.
    """

    unit_id: UUID
    kind: str
    name: str
    place: str
    management: list[Management] = []
    successors: tuple[UUID, ...] = ()
    names: list[Named] = []
    gone_from: date | None = None

    def managed(self, at: datetime) -> Management:
        """Who managed the unit on that day."""
        found: Management | None = latest(self.management, china_day(at))
        return found or Management(valid_from=date.min)

    def named(self, day: date) -> str:
        """What it was called on that day."""
        return name_on(self, day)

    def gone(self, at: datetime) -> bool:
        """Whether it was merged, split or closed by that day."""
        return self.gone_from is not None and self.gone_from <= china_day(at)

    def succeeded(self, at: datetime) -> tuple[UUID, ...]:
        """Who had taken its place by that day."""
        return self.successors if self.gone(at) else ()


def latest(held: Iterable[Any], day: date) -> Any:
    """Of dated things the one that holds on a day, None when none does; of two for one day the later said."""
    found = None
    for one in held:
        if one.valid_from <= day and (found is None or one.valid_from >= found.valid_from):
            found = one
    return found


def name_on(thing: "Place | Unit", day: date) -> str:
    """Its name on a day: the one it was registered under until a change takes effect."""
    found: Named | None = latest(thing.names, day)
    return found.name if found else thing.name
