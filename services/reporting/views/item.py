"""An item on a problem list as its events tell it; measures as in domain 4.8.

| word | meaning |
|---|---|
| open | registered, neither WRITTEN_OFF nor CANCELLED; SUSPENDED is counted apart |
| overdue | open, and a lapse was raised that no later deadline answers (errata 9) |
| in order | open, and an order that is not closed stands over it |
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.letter import Letter
from contracts.record import Event
from contracts.rectification import problem_ledger as ledger
from contracts.rectification.deadlines import DeadlineRecalculated
from contracts.wire import name_of

CLOSED = frozenset({"WRITTEN_OFF", "CANCELLED"})


class Item(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """`lapsed` outlives a late completion report: the delay stands until the item is closed."""

    state: str = "OPEN"
    registered_at: datetime
    due_at: datetime | None = None
    lapsed: bool = False
    order_id: UUID | None = None
    reopened: int = 0
    write_offs: int = 0
    department: UUID | None = None

    @property
    def open(self) -> bool:
        """To be done, and not put off."""
        return self.state not in CLOSED and self.state != "SUSPENDED"

    @property
    def overdue(self) -> bool:
        """Open, and the clock has raised a lapse."""
        return self.open and self.lapsed

    @property
    def in_order(self) -> bool:
        """Open, and under a supervision order."""
        return self.open and self.order_id is not None


STATES: Mapping[type[Event], str] = {
    ledger.ItemAssigned: "ASSIGNED",
    ledger.ItemPlanned: "PLANNED",
    ledger.ItemStarted: "IN_PROGRESS",
    ledger.CompletionReported: "REPORTED",
    ledger.ItemVerified: "VERIFIED",
    ledger.ItemVerificationFailed: "IN_PROGRESS",
    ledger.ItemWrittenOff: "WRITTEN_OFF",
    ledger.ItemDeadlineLapsed: "OVERDUE",
    ledger.ItemPutUnderOrder: "UNDER_ORDER",
    ledger.ItemSuspended: "SUSPENDED",
    ledger.ItemResumed: "IN_PROGRESS",
    ledger.ItemReopened: "REOPENED",
    ledger.ItemCancelled: "CANCELLED",
}
DEADLINES: Mapping[type[Event], str] = {
    ledger.ItemAssigned: "due_at",
    ledger.DeadlineExtended: "new_due_at",
    DeadlineRecalculated: "new_due_at",
    ledger.ItemReopened: "due_at",
    ledger.ItemRepointed: "due_at",
}
LAPSES: Mapping[type[Event], bool] = {
    ledger.ItemDeadlineLapsed: True,
    ledger.DeadlineExtended: False,
    ledger.ItemReopened: False,
}
HEARD: tuple[type[Event], ...] = (
    ledger.ItemRegistered, ledger.ItemDelegated, *STATES, *DEADLINES, *LAPSES,
)
LISTENS = frozenset(name_of(kind) for kind in HEARD)


def item_id_of(event: Any) -> str:
    """Which item an event speaks of; a recalculated deadline calls it its subject."""
    return str(event.subject_id if type(event) is DeadlineRecalculated else event.item_id)


def registered(letter: Letter) -> Item:
    """A new item."""
    event: Any = letter.event
    return Item(
        registered_at=letter.head.occurred_at, due_at=event.due_at, department=event.competent_department_id,
    )


def change(item: Item, event: Event) -> None:
    """Let an event happen to an item."""
    kind = type(event)
    if kind in LAPSES:
        item.lapsed = LAPSES[kind]
    if kind in DEADLINES:
        item.due_at = getattr(event, DEADLINES[kind]) or item.due_at
    if kind in STATES:
        item.state = STATES[kind]
    if kind in PARTICULARS:
        PARTICULARS[kind](item, event)


def _extended(item: Item, _: Event) -> None:
    if item.state == "OVERDUE":
        item.state = "IN_PROGRESS"


def _put_under_order(item: Item, event: ledger.ItemPutUnderOrder) -> None:
    item.order_id = event.order_id


def _written_off(item: Item, _: Event) -> None:
    item.write_offs += 1


def _reopened(item: Item, _: Event) -> None:
    item.order_id, item.reopened = None, item.reopened + 1


def _repointed(item: Item, event: ledger.ItemRepointed) -> None:
    item.state = event.state or item.state


PARTICULARS: Mapping[type[Event], Callable[[Item, Any], None]] = {
    ledger.DeadlineExtended: _extended,
    ledger.ItemPutUnderOrder: _put_under_order,
    ledger.ItemWrittenOff: _written_off,
    ledger.ItemReopened: _reopened,
    ledger.ItemRepointed: _repointed,
}


def taken_over(event: ledger.ItemRepointed, at: datetime) -> Item:
    """An item that another unit hands on: as old as the event tells; where it does not tell, its age begins anew."""
    state, due_at = event.state or "OPEN", event.due_at
    late = state == "UNDER_ORDER" and due_at is not None and due_at <= at
    return Item(state=state, registered_at=event.registered_at or at, due_at=due_at, lapsed=late or state == "OVERDUE")
