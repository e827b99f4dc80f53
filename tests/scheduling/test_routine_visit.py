"""RoutineVisit: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.scheduling import routine_visit as said
from contracts.values import Function, Tier, Window
from services.chassis.calendar import CHINA_TIME
from services.scheduling.copies import Badge, Inspector
from services.scheduling.domain.routine_visit import RoutineVisit
from tests.kit.cases import AT, TIMER, Case, decide, folded, staff, suite, uid

VISIT, SCHOOL, WANG = uid("stream"), uid("s1"), uid("wang")
WEEK = Window(from_=date(2026, 3, 2), to=date(2026, 3, 6))
OVER = datetime(2026, 3, 7, tzinfo=CHINA_TIME)
VALID = Badge(valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
OTHER = {"by": staff("sun")}
ME: dict[str, Any] = {"by": staff("wang")}


def card(*badges: Badge) -> dict[str, Any]:
    return {"team": {WANG: Inspector(inspector_id=WANG, body_id=uid("office"), tier=Tier.COUNTY, state="ACTIVE",
                                     functions=(Function.SCHOOL,), badges=badges)}}


def scheduling(window: Window = WEEK) -> said.ScheduleVisit:
    return said.ScheduleVisit(visit_id=VISIT, school_id=SCHOOL, inspector_id=WANG, window=window)


def checking(**changed: Any) -> said.CheckIn:
    return said.CheckIn(**{"visit_id": VISIT, "place": "校门口", **changed})


SCHEDULED = said.VisitScheduled(visit_id=VISIT, school_id=SCHOOL, inspector_id=WANG, window=WEEK)
SEEN = said.VisitCheckedIn(visit_id=VISIT, occurred_at=AT, place="校门口", inspector_id=WANG)
RECORDED = said.VisitRecorded(visit_id=VISIT, items_seen=("食堂",), problems=())
MISSED = said.VisitMissed(visit_id=VISIT, reason=said.MissReason.WINDOW_OVER)
REPORT = said.ReportVisit(visit_id=VISIT, report_hash="h")
PROMPTLY = {"window.promptly": {"amount": 2, "calendar": "WORKING_DAYS"}}
CARDLESS = {"looked_up": card()}
NO_PLACE = {"when": checking(place=" ")}

CASES = [
    Case(
        when=scheduling(), looked_up={"listed": {WANG}}, then=[SCHEDULED],
        refused={
            "WINDOW_REVERSED": {"when": scheduling(Window(from_=WEEK.to, to=WEEK.from_))},
            "NOT_LISTED": {"looked_up": {"listed": {uid("li")}}},
        },
    ),
    Case(
        given=[SCHEDULED], when=checking(), looked_up=card(VALID), then=[SEEN], **ME,
        refused={"NOT_THE_INSPECTOR": OTHER, "MEMBER_WITHOUT_CREDENTIAL": CARDLESS, "PLACE_MISSING": NO_PLACE},
    ),
    Case(
        given=[SCHEDULED, MISSED], when=checking(offline=True), looked_up=card(VALID), **ME,
        then=[said.VisitCheckedIn(visit_id=VISIT, occurred_at=AT, place="校门口", inspector_id=WANG, offline=True)],
        refused={
            "NOT_THE_INSPECTOR": OTHER,
            "NOT_WITHIN_WINDOW": {"at": datetime(2026, 3, 9, tzinfo=UTC)},
            "MEMBER_WITHOUT_CREDENTIAL": CARDLESS,
            "PLACE_MISSING": {"when": checking(away_reason="")},
        },
    ),
    Case(
        given=[SCHEDULED, SEEN], when=said.RecordVisit(visit_id=VISIT, items_seen=("食堂",)), then=[RECORDED], **ME,
        refused={
            "NOT_THE_INSPECTOR": OTHER,
            "ITEMS_MISSING": {"when": said.RecordVisit(visit_id=VISIT, items_seen=(" ",))},
        },
    ),
    Case(
        given=[SCHEDULED, SEEN, RECORDED], when=REPORT, policy=PROMPTLY, **ME,
        then=[said.VisitReported(visit_id=VISIT, report_hash="h", late=False)],
        refused={
            "NOT_THE_INSPECTOR": OTHER,
            "REPORT_MISSING": {"when": said.ReportVisit(visit_id=VISIT, report_hash="")},
        },
    ),
    Case(
        given=[SCHEDULED], when=said.MissVisit(visit_id=VISIT), by=TIMER, at=OVER, then=[MISSED],
        refused={"WINDOW_NOT_OVER": {"at": OVER - timedelta(seconds=1)}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(RoutineVisit, CASES)


@pytest.mark.parametrize(("days", "policy", "late"), [(0, PROMPTLY, False), (4, PROMPTLY, True), (4, {}, False)])
def test_a_report_is_late_by_what_the_place_calls_promptly(days: int, policy: Any, late: bool) -> None:
    case = Case(given=[SCHEDULED, SEEN, RECORDED], when=REPORT, policy=policy, at=AT + timedelta(days=days), then=[],
                **ME)
    assert decide(RoutineVisit, case)[0].late is late


def test_the_clock_waits_for_the_window_until_somebody_came() -> None:
    histories = ([SCHEDULED], [SCHEDULED, SEEN], [SCHEDULED, MISSED])
    found = [list(folded(RoutineVisit, Case(given=g, when=REPORT, then=[])).timers()) for g in histories]
    assert found == [[(OVER, said.MissVisit(visit_id=VISIT))], [], []]


def test_a_closed_school_is_known_before_the_window_is_over() -> None:
    miss = said.MissVisit(visit_id=VISIT, reason=said.MissReason.SCHOOL_CLOSED)
    assert decide(RoutineVisit, Case(given=[SCHEDULED], when=miss, then=[]))[0].reason is said.MissReason.SCHOOL_CLOSED
