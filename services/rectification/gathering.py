"""What rectification looks up for a command, in its own streams and its copy of the reference data."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from contracts.rectification.joint_liability import WeaknessCause
from contracts.values import natural_id
from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts
from services.rectification.domain.ledger_guards import DONE
from services.rectification.domain.ledger_item import LedgerItem
from services.rectification.domain.problem_ledger import ProblemLedger
from services.rectification.domain.rectification_plan import RectificationPlan
from services.rectification.domain.supervision_order import SupervisionOrder

Given = dict[str, Any]
App = ServiceApplication


class Listed(NamedTuple):
    """An item with the list it stands on."""

    ledger: ProblemLedger
    item: LedgerItem


def listed(app: App, item_ids: Iterable[UUID]) -> dict[UUID, Listed]:
    """Those of the items that stand on a list."""
    found = {}
    for item_id in item_ids:
        memo = app.memos.memo("entity", str(item_id))
        ledger = app.load(ProblemLedger, UUID(memo.value.decode())) if memo else None
        if isinstance(ledger, ProblemLedger):
            found[item_id] = Listed(ledger, ledger.items[str(item_id)])
    return found


def ledger_at(app: App, ledger_id: UUID | None) -> ProblemLedger:
    """A list by its id; an empty one when there is none."""
    found = app.load(ProblemLedger, ledger_id) if ledger_id else None
    return found if isinstance(found, ProblemLedger) else ProblemLedger(stream=UUID(int=0))


def plan_of(app: App, ledger: ProblemLedger) -> RectificationPlan | None:
    """The plan for a list, asked of the unit it was opened for or of its successor."""
    for unit in (ledger.unit_id, ledger.opened_for):
        found = app.load(RectificationPlan, natural_id("RectificationPlan", unit, ledger.stream))
        if isinstance(found, RectificationPlan):
            return found
    return None


def ledgers_named(app: App, command: Any) -> list[ProblemLedger]:
    """The lists that a command names, by item or by ledger."""
    items = [*getattr(command, "item_ids", ()), getattr(command, "item_id", None)]
    found = {seen.ledger.stream: seen.ledger for seen in listed(app, [i for i in items if i]).values()}
    named = ledger_at(app, getattr(command, "ledger_id", None))
    return [*found.values(), *([named] if named.version and named.stream not in found else [])]


def open_items(ledger: ProblemLedger) -> tuple[UUID, ...]:
    """The items the unit still has something to do about."""
    return tuple(item.item_id for item in ledger.items.values() if item.open and item.item_id)


# --- of the list ------------------------------------------------------------------------------------


def managers_then(app: App, _: Any, command: Any, facts: Facts) -> Given:
    """Who managed the unit at the date of the finding (domain 3.4.1, RegisterItem)."""
    managed = app.reference.unit(command.unit_id).managed(facts.at)
    return {
        "competent_department_id": command.competent_department_id or managed.competent_department_id,
        "managed_by_at_finding": managed.managed_by,
    }


def the_unit_and_its_delegates(_: Any, ledger: ProblemLedger, command: Any, __: Facts) -> Given:
    """Who may answer for an item: its unit, and member units it was delegated to."""
    item = _item(ledger, command)
    return {"answering_units": frozenset({ledger.unit_of(item), *item.delegates})}


def the_interested(_: Any, ledger: ProblemLedger, command: Any, __: Facts) -> Given:
    """Who may not judge an item: its unit, the department that answers for it, whoever manages it."""
    return {"interested": _interested(Listed(ledger, _item(ledger, command)))}


def the_next_body_up(app: App, subject: Any, command: Any, _: Facts) -> Given:
    """The body above the one that issued the item or order."""
    holder = _item(subject, command) if isinstance(subject, ProblemLedger) else subject
    issuer = holder.issuing_body_id
    return {"upper_body_id": app.reference.body(issuer).parent if issuer else None}


def whether_the_plan_covers(app: App, _: Any, command: Any, __: Facts) -> Given:
    """An accepted plan that lists the item."""
    plan = app.load(RectificationPlan, command.plan_id)
    return {"plan_covers": isinstance(plan, RectificationPlan) and covers(plan, command.item_id)}


def covers(plan: RectificationPlan, item_id: UUID | None) -> bool:
    """Whether a plan was accepted and lists the item."""
    accepted = plan.state in {"EXECUTING", "REPORTED", "PUBLISHED", "CLOSED"}
    return accepted and item_id in {item.item_id for item in plan.items}


def the_publication(app: App, ledger: ProblemLedger, command: Any, _: Facts) -> Given:
    """The plan under which the rectification was published."""
    plan_id = _item(ledger, command).plan_id
    plan = (app.load(RectificationPlan, plan_id) if plan_id else None) or plan_of(app, ledger)
    return {"publication_id": plan.stream} if plan and plan.state in {"PUBLISHED", "CLOSED"} else {}


def _item(ledger: ProblemLedger, command: Any) -> LedgerItem:
    return ledger.items.get(str(command.item_id)) or LedgerItem()


def _interested(seen: Listed) -> frozenset[UUID | None]:
    item = seen.item
    return frozenset({
        seen.ledger.unit_of(item), item.competent_department_id, item.managed_by_at_finding, *item.delegates,
    })


# --- of the plan ------------------------------------------------------------------------------------


def the_list_to_plan_for(app: App, _: Any, command: Any, __: Facts) -> Given:
    """A finding is confirmed, and so listed, only after it was fed back."""
    return {"feedback_delivered": bool(ledger_at(app, command.ledger_id).items)}


def the_open_items(app: App, plan: RectificationPlan, _: Any, facts: Facts) -> Given:
    """Who may speak for the unit, and about what."""
    ledger = ledger_at(app, plan.ledger_id)
    return {
        "answering_units": frozenset(heirs(app, plan.unit_id, facts.at)),
        "open_items": open_items(ledger),
        "deadlines": {item.item_id: item.due_at for item in ledger.items.values()},
        "competent_department_id": _department(ledger),
        "item_states": {item.item_id: item.state for item in ledger.items.values() if item.item_id},
    }


def what_is_not_done(app: App, plan: RectificationPlan, _: Any, __: Facts) -> Given:
    """Items that are neither written off nor cancelled; a closed list has none, by exception too."""
    ledger = ledger_at(app, plan.ledger_id)
    left = [item.item_id for item in ledger.items.values() if item.state not in DONE]
    return {"open_items": () if ledger.state == "CLOSED" else tuple(left)}


def _department(ledger: ProblemLedger) -> UUID | None:
    departments = [item.competent_department_id for item in ledger.items.values() if item.open]
    return next(filter(None, departments), None)


def heirs(app: App, unit_id: UUID | None, at: datetime) -> Iterator[UUID]:
    """A unit and whoever had taken its place by then."""
    if unit_id is not None:
        yield unit_id
        yield from app.reference.unit(unit_id).succeeded(at)


# --- of the order -----------------------------------------------------------------------------------


def the_ordered_items(app: App, order: SupervisionOrder, command: Any, facts: Facts) -> Given:
    """The items of an order, whose they are, who may answer and who may not judge."""
    found = listed(app, getattr(command, "item_ids", None) or order.item_ids)
    return {
        "items": {item_id: seen.item for item_id, seen in found.items()},
        "units": {item_id: seen.ledger.unit_of(seen.item) for item_id, seen in found.items()},
        "answering_units": frozenset(heirs(app, order.unit_id, facts.at)),
        "interested": frozenset({order.unit_id}).union(*map(_interested, found.values())),
    }


# --- of the liability -------------------------------------------------------------------------------


def the_duty(app: App, _: Any, command: Any, __: Facts) -> Given:
    """Whose duty an item is, what went wrong with it, and which deadline was missed."""
    found = listed(app, [command.item_id]).get(command.item_id)
    item = found.item if found else LedgerItem()
    order = app.load(SupervisionOrder, item.order_id) if item.order_id else None
    causes = {
        WeaknessCause.ITEM_OVERDUE: item.lapsed_at is not None,
        WeaknessCause.ORDER_LAPSED: order is not None and order.state in {"LAPSED", "ESCALATED"},
        WeaknessCause.LOOK_BACK_FAILED: item.look_back_id is not None,
    }
    return {
        "competent_department_id": item.competent_department_id, "missed_at": item.lapsed_at,
        "causes": frozenset(cause for cause, holds in causes.items() if holds),
    }
