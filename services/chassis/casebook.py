"""The casebook: every letter of every sender, once, in one order for the whole deployment."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from contracts.letter import Letter
from services.chassis.clock import EPOCH

PAGE = 1000


class Filed(NamedTuple):
    """A letter and its number: its place in the one order."""

    number: int
    letter: Letter


class OutOfOrder(Exception):
    """A sender's letter came before the one it follows; nothing of the call was filed."""


class Contradiction(Exception):
    """A sender tells another record at a filed position: its log was rewritten or forked."""


class Casebook(Protocol):
    """What every casebook adapter offers. Numbers begin at 1 and have no gaps."""

    def file(self, letters: Sequence[Letter]) -> int:
        """File letters in order of arrival, all or none; those filed before are passed over.

        Where there are no transactions a crash may leave a beginning of them filed, which is passed over next time.
        Returns the last number. Raises OutOfOrder or Contradiction.
        """

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter filed, 0 when there is none."""

    def read(
        self, after: int = 0, limit: int = PAGE, upto: int | None = None,
        names: Collection[str] | None = None,
    ) -> Sequence[Filed]:
        """Letters with `after` < number <= `upto`, in order; of these events only, when named."""

    def of_case(self, case_id: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a case, in order."""

    def of_stream(self, stream: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a stream, in order."""

    def number_of(self, sender: str, position: int) -> int | None:
        """The number of a sender's letter, None when it is not filed yet."""

    def last_number(self) -> int:
        """The number of the last letter, 0 when there is none."""

    def number_at(self, instant: datetime) -> int:
        """What was *known* at an instant: the longest beginning recorded at or before it.

        Numbers follow arrival. A letter that stands behind one recorded after the instant arrived
        after the instant too, however early it was recorded, so nobody who read at that instant saw
        it: it is left out. Hence the answer is one number, never holds anything recorded later, and
        is final as soon as one letter recorded after the instant is filed.
        """

    def instant_of(self, number: int) -> datetime | None:
        """The latest instant recorded up to a number, so that `number_at(instant_of(n)) >= n`."""


def each(
    casebook: Casebook, after: int = 0, upto: int | None = None,
    names: Collection[str] | None = None,
) -> Iterator[Filed]:
    """Every letter after a number, read in pages."""
    while filed := casebook.read(after, PAGE, upto, names):
        yield from filed
        after = filed[-1].number


def micros(instant: datetime) -> int:
    """Microseconds since 1970 in UTC, exactly."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_micros(count: int) -> datetime:
    """The instant of so many microseconds since 1970."""
    return EPOCH + timedelta(microseconds=count)


def check_order(letter: Letter, heard: int) -> None:
    """Raise OutOfOrder when letters between the last one heard and this one are missing."""
    if letter.previous > heard:
        raise OutOfOrder(f"{letter!r} follows {letter.previous}, but {heard} was heard last")


def check_same(letter: Letter, record: bytes | None) -> None:
    """Raise Contradiction unless a redelivered letter is the record that was filed."""
    if record != letter.record:
        raise Contradiction(f"{letter!r} is not the record that was filed at this position")
