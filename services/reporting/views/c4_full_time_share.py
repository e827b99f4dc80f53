"""C4 专职督学占比: one row per place with bodies that engage inspectors: are we within the band?"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from fractions import Fraction
from typing import Any

from services.reporting.views.by_place import row_by_row
from services.reporting.views.country import STAFF, Country, last
from services.reporting.views.full_time import CAP, FLOOR, TREND, rests_on, share
from services.reporting.views.registers.inspector import INSPECTORS, Service
from services.reporting.views.rolling import Piece, Pieces, Sum, ratio
from services.reporting.views.view import CHINA_TIME

FULL_TIME = "FULL_TIME"


class Share:
    """Those who are at home in the bodies of one place."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.bodies: set[str] = set()

    def counts(self, at: datetime, bodies: set[str]) -> tuple[int, int]:
        """Full-time, and all who were engaged there at an instant."""
        held = (piece.page.engaged(at) for piece in self.pieces)
        here = [service for service in held if service is not None and service.body in bodies]
        return sum(service.category == FULL_TIME for service in here), len(here)


def shares(sources: Pieces, country: Country) -> dict[str, Share]:
    """By path of the place of the body: whoever served there at any time, so that past years can be told."""
    made: dict[str, Share] = {}
    for piece in sources.each(INSPECTORS):
        bodies = {service.body for service in piece.page.services}
        for path in sorted({country.body_path(body) or "" for body in bodies} - {""}):
            held = made.setdefault(path, Share())
            held.pieces.append(piece)
            held.bodies |= {body for body in bodies if country.body_path(body) == path}
    return made


def rows(sources: Pieces, country: Country) -> Iterable[Sum]:
    """Now, and at the end of every year before."""
    for path, held in sorted(shares(sources, country).items()):
        tier = country.tier(min(held.bodies))
        full_time, engaged = held.counts(sources.as_of, held.bodies)
        years = [(year, held.counts(end, held.bodies)) for year, end in _year_ends(held, sources.as_of)]
        place = country.places.get(last(path))
        yield Sum(last(path), {
            "place": last(path), "name": place.page.named(country.day) if place else last(path), "tier": tier,
            **share(country.policies, path, tier, full_time, engaged),
            "trend": _trend(years, (full_time, engaged)), "trend_asked": country.policies.value(TREND, path, tier),
            "years": [{"year": year, **ratio("share", part, whole)} for year, (part, whole) in years],
        }, [*held.pieces, *rests_on(country, path, tier, FLOOR, CAP, TREND)], path)


def _year_ends(held: Share, as_of: datetime) -> Iterator[tuple[int, datetime]]:
    services: list[Service] = [service for piece in held.pieces for service in piece.page.services]
    first = min(service.since.astimezone(CHINA_TIME).year for service in services)
    for year in range(first, as_of.astimezone(CHINA_TIME).year):
        yield year, datetime.combine(datetime(year, 12, 31, tzinfo=CHINA_TIME), time.max, CHINA_TIME)


def _trend(years: list[tuple[int, tuple[int, int]]], now: tuple[int, int]) -> Any:
    """Against the end of last year; None where either cannot be divided."""
    if not years or not years[-1][1][1] or not now[1]:
        return None
    before, after = Fraction(*years[-1][1]), Fraction(*now)
    return "RISING" if after > before else "FALLING" if after < before else "LEVEL"


VIEW = row_by_row("C4", "专职督学占比", STAFF, rows, lambda _, row: row.owner_path)
