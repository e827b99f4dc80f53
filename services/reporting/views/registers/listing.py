"""Listings as their events tell them: whose name stands at the gate of a school, and whose stood there before."""

from datetime import datetime

import msgspec

from contracts.letter import Letter
from contracts.personnel import school_listing as said
from services.reporting.views.telling import Happenings, keyed_by, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View


class Listed(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """One inspector at the gate, from when until when."""

    inspector: str
    since: datetime
    until: datetime | None = None


class Listing(Page, kw_only=True, gc=False):
    """One school's listing; `history` holds whose name was published, the present one last."""

    school: str
    state: str = "NONE"
    inspector: str | None = None
    public_fields: tuple[str, ...] = ()
    history: list[Listed] = []

    @property
    def since(self) -> datetime | None:
        """Since when the present inspector is published."""
        return self.history[-1].since if self.state == "PUBLISHED" and self.history else None


def _assign(page: Listing, event: said.ListingAssigned, _: Letter) -> None:
    page.state, page.inspector, page.public_fields = "ASSIGNED", str(event.inspector_id), ()


def _publish(page: Listing, event: said.SchoolListed, _: Letter) -> None:
    page.state, page.inspector = "PUBLISHED", str(event.inspector_id)
    page.public_fields = tuple(field.value for field in event.public_fields)
    page.history.append(Listed(inspector=page.inspector, since=event.published_at))


def _replace(page: Listing, event: said.ListingReplaced, _: Letter) -> None:
    page.inspector = str(event.new_inspector_id)
    if page.history:
        page.history[-1].until = event.at
    page.history.append(Listed(inspector=page.inspector, since=event.at))


def _withdraw(page: Listing, event: said.ListingWithdrawn, _: Letter) -> None:
    page.state, page.inspector, page.public_fields = "WITHDRAWN", None, ()
    if page.history:
        page.history[-1].until = event.at


HAPPENINGS: Happenings = {
    said.ListingAssigned: _assign,
    said.SchoolListed: _publish,
    said.ListingReplaced: _replace,
    said.ListingWithdrawn: _withdraw,
}

LISTINGS = View(
    name="listings", title="挂牌登记", fold_version=1, page=Listing, listens=names_of(HAPPENINGS),
    keys=keyed_by("school_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, key: Listing(school=key, **owned(letter))),
)
