"""CoverageObligation: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from contracts.registry.policy_document import Modality
from contracts.scheduling import coverage_obligation as said
from contracts.values import Window
from services.chassis.calendar import CHINA_TIME
from services.chassis.life_cycle import Refused
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.domain.obligation_guards import Deed
from tests.kit.cases import AT, TIMER, Case, decide, folded, staff, suite, uid

OWED, SCHOOL, ACTIVITY = uid("stream"), uid("s1"), uid("activity")
YEAR = Window(from_=date(2025, 9, 1), to=date(2026, 8, 31))
OVER = datetime(2026, 9, 1, tzinfo=CHINA_TIME)
Kind, Anchor = said.ObligationKind, said.ObligationAnchor
WEIHAI = {"cycle.comprehensive.school": {"anchor": "SCHOOL_YEAR", "count": 1}}
WINDOW = {"window": YEAR}


def opening(kind: Any = Kind.COMPREHENSIVE_SCHOOL, anchor: Any = Anchor.SCHOOL_YEAR) -> said.OpenObligation:
    return said.OpenObligation(obligation_id=OWED, kind=kind, unit_id=SCHOOL, anchor=anchor, anchor_ref="2025-2026")


def opened(modality: Modality = Modality.IN_PRINCIPLE) -> said.ObligationOpened:
    return said.ObligationOpened(
        obligation_id=OWED, kind=Kind.COMPREHENSIVE_SCHOOL, unit_id=SCHOOL, anchor=Anchor.SCHOOL_YEAR,
        anchor_ref="2025-2026", window_from=YEAR.from_, window_to=YEAR.to, modality=modality)


def deed(concerns: Any = SCHOOL, fits: bool = True, done: bool = True, on: Any = date(2026, 3, 2)) -> dict[str, Any]:
    return {"looked_up": {"deed": Deed(frozenset({concerns}), fits, done, on)}}


def waiving(reason: str = "山区封路", approver: str = "director") -> said.WaiveObligation:
    return said.WaiveObligation(obligation_id=OWED, reason=reason, approver_id=uid(approver))


def moving(window: Window | None) -> said.ReanchorObligation:
    return said.ReanchorObligation(
        obligation_id=OWED, cause=said.ReanchorCause.PRINCIPAL_LEFT_EARLY, new_window=window)


SCHEDULED = said.ObligationScheduled(obligation_id=OWED, activity_id=ACTIVITY)
SOON = Window(from_=date(2026, 1, 1), to=date(2026, 4, 30))

CASES = [
    Case(
        when=opening(), policy=WEIHAI, looked_up=WINDOW, then=[opened(Modality.DECLARED)],
        refused={
            "ANCHOR_NOT_OF_POLICY": {"when": opening(anchor=Anchor.PRINCIPAL_TERM)},
            "WINDOW_UNKNOWN": {"looked_up": {"window": None}},
        },
    ),
    Case(
        given=[opened()], when=said.ScheduleObligation(obligation_id=OWED, activity_id=ACTIVITY), then=[SCHEDULED],
        **deed(done=False, on=None), refused={"ACTIVITY_UNFIT": deed(concerns=uid("s2"))},
    ),
    Case(
        given=[opened(), SCHEDULED], when=said.SatisfyObligation(obligation_id=OWED, activity_id=ACTIVITY), **deed(),
        then=[said.ObligationSatisfied(obligation_id=OWED, activity_id=ACTIVITY, at=AT)],
        refused={
            "ACTIVITY_UNFIT": deed(fits=False), "NOT_DONE": deed(done=False),
            "OUTSIDE_WINDOW": deed(on=date(2025, 8, 31)),
        },
    ),
    Case(
        given=[opened()], when=waiving(),
        then=[said.ObligationWaived(obligation_id=OWED, reason="山区封路", approver_id=uid("director"))],
        refused={
            "APPROVER_IS_REQUESTER": {"by": staff("director")},
            "NOT_IN_PRINCIPLE": {"given": [opened(Modality.MUST)]},
            "REASON_MISSING": {"when": waiving(reason="")},
        },
    ),
    Case(
        given=[opened(), SCHEDULED], when=moving(SOON),
        then=[said.ObligationReanchored(
            obligation_id=OWED, new_window=SOON, cause=said.ReanchorCause.PRINCIPAL_LEFT_EARLY)],
        refused={
            "NEW_WINDOW_UNKNOWN": {"when": moving(Window(from_=SOON.to, to=SOON.from_))},
            "SUCCESSOR_NOT_NAMED": {"when": msgspec.structs.replace(moving(SOON), to_unit_id=uid("s2"))},
        },
    ),
    Case(
        given=[opened()], by=TIMER, at=OVER, when=said.LapseObligation(obligation_id=OWED, at=OVER),
        then=[said.ObligationLapsed(obligation_id=OWED, at=OVER)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(CoverageObligation, CASES)


@pytest.mark.parametrize(("kind", "anchor", "policy", "fits"), [
    ("COMPREHENSIVE_SCHOOL", "INCIDENT", WEIHAI, True),
    ("PLENARY_MEETING", "CALENDAR_YEAR", {"committee.plenary.minPerYear": 1}, True),
    ("PLENARY_MEETING", "TERM", {"committee.plenary.minPerYear": 1}, False),
    ("ROUTINE_VISIT", "MONTH", {"cycle.routineVisit": {"anchor": "TERM", "min": 2}}, True),
    ("ROUTINE_VISIT", "SCHOOL_YEAR", {"cycle.routineVisit": {"anchor": "TERM", "min": 2}}, False),
    ("GOVERNMENT", "ROUND", {"cycle.government": {"anchor": "REGULAR"}}, True),
    ("INTERNAL_SUPERVISION", "TERM", {}, True),
])
def test_policy_says_to_what_an_obligation_is_anchored(kind: str, anchor: str, policy: Any, fits: bool) -> None:
    case = Case(when=opening(Kind(kind), Anchor(anchor)), policy=policy, looked_up=WINDOW, then=[])
    if fits:
        assert decide(CoverageObligation, case)
        return
    with pytest.raises(Refused, match="ANCHOR_NOT_OF_POLICY"):
        decide(CoverageObligation, case)


def test_the_clock_follows_the_window() -> None:
    moved = said.ObligationReanchored(obligation_id=OWED, new_window=SOON, cause=said.ReanchorCause.TERM_EXTENDED)
    owed = folded(CoverageObligation, Case(given=[opened(), SCHEDULED, moved], when=moving(SOON), then=[]))
    ((due, command),) = owed.timers()
    assert due == datetime(2026, 5, 1, tzinfo=CHINA_TIME) and owed.state == "OPEN" and owed.activity_id is None
    late = Case(given=[opened(), moved], by=TIMER, at=OVER, then=[],
                when=said.LapseObligation(obligation_id=OWED, at=OVER))
    assert decide(CoverageObligation, late) == () and command.at == due


def test_nothing_moves_when_nothing_changes() -> None:
    assert decide(CoverageObligation, Case(given=[opened()], when=moving(YEAR), then=[])) == ()
