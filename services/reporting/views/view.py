"""What a view is: the events it hears, the pages they go to, a pure fold, a way to show a row."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

import msgspec

from contracts.letter import Letter
from contracts.values import Confidentiality

CHINA_TIME = timezone(timedelta(hours=8))
Cells = Mapping[str, Any]


class Page(msgspec.Struct, kw_only=True, gc=False):
    """Root of every view's page: to whom it belongs, and who else may see it.

    Every field is written out, so that a row can be found by a field that has its default.
    """

    owner_path: str = ""
    unit_path: str | None = None
    delegates: tuple[str, ...] = ()

    def delegates_on(self, _: date) -> tuple[str, ...]:
        """Who of the stored delegates may see it on a day: all, unless a page knows more."""
        return self.delegates


class View(NamedTuple):
    """One view; a change of its fold raises `fold_version`, and the pages are built anew.

    `keys` says which pages a letter goes to; `fold` makes the page `key` after the letter from the
    page before it (None: there is none), which nobody else holds and which it may change. Both see
    nothing but their arguments. `finish` puts the sums on a page that is about to be stored; `show`
    computes what depends on the as-of instant. A letter under seal reaches a view only if the view
    says `sealed`: none of its rows may then have a unit path or a delegate because of such a letter.
    """

    name: str
    title: str
    fold_version: int
    page: type[Page]
    listens: frozenset[str]
    keys: Callable[[Letter], Iterable[str]]
    fold: Callable[[Any, Letter, str], Page | None]
    show: Callable[[Any, datetime], Cells]
    finish: Callable[[Any], None] | None = None
    sealed: bool = False

    @property
    def shelf(self) -> str:
        """Under which name its collections stand; a new fold begins a new shelf."""
        return f"{self.name}.{self.fold_version}"


def unit_path_of(letter: Letter) -> str | None:
    """The unit path of a letter's head, without decoding it."""
    return _path(letter.record, UNIT_PATH)


def owner_path_of(letter: Letter) -> str:
    """The owner path of a letter's head, without decoding it."""
    return _path(letter.record, OWNER_PATH) or ""


UNIT_PATH, OWNER_PATH = b'"unitPath":"', b'"ownerPath":"'


def _path(record: bytes, field: bytes) -> str | None:
    """Cut out of the head line: codes and ids need no escaping, and in a text every quote is escaped."""
    start = record.find(field, 0, record.index(b"\n"))
    if start < 0:
        return None
    start += len(field)
    return record[start : record.index(b'"', start)].decode()


def days_between(earlier: datetime, later: datetime) -> int:
    """Days from one date to another as the calendar in China shows them; negative when reversed."""
    return (china_date(later) - china_date(earlier)).days


def china_date(instant: datetime) -> date:
    """The day of an instant as the calendar in China shows it."""
    return instant.astimezone(CHINA_TIME).date()


SEAL = b'"confidentiality":"SEALED_UNTIL"'


def under_seal(letter: Letter) -> bool:
    """Whether a letter stands under seal; quotes in texts are escaped, so most heads need no decoding."""
    return SEAL in letter.record and letter.head.confidentiality is Confidentiality.SEALED_UNTIL
