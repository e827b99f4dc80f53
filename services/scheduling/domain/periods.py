"""The periods that supervision counts in: calendar year, school year, term, month, each by the dates policy sets."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from contracts.values import Window
from services.chassis.calendar import CHINA_TIME

DAY = timedelta(days=1)
Get = Callable[[str], Any]


class SchoolYear(NamedTuple):
    """When its first and its second term begin, as (month, day)."""

    first: tuple[int, int]
    second: tuple[int, int]

    @classmethod
    def of(cls, require: Get) -> "SchoolYear":
        """As policy says; refused POLICY_UNSET where it says nothing."""
        first, second = require("schoolYear.firstTerm.begins"), require("schoolYear.secondTerm.begins")
        return cls(_month_day(first), _month_day(second))

    def beginning(self, day: date) -> int:
        """The calendar year in which the school year of a day began."""
        return day.year if (day.month, day.day) >= self.first else day.year - 1


def named(kind: str, day: date, require: Get) -> str:
    """The name of the period a day lies in: `2026`, `2026-03`, `2025-2026`, `2025-2026-2`."""
    if kind == "CALENDAR_YEAR":
        return f"{day.year}"
    if kind == "MONTH":
        return f"{day:%Y-%m}"
    school = SchoolYear.of(require)
    first = school.beginning(day)
    name = f"{first}-{first + 1}"
    if kind == "SCHOOL_YEAR":
        return name
    return f"{name}-{1 if day < date(first + 1, *school.second) else 2}"


def window_of(name: str, require: Get) -> Window | None:
    """The days of a period, from its name or from both its days (`2026-02-16/2026-08-31`); None if it is neither."""
    try:
        return _read(name, require)
    except ValueError:
        return None


def interval(window: Window) -> str:
    """A period by its first and last day."""
    return f"{window.from_}/{window.to}"


def of_interval(name: str) -> Window | None:
    """A period that needs no policy to be read: by both its days, or a calendar year."""
    return window_of(name, _unreadable)


def end_of(window: Window) -> datetime:
    """The first instant after its last day, in China."""
    return datetime.combine(window.to + DAY, time(), CHINA_TIME)


def overlap(one: Window, other: Window) -> bool:
    """Whether they share a day."""
    return one.from_ <= other.to and other.from_ <= one.to


def _read(name: str, require: Get) -> Window | None:
    if "/" in name:
        first, last = map(date.fromisoformat, name.split("/"))
        return Window(from_=first, to=last) if first <= last else None
    if re.fullmatch(r"\d{4}", name):
        return Window(from_=date(int(name), 1, 1), to=date(int(name), 12, 31))
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", name):
        first = date.fromisoformat(f"{name}-01")
        return Window(from_=first, to=(first + 31 * DAY).replace(day=1) - DAY)
    found = re.fullmatch(r"(\d{4})-(\d{4})(?:-([12]))?", name)
    return _school(int(found[1]), int(found[2]), found[3], SchoolYear.of(require)) if found else None


def _school(first: int, second: int, term: str | None, school: SchoolYear) -> Window | None:
    if second != first + 1:
        return None
    begins, middle = date(first, *school.first), date(second, *school.second)
    ends = date(second, *school.first) - DAY
    return Window(from_=middle if term == "2" else begins, to=middle - DAY if term == "1" else ends)


def _month_day(text: str) -> tuple[int, int]:
    month, day = map(int, text.split("-"))
    return month, day


def _unreadable(key: str) -> Any:
    raise ValueError(f"{key} is not at hand")
