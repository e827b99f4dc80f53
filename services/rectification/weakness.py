"""What follows when rectification is not timely or not thorough: an order (P3), a look at the department's duty."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.rectification import joint_liability, problem_ledger
from contracts.rectification.joint_liability import WeaknessCause
from contracts.rectification.supervision_order import DraftOrder, OrderGround
from contracts.values import natural_id
from services.chassis.loading import origin_of
from services.rectification.domain.joint_liability import JointLiability
from services.rectification.domain.supervision_order import RUNNING, SupervisionOrder
from services.rectification.gathering import App, listed
from services.rectification.recalculation import recalculate_the_item

Wishes = Iterator[Command]


def draft_order(app: App, letter: Letter, ground: OrderGround) -> Wishes:
    """P3: where the chain has the instrument and no order about the item runs; elsewhere a circular follows."""
    event: Any = letter.event
    ledger, item = listed(app, [event.item_id])[event.item_id]
    enabled = app.applied(origin_of(letter.head), letter.head.occurred_at).get("rectification.order.enabled")
    order = app.load(SupervisionOrder, item.order_id) if item.order_id else None
    runs = order is not None and order.state in RUNNING
    unit_id = ledger.unit_of(item)
    if enabled and not runs and unit_id and item.issuing_body_id:
        yield DraftOrder(
            order_id=natural_id("SupervisionOrder", letter.head.event_id), unit_id=unit_id,
            issuing_body_id=item.issuing_body_id, item_ids=(event.item_id,), ground=ground,
        )


def find_weak(app: App, item_id: UUID, cause: WeaknessCause) -> Wishes:
    """The department's duty comes under review, where it was told of one."""
    found = listed(app, [item_id]).get(item_id)
    department = found.item.competent_department_id if found else None
    liability = app.load(JointLiability, natural_id("JointLiability", item_id, department)) if department else None
    if department is not None and liability is not None and liability.state == "DUTY":
        yield joint_liability.FindWeakRectification(item_id=item_id, department_id=department, cause=cause)


def item_lapsed(app: App, letter: Letter) -> Wishes:
    """Not timely: an order; where there is no such instrument, the department is looked at already now."""
    event: Any = letter.event
    orders = list(draft_order(app, letter, OrderGround.NOT_TIMELY))
    yield from orders
    if not orders:
        yield from find_weak(app, event.item_id, WeaknessCause.ITEM_OVERDUE)


def verification_failed(app: App, letter: Letter) -> Wishes:
    """Not thorough; and the deadline runs again."""
    yield from draft_order(app, letter, OrderGround.NOT_THOROUGH)
    yield from recalculate_the_item(app, letter)


def order_issued(_: App, letter: Letter) -> Wishes:
    """Every item of the order."""
    event: Any = letter.event
    for item_id in event.item_ids:
        yield problem_ledger.PutUnderOrder(item_id=item_id, order_id=event.order_id)


def order_failed(app: App, letter: Letter) -> Wishes:
    """Escalated, and published where that is due: every item's department is looked at."""
    order = app.load(SupervisionOrder, letter.head.stream)
    if not isinstance(order, SupervisionOrder) or order.state != "ESCALATED":
        return
    if order.publication_required is (letter.name == "rectification.OrderOutcomePublished"):
        for item_id in order.item_ids:
            yield from find_weak(app, item_id, WeaknessCause.ORDER_LAPSED)


def item_reopened(app: App, letter: Letter) -> Wishes:
    """The look-back failed."""
    event: Any = letter.event
    yield from find_weak(app, event.item_id, WeaknessCause.LOOK_BACK_FAILED)
