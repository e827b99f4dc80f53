"""C1 学校问题台账: one row per unit: which schools have unresolved problems?"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Event
from contracts.rectification.problem_ledger import ItemRegistered, ItemRepointed
from contracts.rectification.supervision_order import OrderClosed
from contracts.registry.supervised_unit import (
    SupervisedUnitRegistered,
    UnitClosed,
    UnitManagementChanged,
    UnitMerged,
    UnitRenamed,
    UnitSplit,
)
from contracts.wire import name_of
from services.reporting.views import item as items
from services.reporting.views.figures import Figures, by_cohort, by_department, open_by_day
from services.reporting.views.item import Item
from services.reporting.views.registers.unit import REGISTRY, introduce
from services.reporting.views.telling import Happenings
from services.reporting.views.view import Cells, View, china_date, days_between, unit_path_of

COUNTED = ("open", "overdue", "in_order", "suspended", "written_off", "reopened")


class Board(Figures, kw_only=True, gc=False):
    """One unit, its items and their counts; the registry's letters give it a name and who answers for it."""

    items: dict[str, Item] = {}


def keys(letter: Letter) -> Iterable[str]:
    """The unit; of a re-pointed item the one that had it and the one that has it."""
    named = UNITS.get(type(letter.event))
    if named is not None:
        return map(str, named(letter.event))
    path = unit_path_of(letter)
    return (path.rpartition("/")[2],) if path else ()


UNITS: Mapping[type[Event], Callable[[Any], tuple[UUID, ...]]] = {
    ItemRepointed: lambda event: (event.from_unit_id, event.to_unit_id),
    SupervisedUnitRegistered: lambda event: (event.unit_id,),
    UnitManagementChanged: lambda event: (event.unit_id,),
    UnitRenamed: lambda event: event.unit_ids,
    UnitMerged: lambda event: event.unit_ids,
    UnitSplit: lambda event: event.unit_ids,
    UnitClosed: lambda event: event.unit_ids,
}


def fold(page: Board | None, letter: Letter, key: str) -> Board:
    """The unit's page after a letter."""
    page, event = page or Board(unit=key), letter.event
    if page.unit_path is None:
        _settle(page, letter, key)
    happens = HAPPENINGS.get(type(event))
    if happens is not None:
        happens(page, event, letter)
    else:
        item = page.items.get(items.item_id_of(event))
        if item is not None:
            items.change(item, event)
    return page


def _settle(page: Board, letter: Letter, key: str) -> None:
    path = unit_path_of(letter)
    if path is not None and path.endswith(f"/{key}"):
        page.owner_path = page.unit_path = path


def _name(page: Board, event: SupervisedUnitRegistered, letter: Letter) -> None:
    """The registry's records belong to the place of what they are about: the unit lies below it."""
    introduce(page, event, letter)
    place = letter.head.owner_path
    if page.unit_path is None and place.endswith("/"):
        page.owner_path = page.unit_path = f"{place}{page.unit}"


def _register(page: Board, event: ItemRegistered, letter: Letter) -> None:
    page.items[str(event.item_id)] = items.registered(letter)


def _repoint(page: Board, event: ItemRepointed, letter: Letter) -> None:
    page.items.pop(str(event.item_id), None)
    if page.unit == str(event.to_unit_id):
        item = items.taken_over(event, letter.head.occurred_at)
        page.items[str(event.item_id)] = item


def _release(page: Board, event: OrderClosed, _: Letter) -> None:
    for item in page.items.values():
        if item.order_id == event.order_id:
            item.order_id = None


HAPPENINGS: Happenings = {
    **REGISTRY,
    SupervisedUnitRegistered: _name,
    ItemRegistered: _register,
    ItemRepointed: _repoint,
    OrderClosed: _release,
}


def finish(page: Board) -> None:
    """The stored counts, from the items themselves, so that they cannot drift from them."""
    held = page.items.values()
    page.open = sum(item.open for item in held)
    page.overdue = sum(item.overdue for item in held)
    page.in_order = sum(item.in_order for item in held)
    page.suspended = sum(item.state == "SUSPENDED" for item in held)
    page.written_off = sum(item.state == "WRITTEN_OFF" for item in held)
    page.reopened = sum(item.reopened for item in held)
    page.oldest_at = min((item.registered_at for item in held if item.open), default=None)
    page.days, page.cohorts = open_by_day(held), by_cohort(held)
    page.departments = by_department(held)


def show(page: Board, as_of: datetime) -> Cells:
    """`oldest_age`: calendar days since the oldest open item was registered, None without one."""
    cells: dict[str, Any] = {name: getattr(page, name) for name in COUNTED}
    age = None if page.oldest_at is None else days_between(page.oldest_at, as_of)
    day = china_date(as_of)
    told = {"unit": page.unit, "name": page.named(day), "kind": page.kind, "closed": page.closed(day)}
    return {**told, **cells, "oldest_age": age}


VIEW = View(
    name="C1", title="学校问题台账", fold_version=4, page=Board,
    listens=items.LISTENS | {name_of(kind) for kind in HAPPENINGS},
    keys=keys, fold=fold, finish=finish, show=show,
)
