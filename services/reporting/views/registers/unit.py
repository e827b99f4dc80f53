"""Supervised units as registered: where they lie, who manages them and what kind of school they are, by date."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.registry.supervised_unit import (
    SchoolProfileChanged,
    SupervisedUnitRegistered,
    UnitClosed,
    UnitManagementChanged,
    UnitMerged,
    UnitRenamed,
    UnitSplit,
)
from services.chassis.reference_things import Named, latest
from services.reporting.views.telling import Happenings, names_of, told_by
from services.reporting.views.view import Cells, Page, View, china_date


class Managed(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """Who manages a unit from a day on."""

    valid_from: date
    managed_by: str
    competent: str | None = None
    approving: str | None = None

    @property
    def parties(self) -> tuple[str, ...]:
        """Who may see the unit because of it."""
        return tuple(dict.fromkeys(filter(None, (self.managed_by, self.competent, self.approving))))


class Profile(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """What kind of school it is from a day on."""

    valid_from: date
    school_type: str
    ownership: str
    students: int


class Registered(Page, kw_only=True, gc=False):
    """What the registry tells of a unit, by date: its names, who manages it, and from when it is gone.

    `delegates` are all who ever managed it, now or later; who may see it on a day is who manages it then.
    """

    unit: str
    kind: str = ""
    names: list[Named] = []
    management: list[Managed] = []
    closed_from: date | None = None

    def named(self, day: date) -> str:
        """What it was called on a day."""
        found: Named | None = latest(self.names, day)
        return found.name if found else ""

    def managed(self, day: date) -> Managed | None:
        """Who managed it on a day, as far as registered."""
        found: Managed | None = latest(self.management, day)
        return found

    def closed(self, day: date) -> bool:
        """Whether it was gone by a day."""
        return self.closed_from is not None and self.closed_from <= day

    def delegates_on(self, day: date) -> tuple[str, ...]:
        """Its managing, competent and approving body of that day."""
        managed = self.managed(day)
        return managed.parties if managed else ()


class Unit(Registered, kw_only=True, gc=False):
    """A unit; `place` is the path of the place it lies in, with the last sign a stroke."""

    place: str = ""
    profiles: list[Profile] = []

    def profile(self, day: date) -> Profile | None:
        """What kind of school it was on a day, as far as registered."""
        found: Profile | None = latest(self.profiles, day)
        return found


def keys(letter: Letter) -> Iterable[str]:
    """The unit, or all of them."""
    event: Any = letter.event
    many = getattr(event, "unit_ids", None)
    return map(str, many) if many is not None else (str(event.unit_id),)


def introduce(page: Registered, event: SupervisedUnitRegistered, _: Letter) -> None:
    """Its first name holds until another is said."""
    page.names, page.kind = [Named(valid_from=date.min, name=event.name)], event.kind.value


def manage(page: Registered, event: UnitManagementChanged, _: Letter) -> None:
    """Who manages it from a day on; nobody who ever did is struck from the stored row, see `delegates_on`."""
    competent, approving = event.competent_department_id, event.approving_department_id
    page.management.append(Managed(
        valid_from=event.valid_from, managed_by=str(event.managed_by), competent=str(competent) if competent else None,
        approving=str(approving) if approving else None,
    ))
    page.delegates = tuple(dict.fromkeys((*page.delegates, *page.management[-1].parties)))


def rename(page: Registered, event: UnitRenamed, _: Letter) -> None:
    """What it is called from a day on."""
    page.names.append(Named(valid_from=event.valid_from, name=event.name))


def close(page: Registered, event: UnitClosed | UnitMerged | UnitSplit, _: Letter) -> None:
    """From when it is gone."""
    page.closed_from = event.valid_from


REGISTRY: Happenings = {
    SupervisedUnitRegistered: introduce,
    UnitManagementChanged: manage,
    UnitRenamed: rename,
    UnitMerged: close,
    UnitSplit: close,
    UnitClosed: close,
}
"""What the registry's letters do to every page that keeps a unit."""


def _register(page: Unit, event: SupervisedUnitRegistered, letter: Letter) -> None:
    """The registry's records belong to the place of what they are about."""
    introduce(page, event, letter)
    page.place = letter.head.owner_path
    if page.place.endswith("/"):
        page.owner_path = page.unit_path = f"{page.place}{page.unit}"


def _profile(page: Unit, event: SchoolProfileChanged, _: Letter) -> None:
    page.profiles.append(Profile(
        valid_from=event.valid_from, school_type=event.school_type.value, ownership=event.ownership.value,
        students=event.students,
    ))


def _shown(page: Unit, as_of: datetime) -> Cells:
    """As it was on that day."""
    day = china_date(as_of)
    managed, profile = page.managed(day), page.profile(day)
    return {
        "unit": page.unit, "name": page.named(day), "kind": page.kind, "place": page.place, "closed": page.closed(day),
        "managed_by": managed.managed_by if managed else None, "competent": managed.competent if managed else None,
        "school_type": profile.school_type if profile else None, "ownership": profile.ownership if profile else None,
        "students": profile.students if profile else None,
    }


HAPPENINGS: Happenings = {**REGISTRY, SupervisedUnitRegistered: _register, SchoolProfileChanged: _profile}

UNITS = View(
    name="units", title="被督导单位登记", fold_version=2, page=Unit, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, lambda _, key: Unit(unit=key)), show=_shown,
)
