"""P14 指标结果: one row per place, kind of unit, version and indicator: what does monitoring show?

A score belongs to the kind of unit and the version it was given by. Two versions are two rows, each with a series of
its own; a crosswalk stands beside them with a warning, and nothing is ever computed across it.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Self

from contracts.findings.indicator_set import indicators_for
from services.reporting.views.by_place import Region, regions
from services.reporting.views.country import LAND, Country
from services.reporting.views.indicators import EDITIONS, EVALUATIONS, Edition, Evaluation, Line
from services.reporting.views.registers.unit import Unit
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum

WARNING = "版本不同，得分不可直接比较，也不连成一条线；对应关系只供参照"


class Series(NamedTuple):
    """Which indicator, for which kind of unit, by which version."""

    unit_type: str
    version: str
    code: str


class Scores:
    """Sums and counts by series and year of what was scored in a place."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.sums: dict[Series, dict[int, tuple[Fraction, int]]] = {}
        self.scored: dict[Series, list[Piece]] = {}

    def add(self, unit_type: str, piece: Piece) -> None:
        """One evaluation with all its scores."""
        page: Evaluation = piece.page
        self.pieces.append(piece)
        year = page.scored_on.year if page.scored_on else 0
        for code, score in page.scores.items():
            series = Series(unit_type, page.version, code)
            self.scored.setdefault(series, []).append(piece)
            self._add(series, year, Fraction(Decimal(score)), 1)

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.pieces += other.pieces
        for series, scored in other.scored.items():
            self.scored.setdefault(series, []).extend(scored)
        for series, years in other.sums.items():
            for year, (total, count) in years.items():
                self._add(series, year, total, count)

    def _add(self, series: Series, year: int, total: Fraction, count: int) -> None:
        years = self.sums.setdefault(series, {})
        before, counted = years.get(year, (Fraction(0), 0))
        years[year] = (before + total, counted + count)


def rows(sources: Sources) -> Iterable[Sum]:
    """Places whole, and what upper places manage themselves apart; see `by_place.regions`."""
    country, editions = Country(sources), sources.each(EDITIONS)
    counted: dict[str, Scores] = {}
    for piece in sources.each(EVALUATIONS):
        if piece.page.scores:
            place = country.home(piece.page.target, piece.page.target_path)
            counted.setdefault(place, Scores()).add(_unit_type(country, piece.page), piece)
    for region in regions(country, counted, Scores):
        for series in sorted(region.tally.sums):
            yield _row(region, series, editions)


def _unit_type(country: Country, page: Evaluation) -> str:
    """By the kind of school it was on the day it was scored."""
    unit: Unit | None = country.units[page.target].page if page.target in country.units else None
    profile = unit.profile(page.scored_on or country.day) if unit else None
    return indicators_for(unit.kind if unit else "", profile.school_type if profile else None)


def _row(region: Region, series: Series, editions: Iterable[Piece]) -> Sum:
    scored = region.tally.scored[series]
    named = [piece for piece in editions if _names(piece.page, series)]
    crosswalk = [line for piece in named for line in _lines(piece.page, series)]
    texts = [piece.page.texts.get(series.code, "") for piece in named if piece.page.version == series.version]
    return Sum("/".join((region.key, *series)), {
        "place": region.code, "name": region.name, "kind": region.kind, "level": region.level,
        "unit_type": series.unit_type, "version": series.version, "indicator": series.code,
        "text": texts[0] if texts else "",
        "series": [_point(year, *told) for year, told in sorted(region.tally.sums[series].items())],
        "schools": len({piece.page.target for piece in scored}),
        "crosswalk": crosswalk, "warning": WARNING if crosswalk else None,
    }, [*scored, *named], region.path)


def _point(year: int, total: Fraction, count: int) -> dict[str, Any]:
    """The exact sum and mean of a year, as text, with the count they come from."""
    return {"year": year, "sum": str(total), "count": count, "mean": str(total / count)}


def _names(page: Edition, series: Series) -> bool:
    own = page.version == series.version and series.code in page.texts
    return page.unit_type == series.unit_type and (own or any(_lines(page, series)))


def _lines(page: Edition, series: Series) -> Iterator[dict[str, Any]]:
    """Lines of a crosswalk that lead from or to this indicator of this version."""
    for line in page.crosswalk:
        if series[1:] in ((line.from_version, line.from_code), (line.to_version, line.to_code)):
            yield _told(line)


def _told(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__struct_fields__}


VIEW = RollUp(name="P14", title="指标结果", of=(EVALUATIONS, EDITIONS, *LAND), rows=rows)
