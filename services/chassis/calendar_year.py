"""Holds one published year of holidays and make-up days as plain data that an event can carry."""

from datetime import date, timedelta

import msgspec

# A New Year arrangement also moves days of the old year (the earliest so far is 29 December): 25-31 stay open.
OPEN_DAYS_OF_DECEMBER = timedelta(days=7)


class CalendarYear(msgspec.Struct, frozen=True, kw_only=True):
    """One State Council notice on a year's holidays: weekdays off, weekend days worked; plain data for an event.

    ValueError if a day lies outside the year and the last week of December before it, or contradicts itself.
    """

    year: int
    holidays: tuple[date, ...]
    make_up_days: tuple[date, ...]
    revision: str

    def __post_init__(self) -> None:
        first = date(self.year, 1, 1) - OPEN_DAYS_OF_DECEMBER
        for day in (*self.holidays, *self.make_up_days):
            if not first <= day <= date(self.year, 12, 31):
                raise ValueError(f"{day} 不属于 {self.year} 年的放假安排")
        for day in self.make_up_days:
            if day.weekday() < 5 or day in self.holidays:
                raise ValueError(f"{day} 不能作补班日：补班日须是周末，且不在放假日之列")
