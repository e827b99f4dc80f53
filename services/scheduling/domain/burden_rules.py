"""What speaks against one more visit to a unit: the rules of its place over what its ledger holds (domain 3.2.6)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from contracts.scheduling.burden_ledger import BurdenKind, BurdenRule
from contracts.scheduling.inspection_activity import Axes, OutOfPlanCause, Rhythm, Scope
from contracts.values import Function, Value, Window
from services.chassis.facts import AppliedPolicy
from services.scheduling.domain.periods import DAY, interval, named, overlap, window_of

CAP_HARD, CAP_SOFT, MERGE_FIRST = "CAP_HARD", "CAP_SOFT", "MERGE_FIRST"


class Slot(Value, kw_only=True):
    """One activity or visit as the ledgers see it; `hidden` while the unit must not know.

    A visit of a body that plans elsewhere has no window here: only its days count.
    """

    activity_id: UUID
    body_id: UUID
    kind: BurdenKind
    targets: tuple[UUID, ...]
    days: int
    window: Window | None = None
    hidden: bool = False
    cause: OutOfPlanCause | None = None


class Rules(NamedTuple):
    """What policy says at a unit's place."""

    mode: str
    period: str
    caps: Mapping[str, int]
    counted: frozenset[str]
    blackout: tuple[tuple[str, str], ...]
    distance: int
    policy: AppliedPolicy

    @classmethod
    def of(cls, policy: AppliedPolicy) -> "Rules | None":
        """None where nobody keeps such ledgers."""
        period = policy.get("burden.period")
        if period is None or policy.get("schoolYear.firstTerm.begins") is None:
            return None
        weeks = (policy.get("burden.blackout") or {}).values()
        return cls(
            mode=policy.get("burden.mode", CAP_SOFT), period=period, caps=policy.get("burden.caps") or {},
            counted=frozenset(policy.get("burden.countedKinds") or [kind.value for kind in BurdenKind]),
            blackout=tuple((week["from"], week["to"]) for week in weeks),
            distance=policy.get("burden.minDistanceDays", 0), policy=policy,
        )

    def period_of(self, day: date) -> str:
        """The period a day lies in, by its first and last day, so that no later policy reads it otherwise."""
        window = window_of(named(self.period, day, self.policy.require), self.policy.require)
        return interval(window) if window else ""

    def budget(self) -> dict[BurdenKind, int]:
        """Caps of the kinds that count; a kind without one has no cap."""
        return {BurdenKind(kind): days for kind, days in self.caps.items() if kind in self.counted}


def kind_of(axes: Axes) -> BurdenKind:
    """The nine axes, seen by the unit that is visited."""
    if axes.function is Function.MON:
        return BurdenKind.MONITORING
    if axes.rhythm is Rhythm.ROUTINE:
        return BurdenKind.ROUTINE
    scopes = {Scope.COMPREHENSIVE: BurdenKind.COMPREHENSIVE, Scope.SPECIAL: BurdenKind.SPECIAL}
    return scopes[axes.scope] if axes.scope else BurdenKind.OTHER


def objections(ledger: Any, slot: Slot, others: Iterable[Slot], rules: Rules) -> frozenset[BurdenRule]:
    """Every rule that this slot would break; none once it was overridden, or for what does not count."""
    if slot.kind.value not in rules.counted or (ledger is not None and slot.activity_id in ledger.overridden):
        return frozenset()
    others = [other for other in others if other.activity_id != slot.activity_id]
    broken = {
        BurdenRule.CAP_REACHED: rules.mode == CAP_HARD and _over(ledger, slot, rules),
        BurdenRule.BLACKOUT: any(_within(slot, *week) for week in rules.blackout),
        BurdenRule.TOO_CLOSE: any(_near(slot, other, rules.distance) for other in others),
        BurdenRule.REPEATED: rules.mode == MERGE_FIRST and any(crosses(slot, other) for other in others),
    }
    return frozenset(rule for rule, holds in broken.items() if holds)


def crosses(one: Slot, other: Slot) -> bool:
    """Two bodies in the same days."""
    return one.body_id != other.body_id and _meet(one, other)


def _meet(one: Slot, other: Slot) -> bool:
    return one.window is not None and other.window is not None and overlap(one.window, other.window)


def _over(ledger: Any, slot: Slot, rules: Rules) -> bool:
    cap = (rules.budget() if ledger is None else ledger.budget).get(slot.kind)
    used = 0 if ledger is None else ledger.used(slot.kind, besides=slot.activity_id)
    return cap is not None and used + slot.days > cap


def _within(slot: Slot, first: str, last: str) -> bool:
    if slot.window is None:
        return False
    days = (slot.window.from_ + n * DAY for n in range((slot.window.to - slot.window.from_).days + 1))
    return any(_between(f"{day:%m-%d}", first, last) for day in days)


def _between(day: str, first: str, last: str) -> bool:
    """Also across New Year."""
    return first <= day <= last if first <= last else day >= first or day <= last


def _near(one: Slot, other: Slot, distance: int) -> bool:
    if one.window is None or other.window is None or _meet(one, other):
        return False
    apart = max((one.window.from_ - other.window.to).days, (other.window.from_ - one.window.to).days)
    return apart < distance
