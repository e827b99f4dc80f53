"""How a fold is written down: what each event does to a page, as a table."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from contracts.letter import Letter
from contracts.record import Event
from contracts.wire import name_of
from services.reporting.views.view import Cells, Page

Happening = Callable[[Any, Any, Letter], None]
Happenings = Mapping[type[Event], Happening]


def keyed_by(field: str) -> Callable[[Letter], Iterable[str]]:
    """Pages kept under one id of the event."""
    return lambda letter: (str(getattr(letter.event, field)),)


def told_by(happenings: Happenings, new: Callable[[Letter, str], Any]) -> Callable[[Any, Letter, str], Any]:
    """A fold from such a table; `new` makes the page for its first letter, None when that letter makes none."""

    def fold(page: Any, letter: Letter, key: str) -> Any:
        if page is None:
            page = new(letter, key)
        if page is not None:
            happenings[type(letter.event)](page, letter.event, letter)
        return page

    return fold


def owned(letter: Letter) -> dict[str, Any]:
    """To whom a page belongs that belongs to whom its first letter belongs: the body, not the unit."""
    return {"owner_path": letter.head.owner_path}


def moves(state: str, **instants: str) -> Happening:
    """The event takes the page to a state; `instants` names fields to be set from the event or, with "", the head."""

    def happen(page: Any, event: Any, letter: Letter) -> None:
        page.state = state
        for field, said in instants.items():
            setattr(page, field, getattr(event, said) if said else letter.head.occurred_at)

    return happen


def names_of(kinds: Iterable[type[Event]]) -> frozenset[str]:
    """Public names of events."""
    return frozenset(map(name_of, kinds))


def plainly(page: Any, _: datetime) -> Cells:
    """The page's own fields as cells, without those that only say whose it is."""
    return {name: getattr(page, name) for name in page.__struct_fields__ if name not in Page.__struct_fields__}
