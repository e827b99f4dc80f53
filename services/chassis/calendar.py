"""Says which days are worked in China and when a period ends, and admits when a year is not yet published."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

import msgspec

from contracts.values import CalendarKind
from services.chassis.calendar_year import OPEN_DAYS_OF_DECEMBER, CalendarYear

# Civil time since summer time ended in 1991 is +08:00 all year, so no zone file has to be present or up to date.
CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY = timedelta(days=1)


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a period: an act at any instant before `due_at` (UTC) is in time; one at `due_at` is late."""

    due_at: datetime
    provisional: bool
    revision: str
    calendar: CalendarKind

    @property
    def last_day(self) -> date:
        """The last day of the period in Chinese civil time, as a notice prints it."""
        return (self.due_at.astimezone(CHINA_TIME) - DAY).date()


class WorkingCalendar:
    """Monday to Friday as changed by published years (in order of import); beyond them by expected holidays.

    Pure and never changed after it is built. ValueError if no year is given or a year is left out between two.
    """

    def __init__(self, years: Iterable[CalendarYear], expected: Iterable[date] = ()) -> None:
        self.years, self.expected = tuple(years), frozenset(expected)
        by_year = {notice.year: notice for notice in self.years}
        if not by_year or max(by_year) - min(by_year) >= len(by_year):
            raise ValueError(f"工作日历的年份必须连续，且至少有一年；现有：{sorted(by_year)}")
        self.revision = self.years[-1].revision
        self.official_from, self.official_until = date(min(by_year), 1, 1), date(max(by_year), 12, 31)
        self.settled_until = self.official_until - OPEN_DAYS_OF_DECEMBER
        self._worked = {day: False for day in self.expected if day.year not in by_year}
        for _, notice in sorted(by_year.items()):  # the later year wins: its New Year reaches into the old December
            self._worked |= dict.fromkeys(notice.holidays, False) | dict.fromkeys(notice.make_up_days, True)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`; only a guess after `settled_until` and before `official_from`."""
        if isinstance(day, datetime):  # a subclass of date, never equal to one: it would miss every holiday
            raise TypeError("此处须是日期，不是时刻")
        return self._worked.get(day, day.weekday() < 5)

    def due(self, start: datetime, amount: int, kind: CalendarKind) -> Due:
        """The end of `amount` working or calendar days from an aware `start`, at 24:00 China time of the last day.

        The day of `start` is not counted (Civil Code, article 201). A last day that is not worked moves to the
        next working day, a make-up weekend day does not move (article 203); amount 0 ends the day of `start`.
        ValueError for a negative amount, a naive start, or NATURAL_DATE, which has no amount (`due_on`).
        """
        _refuse_unless_measurable(start, amount, kind)
        first = start.astimezone(CHINA_TIME).date()
        by_date = kind is CalendarKind.CALENDAR_DAYS
        last = first + amount * DAY if by_date else self._nth_working_day(first, amount)
        while not self.is_working_day(last):
            last += DAY
        provisional = first < self.official_from or last > self.settled_until
        return Due(due_at=_end_of(last), provisional=provisional, revision=self.revision, calendar=kind)

    def due_on(self, day: date) -> Due:
        """24:00 China time of a named day: no holiday moves it, so no later notice can and it is never provisional."""
        return Due(due_at=_end_of(day), provisional=False, revision=self.revision, calendar=CalendarKind.NATURAL_DATE)

    def with_official_year(
        self, year: int, holidays: Collection[date], make_up_days: Collection[date], revision: str
    ) -> "WorkingCalendar":
        """This calendar with the next year's notice, or an amended notice in a known year's place; else ValueError."""
        off, worked = tuple(sorted(holidays)), tuple(sorted(make_up_days))
        notice = CalendarYear(year=year, holidays=off, make_up_days=worked, revision=revision)
        return WorkingCalendar((*self.years, notice), self.expected)

    def _nth_working_day(self, day: date, amount: int) -> date:
        while amount:
            day += DAY
            amount -= self.is_working_day(day)
        return day


def _refuse_unless_measurable(start: datetime, amount: int, kind: CalendarKind) -> None:
    if amount < 0:
        raise ValueError(f"期限天数不能为负数：{amount}")
    if start.utcoffset() is None:
        raise ValueError("起算时间必须带时区")
    if kind is CalendarKind.NATURAL_DATE:
        raise ValueError("自然日期没有天数，应当直接给出日期")


def _end_of(day: date) -> datetime:
    if isinstance(day, datetime):  # its date may not be the date in China
        raise TypeError("此处须是日期，不是时刻")
    return datetime.combine(day + DAY, time(), CHINA_TIME).astimezone(UTC)
