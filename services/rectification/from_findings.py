"""What rectification does about findings: P1, P2 and its part of P14 (domain 3.0)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.rectification import joint_liability, problem_ledger
from contracts.rectification.problem_ledger import ItemSource
from contracts.rectification.rectification_plan import RequestPlan
from contracts.values import natural_id
from services.chassis.memos import Memo
from services.chassis.scope import last_of
from services.rectification.gathering import App, ledger_at, listed, open_items

Wishes = Iterator[Command | Memo]
FED_BACK, FED_BACK_TO = "copy/fed-back", "copy/fed-back-to"


def item_of(finding_id: UUID) -> UUID:
    """The item that a finding becomes."""
    return natural_id("item", finding_id)


def register_item(_: App, letter: Letter) -> Wishes:
    """P1: a confirmed finding enters the unit's list; the list is the body's that owns the finding."""
    event: Any = letter.event
    issuer, source = last_of(letter.head.owner_path), event.activity_id or event.visit_id
    if issuer is not None:
        yield problem_ledger.RegisterItem(
            ledger_id=natural_id("ProblemLedger", event.unit_id, source, issuer), item_id=item_of(event.finding_id),
            unit_id=event.unit_id, issuing_body_id=issuer, source=ItemSource.CONFIRMED_FINDING, text=event.text or "",
            severity=event.severity, source_activity_id=source, finding_id=event.finding_id,
            competent_department_id=event.competent_department_id,
        )


def remember_feedback(_: App, letter: Letter) -> Wishes:
    """P2: the clock of the plan starts when every finding fed back is settled: confirmed, or withdrawn."""
    event: Any = letter.event
    unit_id = event.unit_id or last_of(letter.head.unit_path or "")
    ledger = natural_id("ProblemLedger", unit_id, event.activity_id, last_of(letter.head.owner_path))
    for item in event.items:
        yield Memo(FED_BACK, f"{ledger}|{item.finding_id}", b"1")
        yield Memo(FED_BACK_TO, str(item.finding_id), str(ledger).encode())


def settle_finding(app: App, finding_id: UUID | None) -> Wishes:
    """One finding less to wait for; after the last one the plan is asked for, for all items that stand then."""
    place = app.memos.memo(FED_BACK_TO, str(finding_id))
    ledger_id = place.value.decode() if place else ""
    waiting = [memo.key for memo in app.memos.scan(FED_BACK, f"{ledger_id}|", f"{ledger_id}|~")]
    if f"{ledger_id}|{finding_id}" not in waiting:
        return
    yield Memo(FED_BACK, f"{ledger_id}|{finding_id}", None)
    ledger = ledger_at(app, UUID(ledger_id))
    if len(waiting) == 1 and ledger.unit_id is not None and open_items(ledger):
        yield RequestPlan(
            plan_id=natural_id("RectificationPlan", ledger.unit_id, ledger.stream), unit_id=ledger.unit_id,
            ledger_id=ledger.stream, item_ids=open_items(ledger),
        )


def item_registered(app: App, letter: Letter) -> Wishes:
    """The competent department learns of its duty; one finding fed back is settled."""
    event: Any = letter.event
    if event.competent_department_id is not None:
        yield joint_liability.NotifyDuty(item_id=event.item_id, department_id=event.competent_department_id)
    yield from settle_finding(app, event.finding_id)


def finding_withdrawn(app: App, letter: Letter) -> Wishes:
    """P14: the item of a withdrawn finding is cancelled."""
    event: Any = letter.event
    item_id = item_of(event.finding_id)
    if listed(app, [item_id]):
        yield problem_ledger.CompensateItem(
            item_id=item_id, corrects_event_id=event.corrects_event_id, reason=event.reason,
        )
    yield from settle_finding(app, event.finding_id)
