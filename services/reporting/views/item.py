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
from contracts.wire import name_of
from contracts.rectification import problem_ledger as ledger
from contracts.rectification.deadlines import DeadlineRecalculated

CLOSED = frozenset({"WRITTEN_OFF", "CANCELLED"})
Change = Mapping[str, Any]


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`lapsed` outlives a late completion report: the delay stands until the item is closed."""

    state: str = "OPEN"
    registered_at: datetime
    due_at: datetime | None = None
    lapsed: bool = False
    order_id: UUID | None = None
    reopened: int = 0

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


def _extended(item: Item, event: ledger.DeadlineExtended) -> Change:
    state = "IN_PROGRESS" if item.state == "OVERDUE" else item.state
    return {"due_at": event.new_due_at, "lapsed": False, "state": state}


def _reopened(item: Item, event: ledger.ItemReopened) -> Change:
    return {
        "state": "REOPENED", "due_at": event.due_at, "lapsed": False, "order_id": None,
        "reopened": item.reopened + 1,
    }


CHANGES: Mapping[type[Any], Callable[[Item, Any], Change]] = {
    ledger.ItemDelegated: lambda item, event: {},
    ledger.ItemAssigned: lambda item, event: {"state": "ASSIGNED", "due_at": event.due_at},
    ledger.ItemPlanned: lambda item, event: {"state": "PLANNED"},
    ledger.ItemStarted: lambda item, event: {"state": "IN_PROGRESS"},
    ledger.CompletionReported: lambda item, event: {"state": "REPORTED"},
    ledger.ItemVerified: lambda item, event: {"state": "VERIFIED"},
    ledger.ItemVerificationFailed: lambda item, event: {"state": "IN_PROGRESS"},
    ledger.ItemWrittenOff: lambda item, event: {"state": "WRITTEN_OFF"},
    ledger.DeadlineExtended: _extended,
    DeadlineRecalculated: lambda item, event: {"due_at": event.new_due_at},
    ledger.ItemDeadlineLapsed: lambda item, event: {"state": "OVERDUE", "lapsed": True},
    ledger.ItemPutUnderOrder: lambda item, event: {
        "state": "UNDER_ORDER", "order_id": event.order_id,
    },
    ledger.ItemSuspended: lambda item, event: {"state": "SUSPENDED"},
    ledger.ItemResumed: lambda item, event: {"state": "IN_PROGRESS"},
    ledger.ItemReopened: _reopened,
    ledger.ItemCancelled: lambda item, event: {"state": "CANCELLED"},
    ledger.ItemRepointed: lambda item, event: {
        "state": event.state or item.state, "due_at": event.due_at or item.due_at,
    },
}
LISTENS = frozenset(map(name_of, [ledger.ItemRegistered, *CHANGES]))


def item_id_of(event: Any) -> str:
    """Which item an event speaks of; a recalculated deadline calls it its subject."""
    return str(event.subject_id if isinstance(event, DeadlineRecalculated) else event.item_id)


def registered(letter: Letter) -> Item:
    """A new item."""
    due_at = getattr(letter.event, "due_at", None)
    return Item(registered_at=letter.head.occurred_at, due_at=due_at)


def changed(item: Item, event: Any) -> Item:
    """The item after an event."""
    return msgspec.structs.replace(item, **CHANGES[type(event)](item, event))


def taken_over(letter: Letter) -> Item:
    """An item that another unit hands on, as far as the event tells: its age begins anew here."""
    event, at = letter.event, letter.head.occurred_at
    assert isinstance(event, ledger.ItemRepointed)
    state, due_at = event.state or "OPEN", event.due_at
    late = state == "UNDER_ORDER" and due_at is not None and due_at <= at
    return Item(state=state, registered_at=at, due_at=due_at, lapsed=late or state == "OVERDUE")
