"""Whereabouts: in which place each page of now is counted, and which places a letter or a day has touched."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from heapq import heappop, heappush

import msgspec

from services.chassis.pages import Pages, Row
from services.reporting.views import c1_ledger_board as c1
from services.reporting.views import c10_orders as c10
from services.reporting.views.counting.frame import Frame
from services.reporting.views.counting.links import Links
from services.reporting.views.country import Country, parent_of
from services.reporting.views.folding import page_of
from services.reporting.views.moments import every_row
from services.reporting.views.registers.inspector import CREDENTIALS, INSPECTORS, Inspector
from services.reporting.views.registers.listing import LISTINGS
from services.reporting.views.registers.unit import UNITS, Unit
from services.reporting.views.view import View

BY_UNIT = frozenset({UNITS.name, c1.VIEW.name, LISTINGS.name})
BY_PLACE = (UNITS, c1.VIEW, LISTINGS, INSPECTORS, CREDENTIALS, c10.VIEW)
"""Views whose pages are looked up by place, in the order in which they are followed: units tell where the rest lies."""


class Held(msgspec.Struct, gc=False):
    """Of a listing or a card whose inspector's it is."""

    inspector: str | None = None


class About(msgspec.Struct, gc=False):
    """Of an order which unit's it is."""

    unit: str = ""


class Whereabouts:
    """Built on the first question and kept up from the rows that changed; a `generation` is one look at the pages."""

    def __init__(self, pages: Pages, frame: Frame) -> None:
        self._pages, self._frame = pages, frame
        self.generation = self._begun = 0
        self._takes: Mapping[str, Callable[[Iterable[Row]], None]] = {
            UNITS.name: self._units, c1.VIEW.name: self._boards, LISTINGS.name: self._listings,
            INSPECTORS.name: self._inspectors, CREDENTIALS.name: self._credentials, c10.VIEW.name: self._of_orders,
        }
        self._clear()

    def _clear(self) -> None:
        self._homes, self._posts, self._orders = Links(), Links(), Links()
        self._plates, self._cards = Links(), Links()
        self._numbers: dict[str, tuple[str, int]] = {}
        self._moves: list[tuple[date, str]] = []
        self._touched: dict[str, dict[str, int]] = {view.name: {} for view in BY_PLACE}

    @property
    def country(self) -> Country:
        """The places, bodies and policies of now."""
        return self._frame.country

    def follow(self, views: Sequence[View], as_of: datetime) -> None:
        """Take in what changed in these views; everything anew when the frame or a whole collection changed."""
        self.generation += 1
        if self._frame.follow(as_of) or any(self._replaced(view) for view in BY_PLACE):
            self._clear()
            self._begun = self.generation
        for view in BY_PLACE:
            if view in views or view is UNITS or view.name in self._numbers:
                self._takes[view.name](self._news(view))
        self._move_on()

    def stale(self, views: Sequence[View], since: int) -> set[str]:
        """The places to be counted anew by whoever counted them in a generation from these views."""
        if since < self._begun:
            return {*self._homes.hung_on(), *(self._posts.hung_on() if INSPECTORS in views else ())}
        touched = (self._touched.get(view.name, {}).items() for view in views)
        return {place for places in touched for place, generation in places if generation > since}

    def begun_after(self, generation: int) -> bool:
        """Whether nothing that was counted in a generation stands any more."""
        return generation < self._begun

    def rows(self, view: View, place: str) -> list[Row]:
        """The pages of a view that are counted in a place, in order of key."""
        found = self._pages.get(self._collection(view), self._keys(view, place))
        return [found[key] for key in sorted(found)]

    def _keys(self, view: View, place: str) -> Iterable[str]:
        units = self._homes.keys(place)
        if view.name in BY_UNIT:
            return units
        if view is c10.VIEW:
            return self._orders.all_of(units)
        plates = {inspector for unit in units for inspector in self._plates.targets(unit)}
        inspectors = plates | self._posts.keys(place)
        return inspectors if view is INSPECTORS else self._cards.all_of(inspectors)

    # --- following --------------------------------------------------------------------------------

    def _collection(self, view: View) -> str:
        return self._pages.current(view.shelf) or ""

    def _replaced(self, view: View) -> bool:
        return view.name in self._numbers and self._numbers[view.name][0] != self._collection(view)

    def _news(self, view: View) -> Iterable[Row]:
        """The number is read before the rows: what is read beyond it is read again."""
        collection = self._collection(view)
        number = self._pages.number(collection)
        known, self._numbers[view.name] = self._numbers.get(view.name), (collection, number)
        if known is None:
            return every_row(self._pages, collection)
        return self._pages.changed(collection, known[1]) if number > known[1] else ()

    def _touch(self, view: View | None, places: Iterable[str]) -> None:
        for place in places:
            for name in [view.name] if view else self._touched:
                self._touched[name][place] = self.generation

    def _touch_gates(self, view: View, inspectors: Iterable[str]) -> None:
        schools = self._plates.all_of(inspectors)
        self._touch(view, {place for school in schools for place in self._homes.targets(school)})

    def _units(self, rows: Iterable[Row]) -> None:
        for row in rows:
            page: Unit = page_of(Unit, row)
            places = self._homes.put(row.key, [self.country.home_of(page)])
            self._touch(UNITS if len(places) == 1 else None, places)
            for held in page.management:
                if held.valid_from > self.country.day:
                    heappush(self._moves, (held.valid_from, row.key))

    def _move_on(self) -> None:
        """Units that another body manages from today on."""
        due = set[str]()
        while self._moves and self._moves[0][0] <= self.country.day:
            due.add(heappop(self._moves)[1])
        if due:
            self._units(self._pages.get(self._collection(UNITS), due).values())

    def _settle(self, unit: str, unit_path: str | None) -> tuple[str, ...]:
        """Where a unit is counted; one that was never registered, in the place that its letters name."""
        if not self._homes.targets(unit):
            self._homes.put(unit, [self.country.county(parent_of(unit_path or ""))])
        return self._homes.targets(unit)

    def _boards(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._touch(c1.VIEW, self._settle(row.key, row.unit_path))

    def _listings(self, rows: Iterable[Row]) -> None:
        for row in rows:
            held: Held = page_of(Held, row)
            self._plates.put(row.key, [held.inspector] if held.inspector else [])
            self._touch(LISTINGS, self._homes.targets(row.key))

    def _inspectors(self, rows: Iterable[Row]) -> None:
        for row in rows:
            page: Inspector = page_of(Inspector, row)
            homes = {self.country.body_path(service.body) or "" for service in page.services} - {""}
            posts = self._posts.put(row.key, [*homes, *map(self.country.county, homes)])
            self._touch(INSPECTORS, posts)
            self._touch_gates(INSPECTORS, [row.key])

    def _credentials(self, rows: Iterable[Row]) -> None:
        for row in rows:
            held: Held = page_of(Held, row)
            self._touch_gates(CREDENTIALS, self._cards.put(row.key, [held.inspector] if held.inspector else []))

    def _of_orders(self, rows: Iterable[Row]) -> None:
        for row in rows:
            about: About = page_of(About, row)
            for unit in self._orders.put(row.key, [about.unit]):
                self._touch(c10.VIEW, self._settle(unit, row.unit_path))
