"""C10 督办单: one row per supervision order: do orders work?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contracts.letter import Letter
from contracts.rectification import supervision_order as said
from contracts.rectification.deadlines import DeadlineRecalculated
from services.reporting.views.telling import Happenings, moves, names_of, owned, told_by
from services.reporting.views.view import Cells, Page, View, china_date


class Order(Page, kw_only=True, gc=False):
    """One order; the unit sees it from its issue on."""

    order: str
    unit: str = ""
    state: str = "DRAFT"
    number: str | None = None
    items: list[str] = []
    ground: str | None = None
    issued_at: datetime | None = None
    due_at: datetime | None = None
    acknowledged_at: datetime | None = None
    complied_at: datetime | None = None
    complied_in_time: bool = False
    lapsed: bool = False
    escalated_to: str | None = None
    published_at: datetime | None = None


def keys(letter: Letter) -> Iterable[str]:
    """The order; a recalculated deadline calls it its subject."""
    event: Any = letter.event
    return (str(event.subject_id if type(event) is DeadlineRecalculated else event.order_id),)


def _draft(page: Order, event: said.OrderDrafted, _: Letter) -> None:
    page.unit, page.ground = str(event.unit_id), event.ground.value
    page.items = [str(item) for item in event.item_ids]


def _issue(page: Order, event: said.SupervisionOrderIssued, letter: Letter) -> None:
    page.state, page.number, page.due_at = "ISSUED", event.number, event.due_at
    page.unit, page.items = str(event.unit_id), [str(item) for item in event.item_ids]
    page.issued_at, page.unit_path = letter.head.occurred_at, letter.head.unit_path


def _extend(page: Order, event: said.OrderExtended, _: Letter) -> None:
    page.due_at = event.new_due_at


def _recalculate(page: Order, event: DeadlineRecalculated, _: Letter) -> None:
    page.due_at = event.new_due_at


def _comply(page: Order, _: said.OrderComplied, letter: Letter) -> None:
    at = letter.head.occurred_at
    page.state, page.complied_at = "COMPLIED", at
    page.complied_in_time = not page.lapsed and page.due_at is not None and at <= page.due_at


def _lapse(page: Order, _: said.OrderDeadlineLapsed, __: Letter) -> None:
    page.state, page.lapsed = "LAPSED", True


def _escalate(page: Order, event: said.OrderEscalated, _: Letter) -> None:
    page.state, page.escalated_to = "ESCALATED", event.to.value


def _publish(page: Order, _: said.OrderOutcomePublished, letter: Letter) -> None:
    page.published_at = letter.head.occurred_at


HAPPENINGS: Happenings = {
    said.OrderDrafted: _draft,
    said.SupervisionOrderIssued: _issue,
    said.OrderAcknowledged: moves("ACKNOWLEDGED", acknowledged_at="receipt_at"),
    said.OrderExtended: _extend,
    said.OrderComplianceReported: moves("REPORTED"),
    said.OrderComplied: _comply,
    said.OrderDeadlineLapsed: _lapse,
    said.OrderEscalated: _escalate,
    said.OrderOutcomePublished: _publish,
    said.OrderClosed: moves("CLOSED"),
    DeadlineRecalculated: _recalculate,
}


def _order(letter: Letter, key: str) -> Order | None:
    opens = isinstance(letter.event, said.OrderDrafted | said.SupervisionOrderIssued)
    return Order(order=key, **owned(letter)) if opens else None


def show(page: Order, _: datetime) -> Cells:
    """`cohort` is the month of issue, China time."""
    issued_at = page.issued_at
    return {
        "order": page.order, "number": page.number, "unit": page.unit, "state": page.state, "ground": page.ground,
        "items": len(page.items), "issued": issued_at is not None, "issued_at": issued_at,
        "cohort": china_date(issued_at).isoformat()[:7] if issued_at else None, "due_at": page.due_at,
        "acknowledged_at": page.acknowledged_at, "complied_at": page.complied_at,
        "complied_in_time": page.complied_in_time, "lapsed": page.lapsed, "escalated_to": page.escalated_to,
        "published": page.published_at is not None,
    }


VIEW = View(
    name="C10", title="督办单", fold_version=1, page=Order, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, _order), show=show,
)
