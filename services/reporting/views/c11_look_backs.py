"""C11 “回头看”: one row per item looked back at: is rectification real?"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from contracts.letter import Letter
from contracts.rectification import look_back as said
from contracts.rectification.problem_ledger import ItemReopened
from services.reporting.views.rolling import RollUp, Sources, Sum
from services.reporting.views.telling import Happenings, keyed_by, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View


class Seen(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """What a look-back found of one item; its unit is told when the item is reopened or said to be false."""

    state: str = "PENDING"
    unit: str | None = None
    unit_path: str | None = None
    verifier: str | None = None


class LookBack(Page, kw_only=True, gc=False):
    """One look-back; the unit sees it from its performance on."""

    look_back: str
    kind: str = ""
    selection: str = ""
    drawn: bool = False
    unit: str | None = None
    performed_at: datetime | None = None
    checker: str | None = None
    methods: tuple[str, ...] = ()
    reported: bool = False
    items: dict[str, Seen] = {}


def _schedule(page: LookBack, event: said.LookBackScheduled, letter: Letter) -> None:
    page.kind, page.selection = event.kind.value, event.selection.value
    page.drawn = event.draw_id is not None
    path = letter.head.unit_path
    page.unit = str(event.unit_id) if event.unit_id else path.rpartition("/")[2] if path else None
    page.items = {str(item): Seen(unit=page.unit, unit_path=path) for item in event.item_ids}


def _perform(page: LookBack, event: said.LookBackPerformed, letter: Letter) -> None:
    page.performed_at, page.checker = event.at, str(event.checker_id)
    page.methods = tuple(method.value for method in event.methods)
    page.unit_path = letter.head.unit_path


def _sustained(page: LookBack, event: said.LookBackSustained, _: Letter) -> None:
    _seen(page, event.item_id).state = "SUSTAINED"


def _rebounded(page: LookBack, event: said.LookBackRebounded, _: Letter) -> None:
    _seen(page, event.item_id).state = "REBOUNDED"


def _alleged(page: LookBack, event: said.FalseRectificationAlleged, _: Letter) -> None:
    seen = _seen(page, event.item_id)
    seen.state, seen.unit = "FALSE_ALLEGED", str(event.unit_id)


def _false(page: LookBack, event: said.FalseRectificationEstablished, _: Letter) -> None:
    seen = _seen(page, event.item_id)
    seen.state, seen.unit, seen.verifier = "FALSE", str(event.unit_id), str(event.original_verifier_id)


def _dismissed(page: LookBack, event: said.FalseRectificationDismissed, _: Letter) -> None:
    _seen(page, event.item_id).state = event.outcome.value if event.outcome else "SUSTAINED"


def _reported(page: LookBack, _: said.LookBackReported, __: Letter) -> None:
    page.reported = True


def _reopened(page: LookBack, event: ItemReopened, letter: Letter) -> None:
    """The list tells whose the item is."""
    seen, path = _seen(page, event.item_id), letter.head.unit_path
    if path is not None:
        seen.unit, seen.unit_path = path.rpartition("/")[2], path


def _seen(page: LookBack, item_id: object) -> Seen:
    return page.items.setdefault(str(item_id), Seen())


HAPPENINGS: Happenings = {
    said.LookBackScheduled: _schedule,
    said.LookBackPerformed: _perform,
    said.LookBackSustained: _sustained,
    said.LookBackRebounded: _rebounded,
    said.FalseRectificationAlleged: _alleged,
    said.FalseRectificationEstablished: _false,
    said.FalseRectificationDismissed: _dismissed,
    said.LookBackReported: _reported,
    ItemReopened: _reopened,
}


LOOK_BACKS = View(
    name="look-backs", title="“回头看”登记", fold_version=1, page=LookBack, listens=names_of(HAPPENINGS),
    keys=keyed_by("look_back_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, key: LookBack(look_back=key, **owned(letter))),
)


def rows(sources: Sources) -> Iterable[Sum]:
    """An item looked back at twice has two rows."""
    for piece in sources.each(LOOK_BACKS):
        page: LookBack = piece.page
        for item, seen in sorted(page.items.items()):
            cells = {
                "item": item, "unit": seen.unit, "look_back": page.look_back, "state": seen.state,
                "sustained": seen.state == "SUSTAINED", "rebounded": seen.state == "REBOUNDED",
                "false": seen.state == "FALSE", "kind": page.kind, "selection": page.selection,
                "methods": page.methods, "performed_at": page.performed_at, "reported": page.reported,
            }
            yield Sum(f"{item}/{page.look_back}", cells, (piece,), page.owner_path, page.unit_path, page.delegates)


VIEW = RollUp(name="C11", title="“回头看”", of=(LOOK_BACKS,), rows=rows)
