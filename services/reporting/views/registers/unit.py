"""Supervised units as registered: where they lie, who manages them and what kind of school they are, by date."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.registry.supervised_unit import (
    SchoolProfileChanged,
    SupervisedUnitRegistered,
    UnitClosed,
    UnitManagementChanged,
    UnitRenamed,
)
from services.reporting.views.telling import Happenings, names_of, plainly, told_by
from services.reporting.views.view import Page, View


class Managed(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """Who manages a unit from a day on."""

    valid_from: date
    managed_by: str
    competent: str | None = None


class Profile(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """What kind of school it is from a day on."""

    valid_from: date
    school_type: str
    ownership: str
    students: int


class Unit(Page, kw_only=True, gc=False):
    """A unit; `place` is the path of the place it lies in, with the last sign a stroke."""

    unit: str
    name: str = ""
    kind: str = ""
    place: str = ""
    management: list[Managed] = []
    profiles: list[Profile] = []
    closed_from: date | None = None

    def managed(self, day: date) -> Managed | None:
        """Who managed it on a day, as far as registered."""
        return _latest(self.management, day)

    def profile(self, day: date) -> Profile | None:
        """What kind of school it was on a day, as far as registered."""
        return _latest(self.profiles, day)

    def closed(self, day: date) -> bool:
        """Whether it was gone by a day."""
        return self.closed_from is not None and self.closed_from <= day


def _latest(held: Iterable[Any], day: date) -> Any:
    """Of two for one day the later said stands."""
    found = None
    for one in held:
        if one.valid_from <= day and (found is None or one.valid_from >= found.valid_from):
            found = one
    return found


def keys(letter: Letter) -> Iterable[str]:
    """The unit, or all of them."""
    event: Any = letter.event
    many = getattr(event, "unit_ids", None)
    return map(str, many) if many is not None else (str(event.unit_id),)


def _register(page: Unit, event: SupervisedUnitRegistered, letter: Letter) -> None:
    """The registry's records belong to the place of what they are about."""
    page.name, page.kind, page.place = event.name, event.kind.value, letter.head.owner_path
    if page.place.endswith("/"):
        page.owner_path = page.unit_path = f"{page.place}{page.unit}"


def _manage(page: Unit, event: UnitManagementChanged, _: Letter) -> None:
    competent = event.competent_department_id
    page.management.append(Managed(
        valid_from=event.valid_from, managed_by=str(event.managed_by), competent=str(competent) if competent else None,
    ))
    parties = (event.managed_by, competent, event.approving_department_id)
    page.delegates = tuple(dict.fromkeys(str(party) for party in parties if party))


def _profile(page: Unit, event: SchoolProfileChanged, _: Letter) -> None:
    page.profiles.append(Profile(
        valid_from=event.valid_from, school_type=event.school_type.value, ownership=event.ownership.value,
        students=event.students,
    ))


def _rename(page: Unit, event: UnitRenamed, _: Letter) -> None:
    page.name = event.name


def _close(page: Unit, event: UnitClosed, _: Letter) -> None:
    page.closed_from = event.valid_from


HAPPENINGS: Happenings = {
    SupervisedUnitRegistered: _register,
    UnitManagementChanged: _manage,
    SchoolProfileChanged: _profile,
    UnitRenamed: _rename,
    UnitClosed: _close,
}

UNITS = View(
    name="units", title="被督导单位登记", fold_version=1, page=Unit, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, lambda _, key: Unit(unit=key)), show=plainly,
)
