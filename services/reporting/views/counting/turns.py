"""Turns: when a page begins to say something else although no letter comes, because a day has come."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from services.reporting.views.registers.inspector import CREDENTIALS, INSPECTORS, Credential, Inspector
from services.reporting.views.registers.large_schools import LARGE_SCHOOLS, LargeSchools
from services.reporting.views.registers.place import PLACES, Place
from services.reporting.views.registers.policy import POLICIES, Published
from services.reporting.views.registers.unit import UNITS, Registered, Unit
from services.reporting.views.rolling import Piece
from services.reporting.views.view import CHINA_TIME

Dates = Iterator[date | None]
A_DAY = timedelta(days=1)


def _between(first: date | None, last: date | None) -> Dates:
    """On the day after the last one nothing of it is left."""
    yield from (first, last + A_DAY if last else None)


def _registered(page: Registered) -> Dates:
    yield page.closed_from
    yield from (name.valid_from for name in page.names)
    yield from (managed.valid_from for managed in page.management)


def _unit(page: Unit) -> Dates:
    yield from _registered(page)
    yield from (held.valid_from for held in page.profiles)


def _credential(page: Credential) -> Dates:
    yield from _between(page.valid_from, page.valid_to)


def _inspector(page: Inspector) -> Dates:
    yield from (end for service in page.services for end in (service.since, service.until))


def _place(page: Place) -> Dates:
    yield from (name.valid_from for name in page.names)
    yield from (under.valid_from for under in page.parents)


def _policy(page: Published) -> Dates:
    for edition in page.editions:
        yield from _between(edition.document.valid_from, edition.document.valid_to)
        for entry in edition.document.values.values():
            yield from _between(entry.valid_from, entry.valid_to)


def _large(page: LargeSchools) -> Dates:
    yield from (held.valid_from for held in page.designations)


TURNS: Mapping[str, Callable[[Any], Dates]] = {
    UNITS.name: _unit,
    CREDENTIALS.name: _credential,
    INSPECTORS.name: _inspector,
    PLACES.name: _place,
    POLICIES.name: _policy,
    LARGE_SCHOOLS.name: _large,
}


def next_turn(pieces: Iterable[Piece], after: datetime) -> datetime | None:
    """The first instant after this one at which one of these pages says something else, None for never."""
    turns = (instant_of(day) for piece in pieces if piece.view in TURNS for day in TURNS[piece.view](piece.page) if day)
    return min((turn for turn in turns if turn > after), default=None)


def instant_of(day: date) -> datetime:
    """A day begins at midnight in China."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(), CHINA_TIME)
