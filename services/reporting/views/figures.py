"""The stored figures of a unit's items: counts and sums that roll-ups add up without reading the items."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from services.reporting.views.item import Item
from services.reporting.views.registers.unit import Registered
from services.reporting.views.view import china_date


class Cohort(msgspec.Struct, array_like=True, gc=False):
    """The items registered in one month, China time; `standing` are written off, and the write-off stands."""

    registered: int = 0
    standing: int = 0
    write_offs: int = 0
    reopenings: int = 0

    def add(self, other: "Cohort") -> None:
        """The counts of another unit's items of that month."""
        self.registered += other.registered
        self.standing += other.standing
        self.write_offs += other.write_offs
        self.reopenings += other.reopenings


class Figures(Registered, kw_only=True, gc=False):
    """The stored counts of a unit's items, by unit.

    `days` counts open items by day of registration, `departments` open and overdue items by who answered for them when
    they were found; under "" stand those for which whoever answers for the unit does.
    """

    open: int = 0
    overdue: int = 0
    in_order: int = 0
    suspended: int = 0
    written_off: int = 0
    reopened: int = 0
    oldest_at: datetime | None = None
    days: dict[str, int] = {}
    cohorts: dict[str, Cohort] = {}
    departments: dict[str, tuple[int, int]] = {}

    def answering(self, day: date) -> dict[str, tuple[int, int]]:
        """The departments that answer on a day, each with the open and overdue items it answers for."""
        managed = self.managed(day)
        made: dict[str, tuple[int, int]] = {}
        for department, (open_, overdue) in self.departments.items():
            who = department or (managed.competent if managed else None)
            if who:
                before = made.get(who, (0, 0))
                made[who] = (before[0] + open_, before[1] + overdue)
        return made


def open_by_day(held: Iterable[Item]) -> dict[str, int]:
    """Open items by day of registration."""
    return dict(sorted(Counter(_day(item) for item in held if item.open).items()))


def _day(item: Item) -> str:
    return china_date(item.registered_at).isoformat()


def by_cohort(held: Iterable[Item]) -> dict[str, Cohort]:
    """All items by month of registration."""
    made: dict[str, Cohort] = {}
    for item in held:
        cohort = made.setdefault(_day(item)[:7], Cohort())
        cohort.registered += 1
        cohort.standing += item.state == "WRITTEN_OFF"
        cohort.write_offs += item.write_offs
        cohort.reopenings += item.reopened
    return dict(sorted(made.items()))


def by_department(held: Iterable[Item]) -> dict[str, tuple[int, int]]:
    """Open and overdue items by the department that answered when the problem was found, "" where none was told."""
    made: dict[str, tuple[int, int]] = {}
    for item in held:
        department = str(item.department or "")
        if item.open:
            open_, overdue = made.get(department, (0, 0))
            made[department] = (open_ + 1, overdue + item.overdue)
    return dict(sorted(made.items()))
