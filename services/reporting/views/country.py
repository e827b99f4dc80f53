"""The country of a date: places in their tree, bodies at places, and the place in which a unit is counted, once."""

from collections.abc import Iterator
from copy import copy
from functools import cached_property
from typing import Any

from services.reporting.views.registers.inspector import INSPECTORS
from services.reporting.views.registers.large_schools import LARGE_SCHOOLS
from services.reporting.views.registers.place import BODIES, PLACES
from services.reporting.views.registers.policy import POLICIES, Policies
from services.reporting.views.registers.unit import UNITS, Unit
from services.reporting.views.rolling import Piece, Pieces
from services.reporting.views.view import View, china_date

LAND: tuple[View, ...] = (PLACES, BODIES, UNITS)
"""What a roll-up of units by place is made from."""
STAFF: tuple[View, ...] = (*LAND, INSPECTORS, POLICIES, LARGE_SCHOOLS)
"""What a roll-up of inspectors by place is made from."""
SCHOOL_KINDS = ("SCHOOL",)
TOWNSHIP = "TOWNSHIP"
INSTITUTION, TEACHING_POINT = "TRAINING_INSTITUTION", "TEACHING_POINT"


class Country:
    """Made from the registers of one moment. Every path of a place ends with a stroke."""

    def __init__(self, sources: Pieces) -> None:
        self.day = china_date(sources.as_of)
        self.sources = sources
        self.places = {piece.key: piece for piece in sources.each(PLACES)}
        self.bodies = {piece.key: piece for piece in sources.each(BODIES)}
        self._paths: dict[str, str] = {}

    def prepare(self) -> None:
        """Look at once at what `within` shares, so that it is made once."""
        _ = self.policies, self.large, self._said

    def within(self, sources: Pieces) -> "Country":
        """The same country with the units of these sources alone."""
        part = copy(self)
        part.sources = sources
        part.__dict__.pop("units", None)
        return part

    @cached_property
    def policies(self) -> Policies:
        """What was published by then."""
        return Policies(self.sources.each(POLICIES), self.sources.as_of)

    @cached_property
    def units(self) -> dict[str, Piece]:
        """Every unit."""
        return {piece.key: piece for piece in self.sources.each(UNITS)}

    @cached_property
    def large(self) -> dict[str, Piece]:
        """Schools that some body's list names as having many students, each with that list."""
        lists = self.sources.each(LARGE_SCHOOLS)
        return {school: piece for piece in lists for school in sorted(piece.page.on(self.day))}

    def path(self, code: str) -> str:
        """The path of a place through its parents."""
        if code not in self._paths:
            place = self.places.get(code)
            parent = place.page.parent(self.day) if place else None
            self._paths[code] = f"{self.path(parent) if parent else ''}{code}/"
        return self._paths[code]

    def body_path(self, body: str | None) -> str | None:
        """The place of a body, None when it is not registered."""
        found = self.bodies.get(body or "")
        return self.path(found.page.place) if found else None

    def tier(self, body: str | None) -> str | None:
        """The level of a body."""
        found = self.bodies.get(body or "")
        return found.page.tier if found else None

    def home(self, unit: str, unit_path: str | None = None) -> str:
        """The place in which a unit is counted: that of the body that manages it, else the one it lies in."""
        piece = self.units.get(unit)
        if piece is None:
            return self.county(parent_of(unit_path or ""))  # not registered, so there is no code to look up
        return self.home_of(piece.page)

    def home_of(self, page: Unit) -> str:
        """The place in which a registered unit is counted."""
        managed = page.managed(self.day)
        return self.county(self.body_path(managed.managed_by if managed else None) or self.place(page))

    def place(self, page: Unit) -> str:
        """Where a unit lies: the path of that place on this day, whichever it had when the unit was registered."""
        return self.path(last(page.place)) if page.place else ""

    def county(self, path: str) -> str:
        """The place itself, or the one above it when it is a township."""
        while (place := self.places.get(last(path))) is not None and place.page.kind == TOWNSHIP:
            path = parent_of(path.rstrip("/"))
        return path

    def schools(self) -> Iterator[Piece]:
        """The units that count as schools in a staffing ratio (domain 7, question 2), by the policy of their place."""
        for piece in self.units.values():
            page: Unit = piece.page
            if not page.closed(self.day) and self._counts(page):
                yield piece

    def _counts(self, page: Unit) -> bool:
        def said(key: str) -> Any:
            return self._denominator(key, self.place(page))

        if page.kind == INSTITUTION:
            return bool(said("denominator.includeTrainingInstitutions"))
        profile = page.profile(self.day)
        if profile is not None and profile.school_type == TEACHING_POINT:
            return bool(said("denominator.includeTeachingPoints"))
        return page.kind in (said("denominator.schoolKinds") or SCHOOL_KINDS)

    def _denominator(self, key: str, place: str) -> Any:
        asked = (key, place)
        if asked not in self._said:
            self._said[asked] = self.policies.value(key, place)
        return self._said[asked]

    @cached_property
    def _said(self) -> dict[tuple[str, str], Any]:
        return {}


def last(path: str) -> str:
    """The last part of a path, with or without a stroke at its end."""
    return path.rstrip("/").rpartition("/")[2]


def parent_of(path: str) -> str:
    """The place a path lies in: what stands before its last part, with the stroke."""
    return path.rpartition("/")[0] + "/" if "/" in path else ""
