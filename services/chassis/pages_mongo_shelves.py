"""Which collection a view is read from in MongoDB, and up to which number each is folded."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import IndexModel
from pymongo.collection import Collection
from pymongo.database import Database

from services.chassis.mongo import Document
from services.chassis.pages import Dropped


class MongoShelves:
    """One document for each view says which of its collections live; whoever changes that names what it read.

    `views`: {_id: view, made: how many were ever made, alive: [names], current: name or None};
    `tracked`: {_id: name, number}.
    """

    def __init__(self, database: Database[Document], indexes: Sequence[IndexModel]) -> None:
        self._database, self._indexes = database, indexes
        self._views, self._tracked = database["views"], database["tracked"]

    def _rows(self, collection: str) -> Collection[Document]:
        return self._database[f"pages:{collection}"]

    def number(self, collection: str) -> int:
        """Up to which casebook number the collection is folded."""
        found = self._tracked.find_one({"_id": collection})
        return int(found["number"]) if found else 0

    def track(self, collection: str, number: int) -> None:
        """Never goes back; raises Dropped."""
        if not self._tracked.update_one({"_id": collection}, {"$max": {"number": number}}).matched_count:
            raise Dropped(collection)

    def current(self, view: str) -> str | None:
        """The collection a view is read from."""
        found: str | None = self._seen(view)["current"]
        return found

    def fresh(self, view: str) -> str:
        """A new, empty collection; its name was never used before."""
        self._views.update_one({"_id": view}, {"$setOnInsert": NEVER_SEEN}, upsert=True)
        while True:
            seen = self._seen(view)
            made = int(seen["made"]) + 1
            name, kept = f"{view}@{made}", [seen["current"]] if seen["current"] else []
            change = {"$set": {"made": made, "alive": [*kept, name]}}
            unchanged = {"_id": view, "made": seen["made"], "current": seen["current"]}
            if self._views.update_one(unchanged, change).matched_count:
                break
        self._drop(view, made, {name, *kept})
        self._rows(name).create_indexes([*self._indexes])
        self._tracked.insert_one({"_id": name, "number": 0})
        return name

    def _drop(self, view: str, made: int, kept: set[str]) -> None:
        """All that were made before, but for those kept: nothing can be switched to them any more."""
        pattern = f"^pages:{re.escape(view)}@[0-9]+$"
        for found in self._database.list_collection_names(filter={"name": {"$regex": pattern}}):
            name = found.removeprefix("pages:")
            if name not in kept and int(name.rpartition("@")[2]) <= made:
                self._tracked.delete_one({"_id": name})
                self._rows(name).drop()

    def switch(self, view: str, collection: str) -> None:
        """Read the view from this collection from now on; raises Dropped."""
        change = {"$set": {"current": collection}}
        if not self._views.update_one({"_id": view, "alive": collection}, change).matched_count:
            raise Dropped(collection)

    def _seen(self, view: str) -> Mapping[str, Any]:
        return self._views.find_one({"_id": view}) or NEVER_SEEN

    def close(self) -> None:
        """Close the connections."""
        self._database.client.close()


NEVER_SEEN: Mapping[str, Any] = {"made": 0, "alive": [], "current": None}
