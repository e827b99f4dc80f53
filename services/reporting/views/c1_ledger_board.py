"""C1 学校问题台账: one row per unit: which schools have unresolved problems?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.rectification.problem_ledger import ItemRegistered, ItemRepointed
from contracts.rectification.supervision_order import OrderClosed
from contracts.registry.supervised_unit import (
    SupervisedUnitRegistered,
    UnitClosed,
    UnitManagementChanged,
    UnitRenamed,
)
from contracts.wire import name_of
from services.reporting.views import item as items
from services.reporting.views.item import Item
from services.reporting.views.view import Cells, Page, View, days_between, unit_path_of

COUNTED = ("open", "overdue", "in_order", "suspended", "written_off", "reopened")
REGISTRY = (SupervisedUnitRegistered, UnitManagementChanged, UnitRenamed, UnitClosed)


class Board(Page, kw_only=True):
    """One unit, its items and their stored counts; the registry's letters give it a name."""

    unit: str
    name: str = ""
    kind: str = ""
    closed: bool = False
    open: int = 0
    overdue: int = 0
    in_order: int = 0
    suspended: int = 0
    written_off: int = 0
    reopened: int = 0
    oldest_at: datetime | None = None
    items: dict[str, Item] = msgspec.field(default_factory=dict)


def keys(letter: Letter) -> Iterable[str]:
    """The unit; of a re-pointed item the one that had it and the one that has it."""
    event = letter.event
    if isinstance(event, ItemRepointed):
        return (str(event.from_unit_id), str(event.to_unit_id))
    if isinstance(event, SupervisedUnitRegistered | UnitManagementChanged):
        return (str(event.unit_id),)
    if isinstance(event, UnitRenamed | UnitClosed):
        return map(str, event.unit_ids)
    path = unit_path_of(letter)
    return (path.rpartition("/")[2],) if path else ()


def fold(page: Board | None, letter: Letter, key: str) -> Board:
    """The unit's page after a letter."""
    page, event = page or Board(unit=key), letter.event
    if page.unit_path is None:
        _settle(page, letter, key)
    if isinstance(event, REGISTRY):
        _register(page, event)
    elif isinstance(event, OrderClosed):
        _release(page, event)
    elif isinstance(event, ItemRegistered):
        page.items[items.item_id_of(event)] = items.registered(letter)
    elif isinstance(event, ItemRepointed):
        _repoint(page, event, letter, key)
    else:
        item = page.items.get(items.item_id_of(event))
        if item is not None:
            items.change(item, event)
    return page


def _settle(page: Board, letter: Letter, key: str) -> None:
    path = unit_path_of(letter)
    if path is not None and path.endswith(f"/{key}"):
        page.owner_path = page.unit_path = path


def _register(page: Board, event: Any) -> None:
    if isinstance(event, SupervisedUnitRegistered):
        page.name, page.kind = event.name, event.kind.value
    elif isinstance(event, UnitManagementChanged):
        parties = (event.managed_by, event.competent_department_id, event.approving_department_id)
        page.delegates = tuple(dict.fromkeys(str(party) for party in parties if party))
    elif isinstance(event, UnitRenamed):
        page.name = event.name
    else:
        page.closed = True


def _release(page: Board, event: OrderClosed) -> None:
    for item in page.items.values():
        if item.order_id == event.order_id:
            item.order_id = None


def _repoint(page: Board, event: ItemRepointed, letter: Letter, key: str) -> None:
    item_id = items.item_id_of(event)
    page.items.pop(item_id, None)
    if key == str(event.to_unit_id):
        page.items[item_id] = items.taken_over(event, letter.head.occurred_at)


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


def show(page: Board, as_of: datetime) -> Cells:
    """`oldest_age`: calendar days since the oldest open item was registered, None without one."""
    cells: dict[str, Any] = {name: getattr(page, name) for name in COUNTED}
    age = None if page.oldest_at is None else days_between(page.oldest_at, as_of)
    told = {"unit": page.unit, "name": page.name, "kind": page.kind, "closed": page.closed}
    return {**told, **cells, "oldest_age": age}


VIEW = View(
    name="C1", title="学校问题台账", fold_version=1, page=Board,
    listens=items.LISTENS | {name_of(kind) for kind in (OrderClosed, *REGISTRY)},
    keys=keys, fold=fold, finish=finish, show=show,
)
