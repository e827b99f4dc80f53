"""As of: a past moment as a cut through the casebook, by what was known or what had happened."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from services.chassis.casebook import Casebook, Filed
from services.chassis.clock import Clock
from services.chassis.life_cycle import Refused


class Happened(NamedTuple):
    """What had happened by an instant, out of all that is known now, at a number or an instant."""

    instant: datetime
    known: int | datetime | None = None


Moment = int | datetime | Happened | None
"""A casebook number, an instant (known), what had happened by an instant, or now."""


class Cut(NamedTuple):
    """The casebook up to `number`, only what had occurred by `happened`, seen at `as_of`."""

    number: int
    as_of: datetime
    happened: datetime | None = None

    def keep(self, filed: Iterable[Filed]) -> Iterator[Filed]:
        """Those letters that had happened, in the order of the casebook."""
        for found in filed:
            if self.happened is None or found.letter.head.occurred_at <= self.happened:
                yield found


def cut_at(casebook: Casebook, clock: Clock, at: Moment) -> Cut:
    """The cut of a moment; raises Refused NUMBER_UNKNOWN or AS_OF_IN_FUTURE."""
    if isinstance(at, Happened):
        instant = _past(clock, at.instant)
        return Cut(cut_at(casebook, clock, at.known).number, instant, instant)
    if isinstance(at, datetime):
        return Cut(casebook.number_at(_past(clock, at)), at)
    if at is None:
        return Cut(casebook.last_number(), clock())
    instant_of = casebook.instant_of(at)
    if instant_of is None:
        raise Refused("NUMBER_UNKNOWN", f"案卷总号{at}尚不存在")
    return Cut(at, instant_of)


def _past(clock: Clock, instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise Refused("AS_OF_WITHOUT_ZONE", "截止时间须带时区")
    if instant > clock():
        raise Refused("AS_OF_IN_FUTURE", "截止时间不得晚于当前时间")
    return instant
