"""PlenaryMeeting and Round: every row accepted, quiet, refused elsewhere and guarded."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from contracts.scheduling import plenary_meeting as met
from contracts.scheduling import round as around
from services.scheduling.domain.plenary_meeting import PlenaryMeeting
from services.scheduling.domain.round import Round
from tests.kit import cases as kit
from tests.kit.cases import Case, decide, staff, suite, uid

STREAM, COMMITTEE, OFFICE = uid("stream"), uid("committee"), uid("office")
DAY = date(2026, 3, 2)
HERE = {"committee_place": "990101", "seats": 4}
CAME = tuple(met.Attendance(person_id=uid(name)) for name in ("a", "b"))
QUORUM = {"committee.plenary.quorum": "1/2"}
OTHER = {"by": staff("sun", "other")}


def holding(*came: met.Attendance) -> met.HoldMeeting:
    return met.HoldMeeting(meeting_id=STREAM, attendance=came)


def minutes(*decisions: str, document: str = "h") -> met.FileMinutes:
    return met.FileMinutes(meeting_id=STREAM, decisions=decisions, document_hash=document)


CONVENED = met.MeetingConvened(meeting_id=STREAM, body_id=COMMITTEE, date=DAY)
LATER = met.MeetingConvened(meeting_id=STREAM, body_id=COMMITTEE, date=date(2026, 4, 1))
HELD = met.MeetingHeld(meeting_id=STREAM, attendance=CAME, quorum_met=True)
MEETINGS = [
    Case(
        when=met.ConveneMeeting(meeting_id=STREAM, body_id=COMMITTEE, date=DAY), looked_up=HERE, then=[CONVENED],
        refused={"NOT_OWN_COMMITTEE": {"looked_up": {"committee_place": "990102"}}},
    ),
    Case(
        given=[CONVENED], when=holding(*CAME), looked_up=HERE, policy=QUORUM, then=[HELD],
        refused={"NOT_YET": {"given": [LATER]}, "ATTENDANCE_MISSING": {"when": holding()}},
    ),
    Case(
        given=[CONVENED, HELD], when=minutes("年度计划"),
        then=[met.MinutesFiled(meeting_id=STREAM, decisions=("年度计划",), document_hash="h")],
        refused={
            "DOCUMENT_MISSING": {"when": minutes("年度计划", document="")},
            "DECISIONS_MISSING": {"when": minutes(" ")},
        },
    ),
    Case(
        given=[CONVENED], when=met.CancelMeeting(meeting_id=STREAM, reason="台风"),
        then=[met.MeetingCancelled(meeting_id=STREAM, reason="台风")],
        refused={"REASON_MISSING": {"when": met.CancelMeeting(meeting_id=STREAM, reason="")}},
    ),
]
(test_a_meeting_the_right_events_follow, test_a_meeting_said_again_is_quiet,
 test_a_meeting_is_refused_from_every_other_state, test_each_guard_of_a_meeting_refuses,
 test_no_row_of_a_meeting_is_without_a_test) = suite(PlenaryMeeting, MEETINGS)


@pytest.mark.parametrize(("came", "seats", "policy", "quorum"), [
    (CAME, 4, QUORUM, True), (CAME, 5, QUORUM, False), (CAME[:1] * 3, 4, QUORUM, False), (CAME, None, QUORUM, True),
    (CAME, 9, {}, True),
])
def test_the_quorum_counts_persons_against_seats_exactly(came: Any, seats: Any, policy: Any, quorum: bool) -> None:
    case = Case(given=[CONVENED], when=holding(*came), looked_up={**HERE, "seats": seats}, policy=policy, then=[])
    assert decide(PlenaryMeeting, case)[0].quorum_met is quorum


TARGETS = (uid("d1"), uid("d2"))


def opening(**changed: Any) -> around.OpenRound:
    return around.OpenRound(**{
        "round_id": STREAM, "body_id": OFFICE, "number": 3, "targets": TARGETS, **changed})


def closing(*covered: Any, reason: str | None = None) -> around.CloseRound:
    return around.CloseRound(round_id=STREAM, covered=covered, reason=reason)


OPENED = around.RoundOpened(round_id=STREAM, body_id=OFFICE, number=3, targets=TARGETS)
CLOSED = around.RoundClosed(round_id=STREAM, covered=TARGETS[:1], missing=TARGETS[1:], reason="区划调整")
ROUNDS = [
    Case(
        when=opening(), then=[OPENED],
        refused={
            "NOT_OWN_BODY": OTHER, "TARGETS_MISSING": {"when": opening(targets=())},
            "EARLIER_ROUND_OPEN": {"looked_up": {"earlier": SimpleNamespace(state="RUNNING")}},
        },
    ),
    Case(
        given=[OPENED], when=closing(TARGETS[0], reason="区划调整"), then=[CLOSED],
        refused={
            "NOT_OWN_BODY": OTHER, "NOT_OF_THE_ROUND": {"when": closing(*TARGETS, uid("d9"))},
            "NOT_COVERED": {"when": closing(TARGETS[0])},
        },
    ),
    Case(
        given=[OPENED, CLOSED], when=around.ReviewRound(round_id=STREAM, summary_hash="h"),
        then=[around.RoundReviewed(round_id=STREAM, summary_hash="h")],
        refused={
            "NOT_OWN_BODY": OTHER,
            "SUMMARY_MISSING": {"when": around.ReviewRound(round_id=STREAM, summary_hash="")},
        },
    ),
]
(test_a_round_the_right_events_follow, test_a_round_said_again_is_quiet,
 test_a_round_is_refused_from_every_other_state, test_each_guard_of_a_round_refuses,
 test_no_row_of_a_round_is_without_a_test) = suite(Round, ROUNDS)


def test_a_round_that_covered_everyone_needs_no_reason() -> None:
    assert kit.decide(Round, Case(given=[OPENED], when=closing(*TARGETS), then=[]))[0].missing == ()
