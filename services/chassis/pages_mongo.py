"""Pages in MongoDB: each collection of a view is one of the database's, a row is a document whose id is its key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from pymongo import ASCENDING, IndexModel, InsertOne, ReplaceOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from services.chassis.mongo import Document, only_duplicates
from services.chassis.pages import FIELD, LIMIT, Row, Scope, check_fields
from services.chassis.pages_mongo_shelves import MongoShelves
from services.chassis.scope import EVERYWHERE

T = TypeVar("T")
SEEN_BY = IndexModel([("seen_by", ASCENDING), ("_id", ASCENDING)])
"""Who may see a row and its key in one index: a page of rows is read in order without sorting the rest."""
NUMBER = IndexModel([("number", ASCENDING), ("_id", ASCENDING)])
"""What changed since a number is found without looking at the rest."""
CHUNK = 1000
WHOLE_NUMBERS = range(-(2**63), 2**63)


class MongoPages(MongoShelves):
    """`fields` repeats the plain top fields of a document, `seen_by` all that its paths and delegates open it to."""

    def __init__(self, database: Database[Document]) -> None:
        super().__init__(database, [SEEN_BY, NUMBER])

    def get(self, collection: str, keys: Iterable[str]) -> Mapping[str, Row]:
        """Rows by key, tombstones included."""
        found: dict[str, Row] = {}
        for some in _chunks(list(keys)):
            cursor = self._rows(collection).find({"_id": {"$in": some}}, SHOWN)
            found.update({document["_id"]: _row(document) for document in cursor})
        return found

    def find(
        self, collection: str, scope: Scope, *, where: Mapping[str, object] | None = None,
        after_key: str = "", limit: int = LIMIT,
    ) -> Sequence[Row]:
        """Living rows within a scope, in order of key."""
        asked = {f"fields.{field}": value for field, value in check_fields(where).items()}
        inside = _inside(scope)
        if inside is None or limit < 1:
            return []
        wanted = {**inside, **asked, "_id": {"$gt": after_key}}
        return [_row(found) for found in self._rows(collection).find(wanted, SHOWN).sort("_id").limit(limit)]

    def changed(self, collection: str, number: int) -> Sequence[Row]:
        """Every row whose last letter is a later one."""
        found = self._rows(collection).find({"number": {"$gt": number}}, SHOWN)
        return [_row(document) for document in found.sort([("number", ASCENDING), ("_id", ASCENDING)])]

    def write(self, collection: str, rows: Iterable[tuple[Row, int]]) -> Sequence[str]:
        """Put each row whose stored number is the one given."""
        held, missed = self._rows(collection), list[str]()
        for some in _chunks(list(rows)):
            if _put(held, some) < len(some):
                missed += self._missed(collection, [row for row, _ in some])
        return missed

    def _missed(self, collection: str, rows: Sequence[Row]) -> list[str]:
        """Those that do not stand as given, in what a majority has."""
        stored = self.get(collection, [row.key for row in rows])
        return [row.key for row in rows if stored.get(row.key) != row]


SHOWN = {"number": 1, "document": 1, "owner_path": 1, "unit_path": 1, "delegates": 1}


def _put(held: Collection[Document], rows: Sequence[tuple[Row, int]]) -> int:
    """How many were put; the server decides row by row whether the one before it is still there."""
    requests = [_request(row, previous) for row, previous in rows]
    try:
        done = held.bulk_write(requests, ordered=False)
    except BulkWriteError as error:
        if not only_duplicates(error):
            raise
        return int(error.details["nInserted"]) + int(error.details["nMatched"])
    return done.inserted_count + done.matched_count


def _request(row: Row, previous: int) -> InsertOne[Document] | ReplaceOne[Document]:
    document = _document(row)
    return ReplaceOne({"_id": row.key, "number": previous}, document) if previous else InsertOne(document)


def _document(row: Row) -> Document:
    return {
        "_id": row.key, "number": row.number, "document": row.document, "owner_path": row.owner_path,
        "unit_path": row.unit_path, "delegates": list(row.delegates),
        "seen_by": sorted(_seen_by(row)) if row.document is not None else [],
        "fields": dict(_fields(row.document)) if row.document is not None else {},
    }


def _fields(document: bytes) -> Iterator[tuple[str, object]]:
    """Top fields that can be asked for."""
    for name, value in msgspec.json.decode(document).items():
        plain = value is None or isinstance(value, str | float) or (isinstance(value, int) and value in WHOLE_NUMBERS)
        if plain and FIELD.fullmatch(name):
            yield name, value


def _seen_by(row: Row) -> set[str]:
    """Each path with every folder above it, ending in `/`, and each delegate after `@`."""
    opened = {f"@{delegate}" for delegate in row.delegates}
    for path in filter(None, (row.owner_path, row.unit_path)):
        opened |= {path, *(path[: place + 1] for place, sign in enumerate(path) if sign == "/")}
    return opened


def _inside(scope: Scope) -> Document | None:
    """The condition of a scope, None when it admits nothing; `p` covers itself and all below `p/`.

    Nothing opens a tombstone, so that only who sees everything must ask for the living.
    """
    if scope.whole or EVERYWHERE in scope.paths:
        return {"document": {"$ne": None}}
    opens = {sign for path in filter(None, scope.paths) for sign in (path, path if path.endswith("/") else f"{path}/")}
    if scope.party:
        opens.add(f"@{scope.party}")
    if len(opens) == 1:
        return {"seen_by": opens.pop()}
    return {"seen_by": {"$in": sorted(opens)}} if opens else None


def _row(found: Mapping[str, Any]) -> Row:
    number, delegates = int(found["number"]), tuple(found["delegates"])
    return Row(found["_id"], number, found["document"], found["owner_path"], found["unit_path"], delegates)


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
