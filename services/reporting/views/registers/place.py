"""Places and bodies as registered: what the tree of a date is built from."""

from contracts.letter import Letter
from contracts.registry.body import BodyRegistered
from contracts.registry.jurisdiction import JurisdictionRegistered
from services.reporting.views.telling import Happenings, keyed_by, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View


class Place(Page, kw_only=True, gc=False):
    """A jurisdiction; its path follows from its parents'."""

    code: str
    name: str = ""
    kind: str = ""
    parent: str | None = None


class Body(Page, kw_only=True, gc=False):
    """An acting body at a place."""

    body: str
    name: str = ""
    kind: str = ""
    tier: str = ""
    place: str = ""


def _place(page: Place, event: JurisdictionRegistered, _: Letter) -> None:
    page.name, page.kind, page.parent = event.name, event.kind.value, event.parent_code


def _body(page: Body, event: BodyRegistered, _: Letter) -> None:
    page.name, page.kind, page.tier, page.place = event.name, event.kind.value, event.tier.value, event.placement


PLACE_HAPPENINGS: Happenings = {JurisdictionRegistered: _place}
BODY_HAPPENINGS: Happenings = {BodyRegistered: _body}

PLACES = View(
    name="places", title="行政区划登记", fold_version=1, page=Place, listens=names_of(PLACE_HAPPENINGS),
    keys=keyed_by("code"), show=plainly,
    fold=told_by(PLACE_HAPPENINGS, lambda letter, key: Place(code=key, **owned(letter))),
)
BODIES = View(
    name="bodies", title="机构登记", fold_version=1, page=Body, listens=names_of(BODY_HAPPENINGS),
    keys=keyed_by("body_id"), show=plainly,
    fold=told_by(BODY_HAPPENINGS, lambda letter, key: Body(body=key, **owned(letter))),
)
