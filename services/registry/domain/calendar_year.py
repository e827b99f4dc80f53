"""CalendarYear (放假安排): the official holidays and make-up working days of one year."""

from typing import Any

from contracts.registry import calendar_year as said
from services.chassis.aggregates import Aggregate
from services.chassis.calendar_year import CalendarYear as Arrangement
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row


@refuses("放假安排有误")
def arrangement_invalid(_: Any, command: Any, __: Facts) -> str | None:
    """Days outside the year, weekdays as make-up days, a day that is both."""
    try:
        Arrangement(**{name: getattr(command, name) for name in Arrangement.__struct_fields__})
    except ValueError as error:
        return str(error)
    return None


@refuses("放假安排须写明节假日")
def holidays_missing(_: Any, command: Any, __: Facts) -> bool:
    """An empty year would make National Day a working day."""
    return len(command.holidays) < 7


YEAR = LifeCycle("year", "放假安排", "PUBLISHED", (
    row(f"{NEW}, PUBLISHED", said.PublishCalendarYear, {said.CalendarYearPublished: "PUBLISHED"},
        when=[arrangement_invalid, holidays_missing]),
))


class CalendarYear(Aggregate, kw_only=True):
    """One year's notice; a second publication amends it."""

    life_cycles = (YEAR,)
