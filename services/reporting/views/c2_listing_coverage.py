"""C2 责任督学挂牌: one row per school: is every school covered?"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from services.reporting.views.by_place import row_by_row
from services.reporting.views.country import LAND, Country
from services.reporting.views.registers.inspector import CREDENTIALS, INSPECTORS
from services.reporting.views.registers.listing import LISTINGS, Listing
from services.reporting.views.registers.policy import POLICIES
from services.reporting.views.registers.unit import Unit
from services.reporting.views.rolling import Piece, Pieces, Sum, beside

PARTS = (*LAND, POLICIES, INSPECTORS, CREDENTIALS, LISTINGS)
KINDERGARTEN, PRIMARY, SECONDARY, OTHER = "KINDERGARTEN", "PRIMARY", "SECONDARY", "OTHER"
STAGES = (PRIMARY, SECONDARY, KINDERGARTEN)
STAGE_OF = {
    "KINDERGARTEN": KINDERGARTEN, "PRIMARY": PRIMARY, "JUNIOR_HIGH": SECONDARY, "NINE_YEAR": SECONDARY,
    "SENIOR_HIGH": SECONDARY, "COMPLETE_SECONDARY": SECONDARY, "TWELVE_YEAR": SECONDARY, "VOCATIONAL": SECONDARY,
}
"""A school of several stages is counted once, in its highest."""
NEVER = frozenset({"HIGHER_EDUCATION", "TEACHING_POINT"})


class School(NamedTuple):
    """A school in scope of the policy, and whether it is covered as domain 4.8 counts it."""

    piece: Piece
    stage: str
    listing: Listing | None
    listed: bool
    pieces: tuple[Piece, ...]


class Gate:
    """What is needed to say whether a listing counts: its inspector is active, with a valid credential."""

    def __init__(self, sources: Pieces, country: Country) -> None:
        self._country = country
        self._listings = {piece.key: piece for piece in sources.each(LISTINGS)}
        self._inspectors = {piece.key: piece for piece in sources.each(INSPECTORS)}
        self._cards: dict[str, list[Piece]] = {}
        for piece in sources.each(CREDENTIALS):
            self._cards.setdefault(piece.page.inspector, []).append(piece)

    def school(self, piece: Piece) -> School:
        """One school with what stands at its gate."""
        found = self._listings.get(piece.key)
        listing: Listing | None = found.page if found else None
        inspector = self._inspectors.get(listing.inspector or "") if listing else None
        cards = self._cards.get(inspector.key, []) if inspector else []
        listed = (
            listing is not None and listing.state == "PUBLISHED" and inspector is not None
            and inspector.page.state == "ACTIVE" and any(card.page.valid(self._country.day) for card in cards)
        )
        pieces = tuple(each for each in (found, inspector, *cards) if each is not None)
        return School(piece, stage_of(piece.page, self._country), listing, listed, pieces)


def schools(sources: Pieces, country: Country) -> Iterator[School]:
    """Every school that is to be covered, by the policy of its place."""
    gate, wanted = Gate(sources, country), dict[str, Any]()
    for piece in country.units.values():
        page: Unit = piece.page
        if page.kind == "SCHOOL" and not page.closed(country.day):
            place = country.place(page)
            if place not in wanted:
                wanted[place] = (country.policies.value("listing.coverage", place) or {}).get("kinds")
            if _in_scope(page, country, wanted[place]):
                yield gate.school(piece)


def stage_of(page: Unit, country: Country) -> str:
    """Kindergarten, primary, secondary or other."""
    profile = page.profile(country.day)
    return STAGE_OF.get(profile.school_type, OTHER) if profile else OTHER


def _in_scope(page: Unit, country: Country, kinds: Iterable[str] | None) -> bool:
    """A school whose type was never told is not let off for that."""
    profile = page.profile(country.day)
    if profile is None:
        return True
    if profile.school_type in NEVER:
        return False
    stage, wanted = stage_of(page, country), set(kinds or ("SCHOOL", KINDERGARTEN))
    if stage == KINDERGARTEN:
        return bool(wanted & {KINDERGARTEN, "REGISTERED_KINDERGARTEN"})
    return "SCHOOL" in wanted or stage in wanted


def rows(sources: Pieces, country: Country) -> Iterable[Sum]:
    """One row per school to be covered; its history is in the letters behind it."""
    for school in schools(sources, country):
        page, listing = school.piece.page, school.listing
        public = listing.public_fields if listing else ()
        yield beside(school.piece, {
            "unit": page.unit, "name": page.named(country.day), "stage": school.stage, "listed": school.listed,
            "state": listing.state if listing else "NONE", "inspector": listing.inspector if listing else None,
            "since": listing.since if listing else None, "contact_public": "contact" in public,
            "matters_public": "inspectionMatters" in public,
        }, *school.pieces)._replace(delegates=page.delegates_on(country.day))


VIEW = row_by_row("C2", "责任督学挂牌", PARTS, rows, lambda country, row: country.home(row.key))
