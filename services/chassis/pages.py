"""Pages: documents folded from the casebook, thrown away and made again to the same bytes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from services.chassis.identity import Identity
from services.chassis.scope import covers

LIMIT = 1000
FIELD = re.compile(r"[a-z][a-z0-9_]*")


class Scope(NamedTuple):
    """What someone may see: subtrees of the country, and what is delegated to their body or unit.

    A scope without paths and party admits nothing. `whole` admits everything: it is for rebuilding,
    verifying and rehearsing, never for a person.
    """

    paths: tuple[str, ...] = ()
    party: str | None = None
    whole: bool = False

    def admits(self, owner_path: str, unit_path: str | None, delegates: Iterable[str]) -> bool:
        """Whether a row with these paths and delegates may be seen."""
        inside = any(covers(path, owner_path) or covers(path, unit_path) for path in self.paths)
        return self.whole or inside or (self.party is not None and self.party in delegates)


WHOLE = Scope(whole=True)


def scope_of(identity: Identity) -> Scope:
    """What a person may see: below their own path, and what is delegated to their body or unit."""
    party = identity.unit_id or identity.acts_for or identity.body_id
    return Scope((identity.scope,), str(party) if party else None)


class Row(NamedTuple):
    """A page as stored: JSON built from the casebook up to `number`; a tombstone without it."""

    key: str
    number: int
    document: bytes | None
    owner_path: str = ""
    unit_path: str | None = None
    delegates: tuple[str, ...] = ()


class Dropped(Exception):
    """The collection was dropped by a later rebuild of its view: begin again from `current` or `fresh`."""


class Pages(Protocol):
    """What every pages adapter offers. A view's rows live in the collection it is switched to."""

    def get(self, collection: str, keys: Iterable[str]) -> Mapping[str, Row]:
        """Rows by key, tombstones included: for projectors, who have no scope."""

    def find(
        self, collection: str, scope: Scope, *, where: Mapping[str, object] | None = None,
        after_key: str = "", limit: int = LIMIT,
    ) -> Sequence[Row]:
        """Living rows within a scope, in order of key, whose top fields equal those of `where`."""

    def changed(self, collection: str, number: int) -> Sequence[Row]:
        """Every row whose last letter is a later one than `number`, tombstones included, by number, then key.

        For whoever remembers the rows as of a number that `number()` gave: no row changed since then is missing.
        """

    def write(self, collection: str, rows: Iterable[tuple[Row, int]]) -> Sequence[str]:
        """Put each row absolutely, provided the stored row's number is the one given (0: no row).

        Returns the keys where it is not: someone else was faster; read them again. A row that
        stands already as given counts as written. Rows are not one transaction: after a crash any
        of them may stand.
        """

    def number(self, collection: str) -> int:
        """Up to which casebook number every row of a collection is folded, 0 for a fresh one."""

    def track(self, collection: str, number: int) -> None:
        """Written after the rows it speaks of; never goes back. Raises Dropped."""

    def current(self, view: str) -> str | None:
        """The collection a view is read from, None before its first switch."""

    def fresh(self, view: str) -> str:
        """A new, empty collection for a rebuild; what earlier rebuilds left behind is dropped."""

    def switch(self, view: str, collection: str) -> None:
        """Read the view from this collection from now on; the one before stays until `fresh`.

        Raises Dropped: of two rebuilds at once the one that began later wins.
        """


def check_fields(where: Mapping[str, object] | None) -> Mapping[str, object]:
    """Only plain names of top fields may be asked for; raises ValueError."""
    for field in where or {}:
        if not FIELD.fullmatch(field):
            raise ValueError(f"not a field of a page: {field!r}")
    return where or {}
