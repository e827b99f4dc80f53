"""BurdenLedger: every row accepted, quiet, refused elsewhere and guarded; what counts, what is let through."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from contracts.scheduling import burden_ledger as said
from contracts.scheduling.burden_ledger import BurdenKind, BurdenRule
from contracts.values import Tier, Window
from services.chassis.facts import AppliedPolicy
from services.chassis.policies import PolicyStore
from services.chassis.policy_values import PolicyDocument, PolicyEntry
from services.scheduling.domain.burden_ledger import BurdenLedger
from services.scheduling.domain.burden_rules import Rules, Slot, objections
from services.scheduling.domain.periods import named, window_of
from tests.kit.cases import AT, TIMER, Case, folded, staff, suite, uid

UNIT, ACTIVITY, OFFICE = uid("s1"), uid("activity"), uid("office")
TERM = "2026-02-15/2026-08-31"
OVER = datetime(2026, 8, 31, 16, tzinfo=UTC)
HERE: dict[str, Any] = {"unit_id": UNIT, "period": TERM}
CAPS = {"COMPREHENSIVE": 5, "SPECIAL": 3}
POLICY = {
    "burden.mode": "CAP_HARD", "burden.period": "TERM", "burden.caps": CAPS, "burden.minDistanceDays": 7,
    "burden.countedKinds": ["COMPREHENSIVE", "SPECIAL"], "schoolYear.firstTerm.begins": "09-01",
    "schoolYear.secondTerm.begins": "02-15",
    "burden.blackout": {"ENTRANCE_EXAMINATIONS": {"from": "06-07", "to": "06-10"}},
}


def rules(**changed: Any) -> Rules:
    entries = {key: PolicyEntry(v=value) for key, value in {**POLICY, **changed}.items()}
    store = PolicyStore().publish(PolicyDocument(
        jurisdiction="990101", kind="COUNTY", document="t", title="t", status="in-force", values=entries))
    found = Rules.of(AppliedPolicy(store, ("990101",), AT, Tier.COUNTY))
    assert found is not None
    return found


def objecting(*broken: BurdenRule) -> dict[str, Any]:
    return {"rules": rules(), "slot": SLOT, "objections": frozenset(broken)}


def slot(key: str = "activity", days: int = 2, at: tuple[int, int, int] = (2026, 3, 9), **changed: Any) -> Slot:
    window = Window(from_=date(*at), to=date(*at))
    known = {"body_id": OFFICE, "kind": BurdenKind.SPECIAL, "targets": (UNIT,), **changed}
    return Slot(activity_id=uid(key), days=days, window=window, **known)


SLOT = slot()
OPENED = said.BurdenPeriodOpened(budget={BurdenKind.COMPREHENSIVE: 5, BurdenKind.SPECIAL: 3}, **HERE)


def reserving(days: int = 2, activity: UUID = ACTIVITY) -> said.ReserveBurden:
    return said.ReserveBurden(activity_id=activity, body_id=OFFICE, kind=BurdenKind.SPECIAL, days=days, **HERE)


def reserved(days: int = 2, remaining: int | None = 1, activity: UUID = ACTIVITY) -> said.BurdenReserved:
    return said.BurdenReserved(
        activity_id=activity, body_id=OFFICE, kind=BurdenKind.SPECIAL, days=days, remaining=remaining, **HERE)


def overriding(reason: str = "食物中毒", approver: str = "director") -> said.OverrideBurden:
    return said.OverrideBurden(activity_id=ACTIVITY, ground=said.OverrideGround.EMERGENCY,
                               approver_id=uid(approver), reason=reason, **HERE)


def approved(ground: str = "EMERGENCY") -> said.BurdenOverrideApproved:
    return said.BurdenOverrideApproved(activity_id=ACTIVITY, ground=said.OverrideGround(ground),
                                       approver_id=uid("director"), reason="食物中毒", **HERE)


CONSUMED = said.BurdenConsumed(activity_id=ACTIVITY, days=2, body_id=OFFICE, kind=BurdenKind.SPECIAL, **HERE)
CONSUME = said.ConsumeBurden(activity_id=ACTIVITY, days=2, **HERE)
RELEASE = said.ReleaseBurden(activity_id=ACTIVITY, days=2, **HERE)
MERGE: dict[str, Any] = {"activity_ids": (ACTIVITY, uid("other")), "bodies": (OFFICE, uid("city")), **HERE}
REFUSE: dict[str, Any] = {"activity_id": ACTIVITY, "rule": BurdenRule.CAP_REACHED, **HERE}
FREE = {"looked_up": objecting()}

CASES = [
    Case(
        when=said.OpenBurdenPeriod(**HERE), looked_up={"rules": rules()}, then=[OPENED],
        refused={
            "PERIOD_UNREADABLE": {"when": said.OpenBurdenPeriod(unit_id=UNIT, period="今年")},
            "BUDGET_ABOVE_POLICY": {"when": said.OpenBurdenPeriod(budget={BurdenKind.SPECIAL: 4}, **HERE)},
        },
    ),
    Case(
        given=[OPENED], when=reserving(), then=[reserved()], looked_up=objecting(),
        refused={
            "DAYS_NOT_POSITIVE": {"when": reserving(0)},
            "CAP_REACHED": {"looked_up": objecting(BurdenRule.CAP_REACHED)},
            "BLACKOUT": {"looked_up": objecting(BurdenRule.BLACKOUT)},
            "TOO_CLOSE": {"looked_up": objecting(BurdenRule.TOO_CLOSE)},
            "REPEATED": {"looked_up": objecting(BurdenRule.REPEATED)},
        },
    ),
    Case(
        given=[OPENED], when=overriding(), then=[approved()],
        refused={
            "APPROVER_IS_REQUESTER": {"by": staff("director")},
            "REASON_MISSING": {"when": overriding(reason=" ")},
        },
    ),
    Case(
        given=[OPENED, reserved()], when=CONSUME, then=[CONSUMED], **FREE,
        refused={
            "DAYS_NOT_POSITIVE": {"when": said.ConsumeBurden(activity_id=ACTIVITY, days=0, **HERE)},
            "ACTIVITY_UNKNOWN": {"given": [OPENED], "looked_up": {}},
        },
    ),
    Case(
        given=[OPENED, reserved()], when=RELEASE, then=[said.BurdenReleased(activity_id=ACTIVITY, days=2, **HERE)],
        refused={"NOT_RESERVED": {"given": [OPENED]}, "ALREADY_CONSUMED": {"given": [OPENED, reserved(), CONSUMED]}},
    ),
    Case(
        given=[OPENED], when=said.SuggestMerge(**MERGE), then=[said.MergeSuggested(**MERGE)],
        refused={"MERGER_OF_ONE": {"when": said.SuggestMerge(**{**MERGE, "bodies": (OFFICE,)})}},
    ),
    Case(
        given=[OPENED], when=said.RefuseActivity(**REFUSE), then=[said.BurdenRefused(**REFUSE)],
        looked_up=objecting(BurdenRule.CAP_REACHED), refused={"RULE_NOT_BROKEN": FREE},
    ),
    Case(
        given=[OPENED, reserved(), approved("UPPER_ORDER")], by=TIMER, at=OVER, when=said.CloseBurdenPeriod(**HERE),
        then=[said.BurdenPeriodClosed(used={BurdenKind.SPECIAL: 2}, overrides=1, **HERE)],
        refused={"PERIOD_NOT_OVER": {"at": AT}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(BurdenLedger, CASES)


def ledger(*events: Any) -> BurdenLedger:
    found: BurdenLedger = folded(BurdenLedger, Case(given=(OPENED, *events), when=CONSUME, then=[]))
    return found


FULL = (reserved(3, 0, uid("other")),)
BROKEN = frozenset[BurdenRule]


@pytest.mark.parametrize(("mode", "broken"), [
    ("CAP_HARD", {BurdenRule.CAP_REACHED}), ("CAP_SOFT", set()), ("MERGE_FIRST", {BurdenRule.REPEATED}),
])
def test_the_three_modes_answer_a_full_term_with_another_body_in_the_same_days(mode: str, broken: Any) -> None:
    other = slot("other", body_id=uid("city"))
    assert objections(ledger(*FULL), SLOT, [other], rules(**{"burden.mode": mode})) == broken


@pytest.mark.parametrize(("changed", "broken"), [
    ({"at": (2026, 6, 8)}, {BurdenRule.BLACKOUT}), ({"at": (2026, 6, 11)}, set()),
    ({"at": (2026, 3, 4)}, {BurdenRule.TOO_CLOSE}), ({"at": (2026, 3, 3)}, set()),
    ({"days": 4, "at": (2026, 3, 10)}, {BurdenRule.CAP_REACHED}), ({"days": 4, "kind": BurdenKind.ROUTINE}, set()),
])
def test_blackout_weeks_distance_and_caps_speak_by_the_days_and_kinds_that_count(changed: Any, broken: Any) -> None:
    near = slot("near", at=(2026, 3, 10))
    assert objections(ledger(), slot(**changed), [near], rules()) == broken


def test_a_routine_visit_counts_where_policy_says_so() -> None:
    there = rules(**{"burden.countedKinds": ["ROUTINE"], "burden.caps": {"ROUTINE": 1}})
    assert objections(None, slot(kind=BurdenKind.ROUTINE), [], there) == {BurdenRule.CAP_REACHED}


def test_an_override_lifts_every_rule_and_an_emergency_uses_nothing_up() -> None:
    full = ledger(*FULL, approved())
    assert objections(full, SLOT, [], rules()) == BROKEN()
    (event,) = full.decide(reserving(), SimpleNamespace(get=lambda _: None, given={}))  # type: ignore[arg-type]
    assert event.remaining == 0
    assert full.evolve(event).used(BurdenKind.SPECIAL) == 3
    assert ledger(*FULL, approved("LOOK_BACK"), event).used(BurdenKind.SPECIAL) == 5


def test_what_was_never_reserved_because_nobody_was_to_know_is_counted_when_it_happens() -> None:
    assert ledger(CONSUMED).used(BurdenKind.SPECIAL) == 2


@pytest.mark.parametrize(("kind", "day", "name", "first", "last"), [
    ("TERM", (2026, 3, 2), "2025-2026-2", (2026, 2, 15), (2026, 8, 31)),
    ("TERM", (2026, 1, 9), "2025-2026-1", (2025, 9, 1), (2026, 2, 14)),
    ("SCHOOL_YEAR", (2026, 9, 1), "2026-2027", (2026, 9, 1), (2027, 8, 31)),
    ("CALENDAR_YEAR", (2026, 9, 1), "2026", (2026, 1, 1), (2026, 12, 31)),
    ("MONTH", (2026, 2, 9), "2026-02", (2026, 2, 1), (2026, 2, 28)),
])
def test_a_day_lies_in_a_period_that_its_name_gives_back(
    kind: str, day: Any, name: str, first: Any, last: Any,
) -> None:
    assert named(kind, date(*day), POLICY.__getitem__) == name
    assert window_of(name, POLICY.__getitem__) == Window(from_=date(*first), to=date(*last))


@pytest.mark.parametrize("name", ["2026-2028", "今年", "2026-13", "2026-09-01/2026-02-01", "2026-02-30/2026-03-01"])
def test_what_is_no_period_is_none(name: str) -> None:
    assert window_of(name, POLICY.__getitem__) is None


def test_the_ledger_closes_by_itself_when_the_period_is_over() -> None:
    assert list(ledger().timers()) == [(OVER, said.CloseBurdenPeriod(**HERE))]
    assert list(ledger(said.BurdenPeriodClosed(used={}, overrides=0, **HERE)).timers()) == []
