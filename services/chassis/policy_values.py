"""What a policy document says, entry by entry, and the value that a decision quotes; exact arithmetic only."""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from hashlib import sha256
from typing import Any, Literal, Self

import msgspec

CHINA = timezone(timedelta(hours=8))

Modality = Literal["M", "P", "O", "E", "D"]
"""Must, in principle, optional, exploratory, declared."""
Source = Literal["document", "background", "local"]
"""A text we hold, public background outside the texts, or a number this deployment chose itself."""
Status = Literal["in-force", "trial", "expired"]


class PolicyEntry(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True,
                  forbid_unknown_fields=True):
    """One line of a document. `v` None means that the text leaves the key open (unset, inherit)."""

    v: Any = None
    modality: Modality = "D"
    clause: str | None = None
    levels: tuple[str, ...] = ()
    source: Source | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    reason: str | None = None


class Citation(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True,
               forbid_unknown_fields=True):
    """An instrument that a document says it carries out; `note` keeps a conflict between texts visible."""

    title: str
    number: str
    note: str | None = None


class PolicyDocument(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True,
                     forbid_unknown_fields=True):
    """One edition of one document of one place. Without `valid_from` the text names no day and always holds."""

    jurisdiction: str
    parent: str | None = None
    kind: str
    document: str
    title: str
    status: Status
    source: Source = "document"
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    cites: tuple[Citation, ...] = ()
    values: dict[str, PolicyEntry] = {}


class PolicyValue(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A value as published; `digest` is SHA-256 over the canonical JSON of all its other fields."""

    key: str
    jurisdiction: str
    v: Any
    modality: Modality
    clause: str | None
    document: str
    levels: tuple[str, ...]
    source: Source
    valid_from: date | None
    valid_to: date | None
    status: Status
    version: int
    note: str | None = None
    digest: str = ""

    @classmethod
    def issued(cls, document: PolicyDocument, key: str, entry: PolicyEntry, version: int) -> Self:
        """The entry with what it takes from its document's header."""
        value = cls(key=key, jurisdiction=document.jurisdiction, v=entry.v, modality=entry.modality,
                    clause=entry.clause, document=document.document, levels=entry.levels,
                    source=entry.source or document.source, valid_from=entry.valid_from or document.valid_from,
                    valid_to=entry.valid_to or document.valid_to, status=document.status, version=version,
                    note=entry.note)
        return msgspec.structs.replace(value, digest=sha256(canonical(value)).hexdigest())


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces: the same value, the same bytes, on every machine."""
    return msgspec.json.encode(value, order="sorted")


def china_day(at: date | datetime) -> date:
    """The calendar day in China; an instant near midnight UTC belongs to the Chinese day, not to the server's."""
    if isinstance(at, datetime):
        return (at.astimezone(CHINA) if at.tzinfo else at).date()
    return at


def fraction(value: PolicyValue | str | int) -> Fraction:
    """The exact ratio of "1/5" or 1. A float is refused: 1/3 is not 0.33, and no one can say which was meant."""
    plain = value.v if isinstance(value, PolicyValue) else value
    if isinstance(plain, bool) or not isinstance(plain, str | int):
        raise TypeError(f"an exact ratio is written as text or a whole number, not {plain!r}")
    return Fraction(plain)
