"""How large a country is made: every difference between the scales is a line of these tables."""

from datetime import date
from enum import Enum
from typing import NamedTuple

from services.cli.demo.fates import AUTUMN, SPRING, Fate

Deck = dict[Fate, int]


class Tour(NamedTuple):
    """Visits in the opening weeks of a term: which of the shuffled schools, from which day, how many a day."""

    mark: str
    first: date
    schools: slice
    a_day: int
    rest: int
    least: int
    deck: Deck


class Events(NamedTuple):
    """What happens in a year beside visits; a draw is prepared on one day for an inspection on another."""

    draws: tuple[tuple[date, date], ...] = ()
    exit: date | None = None
    merger: date | None = None


class Temper(NamedTuple):
    """How a county works: its problems, and of a hundred of them how many go wrong in which way."""

    name: str
    problems: int
    late: int = 5
    twice: int = 8
    reopened: int = 3


class Scale(Enum):
    """How large a country is made."""

    TINY = "tiny"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"


class Size(NamedTuple):
    """A scale: how it is announced, its counties and the table shown at the end."""

    title: str
    tempers: tuple[Temper, ...]
    table: str
    schools: int = 0
    inspectors: int = 0
    events: Events = Events()
    copies: int = 0


SPRING_FIRST, AUTUMN_FIRST, LOOK_BACK = date(2026, 3, 9), date(2026, 9, 7), date(2026, 9, 14)
EIGHT = 8
YEAR = Events(
    draws=(
        (date(2026, 4, 13), date(2026, 5, 11)), (date(2026, 5, 6), date(2026, 5, 27)),
        (date(2026, 6, 29), date(2026, 9, 28)), (date(2026, 10, 12), date(2026, 11, 9)),
    ),
    exit=date(2026, 6, 30), merger=date(2026, 8, 20),
)
STEADY = Temper("平稳", 338)
TEMPERS = (
    STEADY, Temper("勤谨", 260, 3, 6, 2), Temper("拖沓", 300, 9, 8, 3), Temper("从严", 360, 4, 12, 2),
    Temper("反复", 310, 5, 9, 6), Temper("平稳", 290), Temper("薄弱", 340, 8, 10, 4), Temper("规范", 250, 2, 5, 1),
    Temper("平稳", 300, 6),
)
SIZES = {
    Scale.TINY: Size("一县十二校", (STEADY,), "C1"),
    Scale.COUNTY: Size("一县一百六十五校", (STEADY,), "C1", 165, 12, YEAR),
    Scale.CITY: Size("一市九县", TEMPERS, "T1", 165, 12, YEAR),
    Scale.PROVINCE: Size("一省，一县实录按县复制", (STEADY,), "P1", 165, 12, YEAR, copies=122),
}


def tours(size: Size, temper: Temper) -> tuple[Tour, ...]:
    """The tours of a county's year."""
    if not size.schools:
        return (
            Tour("", SPRING_FIRST, slice(0, EIGHT), 1, 2, 2, SPRING),
            Tour("", AUTUMN_FIRST, slice(EIGHT, None), 1, 2, 2, AUTUMN),
        )
    return (
        Tour("spring-", SPRING_FIRST, slice(None), 10, 1, 1, spring(temper)),
        Tour("autumn-", AUTUMN_FIRST, slice(0, size.schools * 8 // 11), 10, 1, 1, autumn(temper)),
    )


def spring(temper: Temper) -> Deck:
    """Half a year on nearly everything is settled."""
    some = {
        Fate.RETURNED: 6, Fate.TWICE: temper.twice, Fate.SUSTAINED: 10, Fate.REBOUNDED: temper.reopened - 1,
        Fate.FALSE: 1, Fate.ORDER_DONE: temper.late, Fate.OVERDUE: temper.late // 3,
    }
    return _filled(some, temper.problems)


def autumn(temper: Temper) -> Deck:
    """On the last day a part is still under way."""
    some = {
        Fate.RETURNED: 5, Fate.TWICE: temper.twice, Fate.PLANNED: 5, Fate.IN_PROGRESS: 7, Fate.REPORTED: 5,
        Fate.UNDER_ORDER: temper.late, Fate.OVERDUE: temper.late - temper.late // 3,
    }
    return _filled(some, temper.problems)


def _filled(shares: Deck, total: int) -> Deck:
    counted = {fate: total * share // 100 for fate, share in shares.items()}
    return {Fate.WRITTEN_OFF: total - sum(counted.values()), **counted}
