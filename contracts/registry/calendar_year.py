"""CalendarYear (放假安排): the official holidays and make-up working days of one year."""

from datetime import date
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import REGISTRAR, SYSTEM, Year

# --- commands ---------------------------------------------------------------------------------


class PublishCalendarYear(Command, kw_only=True):
    """发布一年的放假和补班安排；再次发布即为修订。"""

    roles = REGISTRAR | SYSTEM
    stream_key = ("calendar_id",)
    natural_key = ("year",)
    calendar_id: UUID
    year: Year
    holidays: tuple[date, ...]
    make_up_days: tuple[date, ...]
    revision: str


# --- events -----------------------------------------------------------------------------------


class CalendarYearPublished(Event, kw_only=True):
    """一年的放假和补班安排已发布。"""

    calendar_id: UUID
    year: int
    holidays: tuple[date, ...]
    make_up_days: tuple[date, ...]
    revision: str
