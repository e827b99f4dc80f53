"""P4 督学配备: one row per place: where are inspectors missing?"""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from services.reporting.views.by_place import Region, by_place, regions
from services.reporting.views.c3_area_staffing import LARGE_RATIO, RATIO, lists_of, needed_for
from services.reporting.views.c4_full_time_share import FULL_TIME
from services.reporting.views.country import STAFF, Country
from services.reporting.views.full_time import CAP, FLOOR, rests_on, share
from services.reporting.views.registers.inspector import INSPECTORS, Inspector
from services.reporting.views.rolling import Counts, Piece, Pieces, Sum, newest, ratio


class Staff:
    """Schools counted in a place, and inspectors at home in its bodies; what is required is rounded up once a place."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.schools = self.large = self.active = self.full_time = self.engaged = 0
        self.required: int | None = None

    def require(self, country: Country, path: str) -> None:
        """What the policy of the place asks for its schools, and the pages that it stands on."""
        tier = level(country, path)
        large = [piece for piece in self.pieces if piece.key in country.large]
        self.large = len(large)
        self.required = needed_for(country, path, tier, self.schools, self.large)
        self.pieces += [*lists_of(country, large), *rests_on(country, path, tier, RATIO, LARGE_RATIO, FLOOR, CAP)]

    def merge(self, other: Self) -> None:
        """What another place counts."""
        self.pieces += other.pieces
        self.schools += other.schools
        self.large += other.large
        self.active += other.active
        self.full_time += other.full_time
        self.engaged += other.engaged
        if other.required is not None:
            self.required = (self.required or 0) + other.required

    def rest(self) -> None:
        """Without the pages."""
        self.pieces = newest(self.pieces)

    def cells(self) -> dict[str, Any]:
        """Counts and the gap, which is negative where there are more than required."""
        gap = None if self.required is None else self.required - self.active
        return {
            "schools": self.schools, "large_schools": self.large, "required": self.required, "actual": self.active,
            "gap": gap, **ratio("ratio", self.active, self.schools),
        }


def level(country: Country, path: str) -> str:
    """The level that a policy of a place is asked for, where no body's level is known."""
    place = country.places.get(path.rstrip("/").rpartition("/")[2])
    kinds = {"PROVINCE": "province", "MUNICIPALITY": "province", "PREFECTURE": "city", "FUNCTIONAL_ZONE": "zone"}
    return kinds.get(place.page.kind if place else "", "county")


def staffs(sources: Pieces, country: Country) -> dict[str, Staff]:
    """By path of the managing place of schools and the home place of inspectors."""
    made: dict[str, Staff] = {}
    for piece in country.schools():
        staff = made.setdefault(country.home(piece.key), Staff())
        staff.schools += 1
        staff.pieces.append(piece)
    for piece in sources.each(INSPECTORS):
        page: Inspector = piece.page
        service = page.engaged(sources.as_of)
        home = country.body_path(service.body) if service else None
        if service is not None and home is not None:
            staff = made.setdefault(country.county(home), Staff())
            staff.engaged += 1
            staff.active += page.active
            staff.full_time += service.category == FULL_TIME
            staff.pieces.append(piece)
    for path, staff in made.items():
        staff.require(country, path)
    return made


def tell(country: Country, counted: Mapping[str, Staff]) -> Iterable[Sum]:
    """The band is that of the place itself: HN sets it for counties only, so an upper place has none."""
    for region in regions(country, counted, Staff):
        yield region.row({**region.tally.cells(), **_share(country, region)})


def _share(country: Country, region: Region) -> dict[str, Any]:
    staff, tier = region.tally, level(country, region.path)
    return share(country.policies, region.path, tier, staff.full_time, staff.engaged)


VIEW = by_place("P4", "督学配备", STAFF, Counts(staffs, tell))
