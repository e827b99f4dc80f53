"""The casebook in MongoDB: a letter is a document whose id is its number, so that no number is given twice."""

import time
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from contracts.letter import Letter
from services.chassis.casebook import PAGE, Filed, check_order, check_same, from_micros, micros
from services.chassis.mongo import Document, only_duplicates

INDEXES = (
    IndexModel([("sender", ASCENDING), ("position", ASCENDING)], unique=True),
    IndexModel([("stream", ASCENDING), ("_id", ASCENDING)]),
    IndexModel([("cases", ASCENDING), ("_id", ASCENDING)]),
    IndexModel([("known", ASCENDING), ("_id", ASCENDING)]),
    IndexModel([("name", ASCENDING), ("_id", ASCENDING)]),
)
CHUNK = 1000
ATTEMPTS, PAUSE = 100, 0.05
"""How often and how many seconds apart to try while others file: what they wrote shows once a majority has it."""


class MongoCasebook:
    """Any number of processes may file: an ordered insert stops at the first number or place that is taken.

    A crash may leave a beginning of a call filed, in order and without a gap; filed again, it is passed over.
    `known` is the latest instant recorded up to a letter, so that it grows with the number.
    """

    def __init__(self, database: Database[Document]) -> None:
        self._client, self._letters = database.client, database["letters"]
        self._letters.create_indexes([*INDEXES])

    def file(self, letters: Sequence[Letter]) -> int:
        """Checked whole before anything is kept; on the disks of a majority when it returns."""
        for attempt in range(ATTEMPTS):
            last = self._last()
            fresh = self._fresh(letters)
            try:
                self._keep(last, fresh)
            except BulkWriteError as error:
                if not only_duplicates(error) or attempt == ATTEMPTS - 1:
                    raise
                time.sleep(PAUSE)
            else:
                return int(last["_id"]) + len(fresh)
        raise AssertionError("the last attempt returns or raises")

    def _last(self) -> Document:
        return self._letters.find_one(sort=[("_id", DESCENDING)]) or {"_id": 0, "known": 0}

    def _fresh(self, letters: Sequence[Letter]) -> list[Letter]:
        """Those not filed yet; raises OutOfOrder or Contradiction."""
        heard = {sender: self.heard(sender) for sender in {letter.sender for letter in letters}}
        filed = self._records([letter for letter in letters if letter.position <= heard[letter.sender]])
        told: dict[tuple[str, int], Letter] = {}
        for letter in letters:
            place = letter.sender, letter.position
            if letter.position <= heard[letter.sender]:
                check_same(letter, told[place].record if place in told else filed.get(place))
                continue
            check_order(letter, heard[letter.sender])
            heard[letter.sender], told[place] = letter.position, letter
        return list(told.values())

    def _records(self, letters: Sequence[Letter]) -> dict[tuple[str, int], bytes]:
        """Records at the places of these letters."""
        found: dict[tuple[str, int], bytes] = {}
        for sender in {letter.sender for letter in letters}:
            positions = [letter.position for letter in letters if letter.sender == sender]
            where = {"sender": sender, "position": {"$in": positions}}
            found |= {(sender, kept["position"]): kept["record"] for kept in self._letters.find(where)}
        return found

    def _keep(self, last: Document, fresh: Sequence[Letter]) -> None:
        number, known = int(last["_id"]), int(last["known"])
        documents = []
        for letter in fresh:
            number, known = number + 1, max(known, micros(letter.head.recorded_at))
            documents.append(_document(number, known, letter))
        for start in range(0, len(documents), CHUNK):
            self._letters.insert_many(documents[start : start + CHUNK], ordered=True)

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter filed."""
        last = self._letters.find_one({"sender": sender}, {"position": 1}, sort=[("position", DESCENDING)])
        return int(last["position"]) if last else 0

    def read(
        self, after: int = 0, limit: int = PAGE, upto: int | None = None,
        names: Collection[str] | None = None,
    ) -> Sequence[Filed]:
        """Letters after a number, in order; others than those named are not sent by the server.

        The end is fixed first: a search by several names looks for one after the other, and must not find a
        letter that came meanwhile under the second while it has passed by an earlier one under the first.
        """
        if names is None:
            return self._filed({}, after, upto, limit)
        last = self.last_number()
        end = last if upto is None else min(upto, last)
        return self._filed({"name": {"$in": sorted(names)}}, after, end, limit) if names and limit else []

    def of_case(self, case_id: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a case, in order."""
        return self._filed({"cases": str(case_id)}, 0, upto)

    def of_stream(self, stream: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a stream, in order."""
        return self._filed({"stream": str(stream)}, 0, upto)

    def _filed(self, where: Document, after: int, upto: int | None, limit: int = 0) -> list[Filed]:
        numbers = {"$gt": after} if upto is None else {"$gt": after, "$lte": upto}
        return _read(self._letters.find({**where, "_id": numbers}).sort("_id").limit(limit))

    def number_of(self, sender: str, position: int) -> int | None:
        """The number of a sender's letter."""
        found = self._letters.find_one({"sender": sender, "position": position}, {"_id": 1})
        return int(found["_id"]) if found else None

    def last_number(self) -> int:
        """The number of the last letter."""
        last = self._letters.find_one({}, {"_id": 1}, sort=[("_id", DESCENDING)])
        return int(last["_id"]) if last else 0

    def number_at(self, instant: datetime) -> int:
        """The longest beginning recorded at or before an instant."""
        order = [("known", DESCENDING), ("_id", DESCENDING)]
        found = self._letters.find_one({"known": {"$lte": micros(instant)}}, {"_id": 1}, sort=order)
        return int(found["_id"]) if found else 0

    def instant_of(self, number: int) -> datetime | None:
        """The latest instant recorded up to a number."""
        found = self._letters.find_one({"_id": number}, {"known": 1})
        return from_micros(int(found["known"])) if found else None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _document(number: int, known: int, letter: Letter) -> Document:
    head = letter.head
    return {
        "_id": number, "sender": letter.sender, "position": letter.position, "previous": letter.previous,
        "topic": letter.topic, "name": letter.name, "stream": str(head.stream), "known": known,
        "cases": [str(case_id) for case_id in dict.fromkeys(head.case_ids)], "record": letter.record,
    }


def _read(documents: Iterable[Document]) -> list[Filed]:
    return [Filed(int(found["_id"]), _letter(found)) for found in documents]


def _letter(found: Any) -> Letter:
    position, previous = int(found["position"]), int(found["previous"])
    return Letter(found["sender"], position, previous, found["topic"], found["record"])
