"""C3 责任区督学配备: one row per responsibility area: do we meet the ratio?"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from contracts.letter import Letter
from contracts.personnel import responsibility_area as said
from services.chassis.staffing import required
from services.reporting.views.country import STAFF, Country
from services.reporting.views.full_time import rests_on
from services.reporting.views.registers.inspector import INSPECTORS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, beside, ratio
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View

RATIO, LARGE_RATIO = "staffing.inspectorsPerSchool", "staffing.largeSchool.inspectorsPerSchool"


class Posted(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """An inspector in an area; those of its beginning have no days."""

    inspector: str
    since: date | None = None
    until: date | None = None

    def there(self, day: date) -> bool:
        """Whether the posting covers a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Area(Page, kw_only=True, gc=False):
    """One responsibility area."""

    area: str
    body: str = ""
    state: str = "ESTABLISHED"
    schools: list[str] = []
    posted: list[Posted] = []


def _establish(page: Area, event: said.AreaEstablished, _: Letter) -> None:
    page.body, page.schools = str(event.body_id), [str(school) for school in event.schools]
    page.posted = [Posted(inspector=str(inspector)) for inspector in event.inspectors]


def _adjust(page: Area, event: said.AreaAdjusted, _: Letter) -> None:
    removed = set(map(str, event.removed))
    kept = [school for school in page.schools if school not in removed]
    page.schools = list(dict.fromkeys([*kept, *map(str, event.added)]))


def _post(page: Area, event: said.InspectorPosted, _: Letter) -> None:
    page.posted.append(Posted(inspector=str(event.inspector_id), since=event.from_, until=event.to))


HAPPENINGS: Happenings = {
    said.AreaEstablished: _establish,
    said.AreaAdjusted: _adjust,
    said.InspectorPosted: _post,
    said.AreaDissolved: moves("DISSOLVED"),
}

AREAS = View(
    name="areas", title="责任区登记", fold_version=1, page=Area, listens=names_of(HAPPENINGS),
    keys=keyed_by("area_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, key: Area(area=key, **owned(letter))),
)


def rows(sources: Sources) -> Iterable[Sum]:
    """Areas that are not dissolved. Large are the schools that a body named: no text sets a threshold."""
    country = Country(sources)
    schools = {piece.key: piece for piece in country.schools()}
    inspectors = {piece.key: piece for piece in sources.each(INSPECTORS)}
    for piece in sources.each(AREAS):
        area: Area = piece.page
        if area.state != "DISSOLVED":
            counted = [schools[school] for school in area.schools if school in schools]
            posted = list(_posted(area, inspectors, country.day))
            yield _row(country, piece, counted, posted)


def _posted(area: Area, inspectors: dict[str, Piece], day: date) -> Iterator[Piece]:
    """Who counts: active there on that day, in a category that counts, and at home in the area's body."""
    for inspector in dict.fromkeys(one.inspector for one in area.posted if one.there(day)):
        found = inspectors.get(inspector)
        if found is not None and found.page.active and found.page.home == area.body:
            yield found


def _row(country: Country, piece: Piece, schools: list[Piece], posted: list[Piece]) -> Sum:
    area: Area = piece.page
    place, tier = country.body_path(area.body) or "", country.tier(area.body)
    rate, large = country.policies.rate(RATIO, place, tier), [one for one in schools if one.key in country.large]
    needed = needed_for(country, place, tier, len(schools), len(large))
    return beside(piece, {
        "area": area.area, "body": area.body, "inspectors": len(posted), "schools": len(schools),
        **ratio("ratio", len(posted), len(schools)), "norm": None if rate is None else str(rate), "required": needed,
        "gap": None if needed is None else needed - len(posted), "large_schools": len(large),
    }, *schools, *posted, *lists_of(country, large), *rests_on(country, place, tier, RATIO, LARGE_RATIO))


def needed_for(country: Country, place: str, tier: str | None, schools: int, large: int) -> int | None:
    """Inspectors that the policy of a place asks for its schools, some of them large; None without a ratio."""
    rate, large_rate = (country.policies.rate(key, place, tier) for key in (RATIO, LARGE_RATIO))
    return None if rate is None else required(schools - large, rate, large, large_rate)


def lists_of(country: Country, large: Iterable[Piece]) -> list[Piece]:
    """The lists that name these schools, each once."""
    found = (country.large[school.key] for school in large)
    return list({piece.key: piece for piece in found}.values())


VIEW = RollUp(name="C3", title="责任区督学配备", of=(*STAFF, AREAS), rows=rows)
