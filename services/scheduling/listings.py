"""What scheduling remembers of who belongs to which school: listings, responsibility areas, committee seats."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from services.chassis.copies import kept
from services.chassis.memos import Memo
from services.chassis.policy_values import china_day
from services.scheduling.copies import Copying


class ListedAt(msgspec.Struct, kw_only=True):
    """A school's listing: whose name, and since when it hangs at the gate."""

    school_id: UUID
    inspector_id: UUID | None
    since: date | None = None
    listing_id: UUID | None = None


class Area(msgspec.Struct, kw_only=True):
    """The inspectors of a responsibility area."""

    inspectors: tuple[UUID, ...]


class InArea(msgspec.Struct, kw_only=True):
    """The area a school lies in, None when it was taken out."""

    area_id: UUID | None


class Seats(msgspec.Struct, kw_only=True):
    """How many seats a committee has."""

    count: int


def _listed(_: Any, event: Any) -> Iterator[Memo]:
    since = china_day(event.published_at) if hasattr(event, "published_at") else None
    listing = ListedAt(
        school_id=event.school_id, inspector_id=event.inspector_id, since=since, listing_id=event.listing_id)
    yield kept(listing, event.school_id, event.listing_id)


def _replaced(app: Any, event: Any) -> Iterator[Memo]:
    listing = app.kept.find(ListedAt, event.school_id, event.listing_id)
    new = ListedAt(school_id=event.school_id, inspector_id=event.new_inspector_id,
                   since=listing.since if listing else None, listing_id=event.listing_id)
    yield kept(new, event.school_id, event.listing_id)


def _unlisted(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(ListedAt(school_id=event.school_id, inspector_id=None), event.school_id, event.listing_id)


def _area(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Area(inspectors=event.inspectors), event.area_id)
    yield from (kept(InArea(area_id=event.area_id), school) for school in event.schools)


def _area_adjusted(_: Any, event: Any) -> Iterator[Memo]:
    yield from (kept(InArea(area_id=None), school) for school in event.removed)
    yield from (kept(InArea(area_id=event.area_id), school) for school in event.added)


def _posted(app: Any, event: Any) -> Iterator[Memo]:
    area = app.kept.find(Area, event.area_id) or Area(inspectors=())
    yield kept(Area(inspectors=tuple(dict.fromkeys((*area.inspectors, event.inspector_id)))), event.area_id)


def _dissolved(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Area(inspectors=()), event.area_id)


def _seats(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Seats(count=len(event.seats)), event.body_id)


def listed_at(app: Any, school_id: UUID) -> set[UUID]:
    """Who may go to a school as its own: listed at it, or a member of its area."""
    names = {one.inspector_id for one in app.kept.below(ListedAt, school_id)} - {None}
    place = app.kept.find(InArea, school_id)
    area = app.kept.find(Area, place.area_id) if place and place.area_id else None
    return names | set(area.inspectors if area else ())


LISTINGS: Mapping[str, Copying] = {
    "personnel.ListingAssigned": _listed,
    "personnel.SchoolListed": _listed,
    "personnel.ListingReplaced": _replaced,
    "personnel.ListingWithdrawn": _unlisted,
    "personnel.AreaEstablished": _area,
    "personnel.AreaAdjusted": _area_adjusted,
    "personnel.InspectorPosted": _posted,
    "personnel.AreaDissolved": _dissolved,
    "personnel.CommitteeFormed": _seats,
}
