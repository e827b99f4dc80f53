"""C1 学校问题台账: one row per unit: which schools have unresolved problems?"""

from collections.abc import Iterable, Mapping
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
from services.chassis.scope import last_of
from services.reporting.views import item as items
from services.reporting.views.item import Item
from services.reporting.views.view import Cells, Page, View, days_between

COUNTED = ("open", "overdue", "in_order", "suspended", "written_off", "reopened")
REGISTRY = (SupervisedUnitRegistered, UnitManagementChanged, UnitRenamed, UnitClosed)


class Board(Page, frozen=True, kw_only=True):
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
    unit = last_of(letter.head.unit_path or "")
    return (str(unit),) if unit else ()


def fold(page: Board | None, letter: Letter, key: str) -> Board:
    """The unit's page after a letter."""
    page, event = page or Board(unit=key), letter.event
    path = letter.head.unit_path
    if path is not None and path.endswith(f"/{key}"):
        page = msgspec.structs.replace(page, owner_path=path, unit_path=path)
    if isinstance(event, REGISTRY):
        return msgspec.structs.replace(page, **_told(event))
    if isinstance(event, OrderClosed):
        return _released(page, event)
    item_id = items.item_id_of(event)
    return _with(page, item_id, _next(page.items.get(item_id), letter, key))


def _told(event: Any) -> Mapping[str, Any]:
    if isinstance(event, SupervisedUnitRegistered):
        return {"name": event.name, "kind": event.kind.value}
    if isinstance(event, UnitManagementChanged):
        parties = (event.managed_by, event.competent_department_id, event.approving_department_id)
        return {"delegates": tuple(dict.fromkeys(str(party) for party in parties if party))}
    return {"name": event.name} if isinstance(event, UnitRenamed) else {"closed": True}


def _next(item: Item | None, letter: Letter, key: str) -> Item | None:
    event = letter.event
    if isinstance(event, ItemRegistered):
        return items.registered(letter)
    if isinstance(event, ItemRepointed):
        here = key == str(event.to_unit_id)
        return items.taken_over(event, letter.head.occurred_at) if here else None
    return items.changed(item, event) if item else None


def _released(page: Board, event: OrderClosed) -> Board:
    for item_id, item in page.items.items():
        if item.order_id == event.order_id:
            page = _with(page, item_id, msgspec.structs.replace(item, order_id=None))
    return page


def _with(page: Board, item_id: str, item: Item | None) -> Board:
    """The page with one item changed, added or (None) gone; what the item counted is taken back."""
    held = dict(page.items)
    before = held.pop(item_id, None)
    if item is not None:
        held[item_id] = item
    old, new = _counts(before), _counts(item)
    counts = {name: getattr(page, name) - old[name] + new[name] for name in COUNTED}
    oldest = min((each.registered_at for each in held.values() if each.open), default=None)
    return msgspec.structs.replace(page, items=held, oldest_at=oldest, **counts)


def _counts(item: Item | None) -> Mapping[str, int]:
    if item is None:
        return dict.fromkeys(COUNTED, 0)
    return {
        "open": int(item.open), "overdue": int(item.overdue), "in_order": int(item.in_order),
        "suspended": int(item.state == "SUSPENDED"),
        "written_off": int(item.state == "WRITTEN_OFF"), "reopened": item.reopened,
    }


def show(page: Board, as_of: datetime) -> Cells:
    """`oldest_age`: calendar days since the oldest open item was registered, None without one."""
    cells: dict[str, Any] = {name: getattr(page, name) for name in COUNTED}
    age = None if page.oldest_at is None else days_between(page.oldest_at, as_of)
    told = {"unit": page.unit, "name": page.name, "kind": page.kind, "closed": page.closed}
    return {**told, **cells, "oldest_age": age}


VIEW = View(
    name="C1", title="学校问题台账", fold_version=1, page=Board,
    listens=items.LISTENS | {name_of(kind) for kind in (OrderClosed, *REGISTRY)},
    keys=keys, fold=fold, show=show,
)
