"""InternalSupervisionReport: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.findings import internal_supervision_report as said
from contracts.findings.internal_supervision_report import InternalChannel
from services.findings.domain.internal_supervision_report import InternalSupervisionReport
from tests.kit.cases import AT, Case, staff, suite, uid, unit_user

REPORT, SCHOOL = uid("stream"), uid("s1")
BOTH = {"internalReport.channels.required": ["CAMPUS_NETWORK", "NOTICE_BOARD"]}
NETWORK, BOARD = InternalChannel.CAMPUS_NETWORK, InternalChannel.NOTICE_BOARD
OTHERS: dict[str, Any] = {"NOT_OF_SCHOOL": {"by": unit_user(unit="s2")}}


def drafting(year: int = 2026, **more: Any) -> said.DraftInternalReport:
    return said.DraftInternalReport(report_id=REPORT, school_id=SCHOOL, year=year, **more)


def posting(*channels: InternalChannel, photo: str | None = "p") -> said.PostInternalReport:
    return said.PostInternalReport(
        report_id=REPORT, channels=channels, urls=("https://example.org/bg",), photo_hash=photo)


def reviewing(score: int = 80) -> said.ReviewInternalReport:
    return said.ReviewInternalReport(report_id=REPORT, use_of_results_score=score)


DRAFTED = said.InternalReportDrafted(report_id=REPORT, school_id=SCHOOL, year=2026)
FINAL = said.InternalReportFinalised(report_id=REPORT, approved_by=uid("zhao"), document_hash="h")
POSTED = said.InternalReportPosted(
    report_id=REPORT, channels=(NETWORK, BOARD), urls=("https://example.org/bg",), photo_hash="p", posted_at=AT)

CASES = [
    Case(
        when=drafting(), by=unit_user(), looked_up={"school_type": "PRIMARY"}, then=[DRAFTED],
        refused={
            **OTHERS, "YEAR_IN_FUTURE": {"when": drafting(2027)},
            "FACULTY_NOT_OF_UNIVERSITY": {"when": drafting(faculty_id=uid("faculty"))},
        },
    ),
    Case(
        given=[DRAFTED], by=unit_user(), then=[FINAL],
        when=said.FinaliseInternalReport(report_id=REPORT, document_hash="h"),
        refused={
            **OTHERS,
            "DOCUMENT_MISSING": {"when": said.FinaliseInternalReport(report_id=REPORT, document_hash="")},
        },
    ),
    Case(
        given=[DRAFTED, FINAL], by=unit_user(), policy=BOTH, when=posting(NETWORK, BOARD), then=[POSTED],
        refused={
            **OTHERS, "POSTING_CHANNEL_MISSING": {"when": posting(NETWORK)},
            "POSTING_UNPROVEN": {"when": posting(NETWORK, BOARD, photo=None)},
        },
    ),
    Case(
        given=[DRAFTED, FINAL, POSTED], when=reviewing(),
        then=[said.InternalReportReviewed(report_id=REPORT, reviewer_body_id=uid("office"), use_of_results_score=80)],
        refused={"REVIEWER_IS_SCHOOL": {"by": staff(), "looked_up": {"about_own_department": True}},
                 "SCORE_OUT_OF_RANGE": {"when": reviewing(101)}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test,
 ) = suite(InternalSupervisionReport, CASES)
