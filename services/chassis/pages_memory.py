"""Pages in memory: for tests, rehearsals and simulations."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from services.chassis.pages import LIMIT, Dropped, Row, Scope, check_fields


class MemoryPages:
    """Dictionaries of rows; a switch is one assignment."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Row]] = {}
        self._numbers: dict[str, int] = {}
        self._current: dict[str, str] = {}
        self._alive: set[str] = set()
        self._made = 0

    def get(self, collection: str, keys: Iterable[str]) -> Mapping[str, Row]:
        """Rows by key, tombstones included."""
        rows = self._rows.get(collection, {})
        return {key: rows[key] for key in keys if key in rows}

    def find(
        self, collection: str, scope: Scope, *, where: Mapping[str, object] | None = None,
        after_key: str = "", limit: int = LIMIT,
    ) -> Sequence[Row]:
        """Living rows within a scope, in order of key."""
        wanted = check_fields(where)
        found: list[Row] = []
        for _, row in sorted(self._rows.get(collection, {}).items()):
            if row.key > after_key and _admits(scope, row) and _matches(row, wanted):
                found.append(row)
        return found[:limit]

    def changed(self, collection: str, number: int) -> Sequence[Row]:
        """Every row whose last letter is a later one."""
        rows = self._rows.get(collection, {}).values()
        return sorted((row for row in rows if row.number > number), key=lambda row: (row.number, row.key))

    def write(self, collection: str, rows: Iterable[tuple[Row, int]]) -> Sequence[str]:
        """Put each row whose stored number is the one given."""
        held, clashes = self._rows.setdefault(collection, {}), []
        for row, previous in rows:
            stored = held.get(row.key)
            if (stored.number if stored else 0) == previous:
                held[row.key] = row
            elif stored != row:
                clashes.append(row.key)
        return clashes

    def number(self, collection: str) -> int:
        """Up to which casebook number the collection is folded."""
        return self._numbers.get(collection, 0)

    def track(self, collection: str, number: int) -> None:
        """Never goes back; raises Dropped."""
        self._check_lives(collection)
        self._numbers[collection] = max(number, self.number(collection))

    def current(self, view: str) -> str | None:
        """The collection a view is read from."""
        return self._current.get(view)

    def fresh(self, view: str) -> str:
        """A new, empty collection."""
        self._made += 1
        for name in [*self._rows]:
            if name.startswith(f"{view}@") and name != self._current.get(view):
                del self._rows[name]
                self._numbers.pop(name, None)
                self._alive.discard(name)
        name = f"{view}@{self._made}"
        self._rows[name] = {}
        self._alive.add(name)
        return name

    def switch(self, view: str, collection: str) -> None:
        """Read the view from this collection from now on; raises Dropped."""
        self._check_lives(collection)
        self._current[view] = collection

    def _check_lives(self, collection: str) -> None:
        if collection not in self._alive:
            raise Dropped(collection)


def _admits(scope: Scope, row: Row) -> bool:
    return row.document is not None and scope.admits(row.owner_path, row.unit_path, row.delegates)


def _matches(row: Row, where: Mapping[str, object]) -> bool:
    if not where or row.document is None:
        return not where
    fields = msgspec.json.decode(row.document)
    return all(fields.get(name) == value for name, value in where.items())
