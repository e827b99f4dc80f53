"""Builds the working calendar from the published years that the `holidays` library carries."""

from functools import cache
from importlib.metadata import version

from holidays import country_holidays

from services.chassis.calendar import WorkingCalendar
from services.chassis.calendar_year import CalendarYear

# A library update brings no new year by itself: raise the bound once the State Council's notice is in it.
OFFICIAL_YEARS = range(2004, 2027)
# Statutory holidays without make-up days, guessed so far ahead; later years are plain Monday to Friday.
EXPECTED_YEARS = range(2027, 2037)


@cache
def official_calendar() -> WorkingCalendar:
    """The State Council's years 2004-2026, later ones as a guess; built once in a process, about half a second."""
    china = country_holidays("CN", years=[*OFFICIAL_YEARS, *EXPECTED_YEARS])
    source = f"holidays-{version('holidays')}"
    years = [
        CalendarYear(
            year=year,
            holidays=tuple(sorted(day for day in china if day.year == year)),
            make_up_days=tuple(sorted(day for day in china.weekend_workdays if day.year == year)),
            revision=f"{source}/{year}",
        )
        for year in OFFICIAL_YEARS
    ]
    return WorkingCalendar(years, (day for day in china if day.year in EXPECTED_YEARS))
