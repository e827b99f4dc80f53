"""The published policy values: which place answers for a key, and which edition held on which day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from services.chassis.policy_values import PolicyDocument, PolicyValue, china_day

FALLBACK = "LOCAL"
"""Asked after every place on the path: the deployment's own defaults, never presented as law."""


class Standing(Enum):
    """What one place has to say when it is asked."""

    OWN = "own"
    UNSET = "unset"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    NOT_FOR_THIS_LEVEL = "not-for-this-level"


class Answer(NamedTuple):
    """One place's answer; `applies` marks the one that `find` returns."""

    jurisdiction: str
    standing: Standing
    value: PolicyValue | None
    applies: bool


class Row(NamedTuple):
    """A value and the days on which its edition governs: since (included) to until (excluded)."""

    since: date
    until: date
    value: PolicyValue



class PolicyStore:
    """All published values. It never changes: `publish` answers with a new store, so a reader needs no lock."""

    def __init__(self, rows: Mapping[tuple[str, str], tuple[Row, ...]] | None = None,
                 documents: tuple[PolicyDocument, ...] = ()) -> None:
        self._rows = rows or {}
        self.documents = documents
        self._parents = {document.jurisdiction: document.parent for document in documents}

    def publish(self, document: PolicyDocument) -> "PolicyStore":
        """A store in which this document, or its next edition, governs from its first day on."""
        rows = dict(self._rows)
        # A key that the new edition no longer mentions ends with the old one: silence is unset, not memory.
        for place, held in rows.items():
            if place[1] == document.jurisdiction and place[0] not in document.values:
                rows[place] = _cut(held, document.document, document.valid_from or date.min)
        for key, row in _rows_of(document, self.editions(document) + 1):
            place = (key, document.jurisdiction)
            rows[place] = (row, *_cut(rows.get(place, ()), document.document, row.since))
        return PolicyStore(rows, (*self.documents, document))

    def find(self, key: str, path: Sequence[str], at: date | datetime, tier: str | None = None) -> PolicyValue | None:
        """The value that holds for the last place of `path` (nation first) at that time, or None if nobody set it."""
        day = china_day(at)
        for place in (*reversed(path), FALLBACK):
            rows = self._rows.get((key, place))
            if rows and (value := _best(rows, day, tier)) is not None:
                return value
        return None

    def explain(self, key: str, path: Sequence[str], at: date | datetime, tier: str | None = None) -> list[Answer]:
        """Every place's answer, the nearest first."""
        day, answers, answered = china_day(at), list[Answer](), False
        for place in (*reversed(path), FALLBACK):
            standing, value = _standing(self._rows.get((key, place), ()), day, tier)
            applies = standing is Standing.OWN and not answered
            answers.append(Answer(place, standing, value, applies))
            answered = answered or applies
        return answers

    def recorded(self, digest: str) -> PolicyValue | None:
        """The value that an event head names by digest, however old; a search, meant for people and not for loops."""
        for place, document in enumerate(self.documents):
            edition = PolicyStore(documents=self.documents[:place]).editions(document) + 1
            for _, row in _rows_of(document, edition):
                if row.value.digest == digest:
                    return row.value
        return None

    def editions(self, document: PolicyDocument) -> int:
        """How often this document of this place was published so far."""
        name = (document.jurisdiction, document.document)
        return sum((known.jurisdiction, known.document) == name for known in self.documents)

    def knows(self, jurisdiction: str) -> bool:
        """Whether any document of this place was published."""
        return jurisdiction in self._parents

    def lineage(self, jurisdiction: str | None) -> tuple[str, ...]:
        """The place and those above it, nearest first; it ends before a place that would repeat."""
        line: list[str] = []
        while jurisdiction is not None and jurisdiction not in line:
            line.append(jurisdiction)
            jurisdiction = self._parents.get(jurisdiction)
        return tuple(line)


def _rows_of(document: PolicyDocument, edition: int) -> Iterator[tuple[str, Row]]:
    for key, entry in document.values.items():
        value = PolicyValue.issued(document, key, entry, edition)
        until = value.valid_to + timedelta(days=1) if value.valid_to else date.max
        yield key, Row(value.valid_from or date.min, until, value)


def _cut(rows: tuple[Row, ...], document: str, day: date) -> tuple[Row, ...]:
    """The document's rows end where its next edition begins; a row without a day left is dropped."""
    ended = (row._replace(until=min(row.until, day)) if row.value.document == document else row for row in rows)
    return tuple(row for row in ended if row.since < row.until)


def _best(rows: tuple[Row, ...], day: date, tier: str | None) -> PolicyValue | None:
    second = None
    for since, until, value in rows:
        levels = value.levels
        if value.v is None or not since <= day < until or (levels and tier is not None and tier not in levels):
            continue
        # Asked for a level, a value made for that level goes first; asked for none, the general one does.
        if bool(levels) == (tier is not None):
            return value
        second = second or value
    return second


def _standing(rows: tuple[Row, ...], day: date, tier: str | None) -> tuple[Standing, PolicyValue | None]:
    if (value := _best(rows, day, tier)) is not None:
        return Standing.OWN, value
    if not rows:
        return Standing.UNSET, None
    row = next((row for row in rows if row.since <= day < row.until), rows[0])
    return _why_not(row, day), row.value


def _why_not(row: Row, day: date) -> Standing:
    if row.value.v is None:
        return Standing.UNSET
    if day < row.since:
        return Standing.NOT_YET
    return Standing.EXPIRED if day >= row.until else Standing.NOT_FOR_THIS_LEVEL
