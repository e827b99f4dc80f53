"""Places and bodies as registered: what the tree of a date is built from."""

from datetime import date, datetime

from contracts.letter import Letter
from contracts.registry.body import BodyRegistered
from contracts.registry.jurisdiction import (
    JurisdictionClosed,
    JurisdictionMoved,
    JurisdictionRegistered,
    JurisdictionRenamed,
)
from services.chassis.reference_things import Named, Under, latest
from services.reporting.views.telling import Happenings, keyed_by, names_of, owned, plainly, told_by
from services.reporting.views.view import Cells, Page, View, china_date


class Place(Page, kw_only=True, gc=False):
    """A jurisdiction; its path on a day follows from its parents'."""

    code: str
    kind: str = ""
    names: list[Named] = []
    parents: list[Under] = []
    since: date | None = None
    until: date | None = None

    def named(self, day: date) -> str:
        """What it was called on a day."""
        found: Named | None = latest(self.names, day)
        return found.name if found else ""

    def parent(self, day: date) -> str | None:
        """Below which place it hung on a day."""
        found: Under | None = latest(self.parents, day)
        return found.parent if found else None


class Body(Page, kw_only=True, gc=False):
    """An acting body at a place."""

    body: str
    name: str = ""
    kind: str = ""
    tier: str = ""
    place: str = ""

    def named(self, _: date) -> str:
        """What it is called; no event renames a body."""
        return self.name


def _place(page: Place, event: JurisdictionRegistered, _: Letter) -> None:
    """What it is called and where it hangs when it is registered holds until something else is said."""
    page.kind, page.since = event.kind.value, event.valid_from
    page.names = [Named(valid_from=date.min, name=event.name)]
    page.parents = [Under(valid_from=date.min, parent=event.parent_code)]


def _rename(page: Place, event: JurisdictionRenamed, _: Letter) -> None:
    page.names.append(Named(valid_from=event.valid_from, name=event.name))


def _move(page: Place, event: JurisdictionMoved, _: Letter) -> None:
    page.parents.append(Under(valid_from=event.valid_from, parent=event.parent_code))


def _end(page: Place, event: JurisdictionClosed, _: Letter) -> None:
    page.until = event.valid_from


def _shown(page: Place, as_of: datetime) -> Cells:
    """As it was called, and where it hung, on that day."""
    day = china_date(as_of)
    return {
        "code": page.code, "name": page.named(day), "kind": page.kind, "parent": page.parent(day),
        "since": page.since, "until": page.until,
    }


def _body(page: Body, event: BodyRegistered, _: Letter) -> None:
    page.name, page.kind, page.tier, page.place = event.name, event.kind.value, event.tier.value, event.placement


PLACE_HAPPENINGS: Happenings = {
    JurisdictionRegistered: _place,
    JurisdictionRenamed: _rename,
    JurisdictionMoved: _move,
    JurisdictionClosed: _end,
}
BODY_HAPPENINGS: Happenings = {BodyRegistered: _body}

PLACES = View(
    name="places", title="行政区划登记", fold_version=2, page=Place, listens=names_of(PLACE_HAPPENINGS),
    keys=keyed_by("code"), show=_shown,
    fold=told_by(PLACE_HAPPENINGS, lambda letter, key: Place(code=key, **owned(letter))),
)
BODIES = View(
    name="bodies", title="机构登记", fold_version=1, page=Body, listens=names_of(BODY_HAPPENINGS),
    keys=keyed_by("body_id"), show=plainly,
    fold=told_by(BODY_HAPPENINGS, lambda letter, key: Body(body=key, **owned(letter))),
)
