"""What the ledgers of units do about letters: activities take their days, spend them or give them back (P15)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import burden_ledger
from contracts.scheduling.burden_ledger import BurdenRule, OverrideGround
from contracts.scheduling.inspection_activity import OutOfPlanCause
from services.chassis.loading import origin_of
from services.chassis.policy_values import china_day
from services.scheduling.burdening import ledger_at, others_in, rules_at, slot_known
from services.scheduling.domain.burden_ledger import BurdenLedger
from services.scheduling.domain.burden_rules import Slot, crosses, objections
from services.scheduling.domain.double_random_draw import DoubleRandomDraw
from services.scheduling.draws import last_draw

Wishes = Iterator[Command]


def reserve(app: Any, letter: Letter) -> Wishes:
    """A planned activity or visit takes its days; what the unit must not know takes them when it starts."""
    event: Any = letter.event
    slot = slot_known(app, getattr(event, "activity_id", None) or event.visit_id)
    if slot is not None and not slot.hidden:
        for unit_id in slot.targets:
            yield from _reserve_at(app, letter, slot, unit_id)


def reserve_overridden(app: Any, letter: Letter) -> Wishes:
    """What a leader approved takes its days after all."""
    event: Any = letter.event
    ledger, slot = ledger_at(app, event.unit_id, event.period), slot_known(app, event.activity_id)
    if ledger is not None and slot is not None and str(event.activity_id) in ledger.refused:
        yield _reserving(slot, event.unit_id, event.period)


def reserve_substitute(app: Any, letter: Letter) -> Wishes:
    """A unit drawn in another's place is visited, the other is not."""
    event: Any = letter.event
    draw = app.load(DoubleRandomDraw, event.draw_id)
    slot = slot_known(app, draw.activity_id)
    if slot is not None and not slot.hidden and event.new_id in draw.units:
        yield from release_at(app, letter, slot, (event.removed_id,))
        yield from _reserve_at(app, letter, slot, event.new_id)


def release_undrawn(app: Any, letter: Letter) -> Wishes:
    """Whom the lot did not fall on is not visited."""
    event: Any = letter.event
    draw = app.load(DoubleRandomDraw, event.draw_id)
    slot = slot_known(app, draw.activity_id)
    if slot is not None and event.units:
        yield from release_at(app, letter, slot, tuple(unit for unit in slot.targets if unit not in event.units))


def release(app: Any, letter: Letter) -> Wishes:
    """P15: cancelled, merged into another, or not made."""
    event: Any = letter.event
    slot = slot_known(app, getattr(event, "activity_id", None) or event.visit_id)
    if slot is not None:
        yield from release_at(app, letter, slot, slot.targets)


def release_at(app: Any, letter: Letter, slot: Slot, units: tuple[UUID, ...]) -> Wishes:
    """Give back what was taken at these units."""
    for unit_id in units:
        period, ledger = _place(app, letter, slot, unit_id)
        held = ledger.reservations.get(str(slot.activity_id)) if ledger else None
        if held is not None and not held.consumed:
            yield burden_ledger.ReleaseBurden(
                unit_id=unit_id, period=period, activity_id=slot.activity_id, days=held.days)


def consume(app: Any, letter: Letter) -> Wishes:
    """It has begun: days taken are spent, and what was hidden is counted now."""
    event: Any = letter.event
    slot = slot_known(app, getattr(event, "activity_id", None) or event.visit_id)
    if slot is None:
        return
    draw = last_draw(app, slot.activity_id)
    for unit_id in (draw.units if draw else ()) or slot.targets:
        period, ledger = _place(app, letter, slot, unit_id)
        if period:
            if ledger is None:
                yield burden_ledger.OpenBurdenPeriod(unit_id=unit_id, period=period)
            yield burden_ledger.ConsumeBurden(
                unit_id=unit_id, period=period, activity_id=slot.activity_id, days=slot.days)


def _place(app: Any, letter: Letter, slot: Slot | None, unit_id: UUID) -> tuple[str, BurdenLedger | None]:
    rules = rules_at(app, unit_id, origin_of(letter.head), app.clock())
    if rules is None or slot is None or slot.kind.value not in rules.counted:
        return "", None
    day = slot.window.from_ if slot.window else china_day(letter.head.occurred_at)
    period = rules.period_of(day)
    return period, ledger_at(app, unit_id, period)


def _reserve_at(app: Any, letter: Letter, slot: Slot, unit_id: UUID) -> Wishes:
    rules = rules_at(app, unit_id, origin_of(letter.head), app.clock())
    period, ledger = _place(app, letter, slot, unit_id)
    if rules is None or not period:
        return
    if ledger is None:
        yield burden_ledger.OpenBurdenPeriod(unit_id=unit_id, period=period)
    others = others_in(app, ledger)
    yield from _merging(slot, [other for other in others if crosses(slot, other)], unit_id, period)
    broken = objections(ledger, slot, others, rules)
    if slot.cause is OutOfPlanCause.EMERGENCY:
        yield _emergency(letter, slot, unit_id, period)
    elif broken:
        first = next(rule for rule in BurdenRule if rule in broken)
        yield burden_ledger.RefuseActivity(
            unit_id=unit_id, period=period, activity_id=slot.activity_id, rule=first)
        return
    yield _reserving(slot, unit_id, period)


def _merging(slot: Slot, met: list[Slot], unit_id: UUID, period: str) -> Wishes:
    if met:
        yield burden_ledger.SuggestMerge(
            unit_id=unit_id, period=period, activity_ids=(slot.activity_id, *(one.activity_id for one in met)),
            bodies=tuple(dict.fromkeys((slot.body_id, *(one.body_id for one in met)))))


def _emergency(letter: Letter, slot: Slot, unit_id: UUID, period: str) -> Command:
    event: Any = letter.event
    return burden_ledger.OverrideBurden(
        unit_id=unit_id, period=period, activity_id=slot.activity_id, ground=OverrideGround.EMERGENCY,
        approver_id=letter.head.actor.person_id, reason=event.reason)


def _reserving(slot: Slot, unit_id: UUID, period: str) -> Command:
    return burden_ledger.ReserveBurden(
        unit_id=unit_id, period=period, activity_id=slot.activity_id, body_id=slot.body_id, kind=slot.kind,
        days=slot.days)
