"""BurdenLedger (督导频次台账) of one unit in one period, over all bodies that come to it (domain 3.2.6, errata 2)."""

from typing import Any
from uuid import UUID

from contracts.scheduling import burden_ledger as said
from services.chassis.aggregates import Aggregate, Entity, Timers, fill
from services.chassis.facts import Facts
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.scheduling.domain.burden_guards import (
    activity_unknown,
    already_consumed,
    approver_is_requester,
    blackout,
    budget_above_policy,
    cap_reached,
    days_not_positive,
    merger_of_one,
    not_reserved,
    period_not_over,
    period_unreadable,
    repeated,
    rule_not_broken,
    too_close,
)
from services.scheduling.domain.periods import end_of, of_interval

BURDEN = LifeCycle("burden", "督导频次台账", "OPEN CLOSED", (
    row(NEW, said.OpenBurdenPeriod, {said.BurdenPeriodOpened: "OPEN"},
        when=[period_unreadable, budget_above_policy]),
    row("OPEN", said.ReserveBurden, {said.BurdenReserved: SAME},
        when=[days_not_positive, cap_reached, blackout, too_close, repeated]),
    row("OPEN", said.OverrideBurden, {said.BurdenOverrideApproved: SAME},
        who=[approver_is_requester], when=[reason_missing]),
    row("OPEN", said.ConsumeBurden, {said.BurdenConsumed: SAME}, when=[days_not_positive, activity_unknown]),
    row("OPEN", said.ReleaseBurden, {said.BurdenReleased: SAME}, when=[not_reserved, already_consumed]),
    row("OPEN", said.SuggestMerge, {said.MergeSuggested: SAME}, when=[merger_of_one]),
    row("OPEN", said.RefuseActivity, {said.BurdenRefused: SAME}, when=[rule_not_broken]),
    row("OPEN", said.CloseBurdenPeriod, {said.BurdenPeriodClosed: "CLOSED"}, when=[period_not_over]),
), apart=(said.BurdenPeriodClosed,))


class Reservation(Entity, kw_only=True):
    """Days taken for one activity, planned or spent."""

    body_id: UUID
    kind: said.BurdenKind
    days: int = 0
    consumed: bool = False


class BurdenLedger(Aggregate, kw_only=True):
    """Days by kind; what was overridden as an emergency stands apart and uses nothing up."""

    life_cycles = (BURDEN,)
    unit_id: UUID | None = None
    period: str = ""
    budget: dict[said.BurdenKind, int] = {}
    reservations: dict[str, Reservation] = {}
    overrides: dict[str, said.OverrideGround] = {}
    refused: dict[str, said.BurdenRule] = {}

    @property
    def overridden(self) -> frozenset[UUID]:
        """Activities that may go beyond the rules."""
        return frozenset(map(UUID, self.overrides))

    def used(self, kind: said.BurdenKind, besides: UUID | None = None) -> int:
        """Days of a kind, planned or spent; emergencies are counted separately (domain 5, row 27)."""
        return sum(one.days for key, one in self.reservations.items()
                   if one.kind is kind and key != str(besides) and not self.is_emergency(key))

    def is_emergency(self, activity_id: object) -> bool:
        """Whether an activity was let through as an emergency."""
        return self.overrides.get(str(activity_id)) is said.OverrideGround.EMERGENCY

    def open_burden_period(self, _: Any, command: Any, facts: Facts) -> said.BurdenPeriodOpened:
        """The caps named, else those of the place."""
        rules = facts.get("rules")
        caps = rules.budget() if rules else {}
        return fill(said.BurdenPeriodOpened, command, facts, budget=caps if command.budget is None else command.budget)

    def reserve_burden(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when these very days are taken already."""
        held = self.reservations.get(str(command.activity_id))
        if held is not None and (held.days, held.kind) == (command.days, command.kind):
            return ()
        cap, days = self.budget.get(command.kind), 0 if self.is_emergency(command.activity_id) else command.days
        remaining = None if cap is None else cap - self.used(command.kind, besides=command.activity_id) - days
        return (fill(said.BurdenReserved, command, facts, remaining=remaining),)

    def consume_burden(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """What happened is counted, also where nothing was reserved because nobody was to know."""
        held = self.reservations.get(str(command.activity_id))
        if held is not None and held.consumed and held.days == command.days:
            return ()
        source = held or facts["slot"]
        return (said.BurdenConsumed(
            unit_id=command.unit_id, period=command.period, activity_id=command.activity_id, days=command.days,
            body_id=source.body_id, kind=source.kind),)

    def release_burden(self, _: Any, command: Any, facts: Facts) -> said.BurdenReleased:
        """All the days that were taken."""
        return fill(said.BurdenReleased, command, facts, days=self.reservations[str(command.activity_id)].days)

    def repeats_release_burden(self, command: Any, event: said.BurdenReleased) -> bool:
        """The days are the ledger's to know."""
        return bool(command.activity_id == event.activity_id)

    def close_burden_period(self, _: Any, command: Any, facts: Facts) -> said.BurdenPeriodClosed:
        """With what was used of every kind."""
        used = {kind: days for kind in said.BurdenKind if (days := self.used(kind))}
        return fill(said.BurdenPeriodClosed, command, facts, used=used, overrides=len(self.overrides))

    def on_burden_reserved(self, _: Any, event: said.BurdenReserved) -> None:
        """Days are taken."""
        self.reservations[str(event.activity_id)] = Reservation(
            body_id=event.body_id, kind=event.kind, days=event.days)
        self.refused.pop(str(event.activity_id), None)

    def on_burden_override_approved(self, _: Any, event: said.BurdenOverrideApproved) -> None:
        """From now on the rules do not speak against it."""
        self.overrides[str(event.activity_id)] = event.ground

    def on_burden_consumed(self, _: Any, event: said.BurdenConsumed) -> None:
        """Days are spent."""
        if event.body_id is not None and event.kind is not None:
            self.reservations[str(event.activity_id)] = Reservation(
                body_id=event.body_id, kind=event.kind, days=event.days, consumed=True)

    def on_burden_released(self, _: Any, event: said.BurdenReleased) -> None:
        """Days are free again."""
        self.reservations.pop(str(event.activity_id), None)

    def on_burden_refused(self, _: Any, event: said.BurdenRefused) -> None:
        """Not without an override."""
        self.refused[str(event.activity_id)] = event.rule

    def timers(self) -> Timers:
        """The ledger closes with its period."""
        window = of_interval(self.period) if self.state == "OPEN" and self.unit_id else None
        if window is not None and self.unit_id is not None:
            yield end_of(window), said.CloseBurdenPeriod(unit_id=self.unit_id, period=self.period)
