"""C17 报党工委、管委简报: one row per zone, county or district: what must our leaders know, on one page?"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Self

from services.reporting.views import c1_ledger_board as c1
from services.reporting.views import c10_orders as c10
from services.reporting.views import c12_interviews as c12
from services.reporting.views.by_place import Region, regions
from services.reporting.views.c7_coverage import coverage
from services.reporting.views.country import STAFF, Country
from services.reporting.views.full_time import share
from services.reporting.views.obligations import LAPSED, OBLIGATIONS
from services.reporting.views.p1_ledger import COUNTS, Ledger, ledgers
from services.reporting.views.p4_staffing import Staff, level, staffs
from services.reporting.views.p7_filings import FILINGS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, ratio
from services.reporting.views.view import View

HELD: tuple[View, ...] = (OBLIGATIONS, c10.VIEW, c12.VIEW, FILINGS)
"""Pages that are counted one by one."""
SHARE = ("share", "share_numerator", "share_denominator", "verdict")


class Brief:
    """All that a place counts."""

    def __init__(self) -> None:
        self.ledger, self.staff = Ledger(), Staff()
        self.held: dict[str, list[Piece]] = {view.name: [] for view in HELD}

    @property
    def pieces(self) -> list[Piece]:
        """The pages behind all of it, each once."""
        parts = (self.ledger.pieces, self.staff.pieces, *self.held.values())
        found = {(piece.view, piece.key): piece for part in parts for piece in part}
        return list(found.values())

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.ledger.merge(other.ledger)
        self.staff.merge(other.staff)
        for name, pieces in other.held.items():
            self.held[name] += pieces

    def pages(self, view: View) -> list[Any]:
        """The pages of one of the `HELD`."""
        return [piece.page for piece in self.held[view.name]]


def rows(sources: Sources) -> Iterable[Sum]:
    """Places of the county level; those above them have T and P views."""
    country = Country(sources)
    for region in regions(country, _briefs(sources, country), Brief):
        if region.level == "county":
            yield region.row(_cells(country, region))


def _briefs(sources: Sources, country: Country) -> dict[str, Brief]:
    made: dict[str, Brief] = {}

    def at(path: str) -> Brief:
        return made.setdefault(path, Brief())

    for path, ledger in ledgers(sources, country).items():
        at(path).ledger = ledger
    for path, staff in staffs(sources, country).items():
        at(path).staff = staff
    for view in HELD:
        for piece in sources.each(view):
            at(_place(country, piece.page)).held[view.name].append(piece)
    return made


def _place(country: Country, page: Any) -> str:
    """Where a body is, when the page is about a body; else where the unit is counted."""
    whose = getattr(page, "body", None) or page.unit
    path = country.body_path(whose)
    return country.home(whose, page.unit_path) if path is None else country.county(path)


def _cells(country: Country, region: Region) -> dict[str, Any]:
    brief: Brief = region.tally
    staff = brief.staff
    told = share(country.policies, region.path, level(country, region.path), staff.full_time, staff.engaged)
    return {
        **{name: brief.ledger.counts[name] for name in COUNTS}, **staff.cells(), **{name: told[name] for name in SHARE},
        **_obligations(brief), **_orders(brief), **_reproaches(brief), **_filings(brief),
    }


def _obligations(brief: Brief) -> dict[str, Any]:
    """`lapsed_kinds` names what was not done at all, a plenary meeting as well as an inspection."""
    pages = brief.pages(OBLIGATIONS)
    told = {f"obligations_{name}": cell for name, cell in coverage(pages).items()}
    lapsed = Counter(page.kind for page in pages if page.state == LAPSED)
    return {**told, "lapsed_kinds": dict(sorted(lapsed.items()))}


def _orders(brief: Brief) -> dict[str, Any]:
    issued = [page for page in brief.pages(c10.VIEW) if page.issued_at is not None]
    return {
        **ratio("order_rate", sum(page.complied_in_time for page in issued), len(issued)),
        "orders_lapsed": sum(page.lapsed for page in issued),
        "orders_published": sum(page.published_at is not None for page in issued),
    }


def _reproaches(brief: Brief) -> dict[str, Any]:
    """Interviews and circulars, and how many of them have been filed with everyone."""
    pages = brief.pages(c12.VIEW)
    return {
        f"{name}{end}": sum(page.sort == sort and (page.complete or not end) for page in pages)
        for name, sort in (("interviews", c12.INTERVIEW), ("circulars", c12.CIRCULAR)) for end in ("", "_complete")
    }


def _filings(brief: Brief) -> dict[str, Any]:
    owed = [page for page in brief.pages(FILINGS) if page.owed]
    on_time = sum(page.filed_at is not None and not page.late for page in owed)
    return {**ratio("punctuality", on_time, len(owed)), "filings_late": sum(page.late for page in owed)}


VIEW = RollUp(name="C17", title="报党工委、管委简报", of=(c1.VIEW, *STAFF, *HELD), rows=rows)
