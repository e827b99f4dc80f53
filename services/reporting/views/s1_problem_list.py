"""S1 我的问题清单: a unit's own items, one row each: what must I fix, by when?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contracts.letter import Letter
from contracts.rectification.problem_ledger import CompletionReported, ItemDelegated, ItemRegistered, ItemRepointed
from contracts.rectification.supervision_order import SupervisionOrderIssued
from contracts.wire import name_of
from services.reporting.views.item import LISTENS, Item, change, item_id_of, registered
from services.reporting.views.view import Cells, Page, View, days_between


class Entry(Page, kw_only=True, gc=False):
    """One item. Its unit is set by registration and re-pointing alone: a list outlives its unit."""

    unit: str
    text: str
    severity: str
    item: Item
    item_number: str | None = None
    order_number: str | None = None
    done: tuple[str, ...] = ()


def keys(letter: Letter) -> Iterable[str]:
    """The item; an order goes to every item it names."""
    event = letter.event
    if isinstance(event, SupervisionOrderIssued):
        return map(str, event.item_ids)
    return (item_id_of(event),)


def fold(page: Entry | None, letter: Letter, _: str) -> Entry | None:
    """A letter about what is no registered item leaves no page."""
    event = letter.event
    if isinstance(event, ItemRegistered):
        return _entered(event, letter)
    if page is None:
        return None
    if isinstance(event, SupervisionOrderIssued):
        page.order_number = event.number
        return page
    change(page.item, event)
    if isinstance(event, ItemRepointed):
        page.unit, page.unit_path = str(event.to_unit_id), letter.head.unit_path
    elif isinstance(event, CompletionReported):
        page.done = event.measures_done
    elif isinstance(event, ItemDelegated):
        delegates = (*page.delegates, str(event.to_member_unit_id))
        page.delegates = tuple(dict.fromkeys(delegates))
    return page


def _entered(event: ItemRegistered, letter: Letter) -> Entry:
    head, department = letter.head, event.competent_department_id
    return Entry(
        owner_path=head.owner_path, unit_path=head.unit_path,
        delegates=(str(department),) if department else (),
        unit=(head.unit_path or "").rpartition("/")[2], text=event.text,
        severity=event.severity.value, item=registered(letter), item_number=event.number,
    )


def show(page: Entry, as_of: datetime) -> Cells:
    """`days_left` counts calendar days to the deadline, below zero after it; None when closed."""
    item = page.item
    cells: dict[str, Any] = {
        "unit": page.unit, "text": page.text, "severity": page.severity, "state": item.state,
        "open": item.open, "overdue": item.overdue, "due_at": item.due_at, "days_left": None,
        "item_no": page.item_number, "order_no": page.order_number, "reopened": item.reopened,
        "registered_at": item.registered_at,
    }
    if item.open and item.due_at is not None:
        cells["days_left"] = days_between(as_of, item.due_at)
    return cells


VIEW = View(
    name="S1", title="我的问题清单", fold_version=2, page=Entry,
    listens=LISTENS | {name_of(SupervisionOrderIssued)}, keys=keys, fold=fold, show=show,
)
