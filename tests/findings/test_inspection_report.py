"""InspectionReport: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from contracts.findings import inspection_report as said
from contracts.record import event_id
from contracts.values import PublicationChannel
from services.findings.domain.inspection_report import InspectionReport
from tests.kit.cases import AT, TIMER, Case, decide, folded, staff, suite, uid

REPORT, ACTIVITY, OFFICE, CITY, GOVERNMENT = (
    uid("stream"), uid("activity"), uid("office"), uid("city"), uid("government"))
PHOTO = uid("photo")
REVIEW = AT + timedelta(days=30)
DONE: dict[str, Any] = {
    "activity": SimpleNamespace(state="FIELDWORK_DONE", body_id=OFFICE), "upper_body_id": CITY,
    "upper_of_organiser": CITY, "registered_recipients": (GOVERNMENT,), "to_redact": (PHOTO,),
}
OWN = {**DONE, "about_own_department": True}
ELSEWHERE = {"by": staff(body="city")}
PORTAL = {"report.channels.required": ["PORTAL"], "report.channels": ["PORTAL", "PRESS"]}


def publishing(*channels: str, redactions: tuple[str, ...] = (f"{PHOTO}：隐去学生姓名",)) -> said.PublishReport:
    named = tuple(map(PublicationChannel, channels))
    return said.PublishReport(report_id=REPORT, channels=named, redactions=redactions)


def withholding(
    reason: str = "涉密", authority: str = "县政府决定", review_at: Any = REVIEW,
) -> said.WithholdPublication:
    return said.WithholdPublication(report_id=REPORT, reason=reason, authority=authority, review_at=review_at)


def published(**changed: Any) -> said.ReportPublished:
    return said.ReportPublished(**{
        "report_id": REPORT, "organiser_body_id": OFFICE, "publisher_body_id": OFFICE,
        "channels": (PublicationChannel.PORTAL,), "redactions": (f"{PHOTO}：隐去学生姓名",), "published_at": AT,
        **changed})


DRAFTED = said.ReportDrafted(report_id=REPORT, activity_id=ACTIVITY)
APPROVED = said.ReportApproved(
    report_id=REPORT, approver_id=uid("li"), version=1, document_hash="h", activity_id=ACTIVITY)
WITHHELD = said.ReportPublicationWithheld(
    report_id=REPORT, reason="涉密", authority="县政府决定", review_at=REVIEW)
LAPSED = said.PublicationReviewLapsed(report_id=REPORT, due_at=REVIEW)
READY, HELD, OUT = [DRAFTED, APPROVED], [DRAFTED, APPROVED, WITHHELD], [DRAFTED, APPROVED, published()]
APPROVE = said.ApproveReport(report_id=REPORT, document_hash="h")
LAPSE = said.LapsePublicationReview(report_id=REPORT, due_at=REVIEW)

PUBLISH_REFUSED: dict[str, Any] = {
    "INSPECTED_DEPARTMENT": {"looked_up": OWN},
    "PUBLISHER_NOT_ORGANISER": ELSEWHERE,
    "CHANNELS_MISSING": {"when": publishing()},
    "REQUIRED_CHANNEL_MISSING": {"when": publishing("PRESS")},
    "CHANNEL_NOT_ALLOWED": {"when": publishing("PORTAL", "MICROBLOG")},
    "REDACTION_MISSING": {"when": publishing("PORTAL", redactions=("隐去姓名",))},
}
WITHHOLD_REFUSED: dict[str, Any] = {
    "INSPECTED_DEPARTMENT": {"looked_up": OWN},
    "NOT_ORGANISER": ELSEWHERE,
    "REASON_MISSING": {"when": withholding(reason=" ")},
    "AUTHORITY_MISSING": {"when": withholding(authority=" ")},
    "DATE_PAST": {"when": withholding(review_at=AT)},
}

CASES = [
    Case(
        when=said.DraftReport(report_id=REPORT, activity_id=ACTIVITY), looked_up=DONE, then=[DRAFTED],
        refused={"FIELDWORK_NOT_DONE": {"looked_up": {"activity": SimpleNamespace(state="IN_PROGRESS")}}},
    ),
    Case(
        given=[DRAFTED], when=APPROVE, looked_up=DONE, then=[APPROVED],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN}, "NOT_ORGANISER": ELSEWHERE,
            "DOCUMENT_MISSING": {"when": said.ApproveReport(report_id=REPORT, document_hash=" ")},
        },
    ),
    Case(
        given=READY, when=said.SubmitToGovernment(report_id=REPORT), looked_up=DONE,
        then=[said.ReportSubmittedToGovernment(report_id=REPORT, to_body_ids=(GOVERNMENT,))],
        refused={
            "NOT_ORGANISER": ELSEWHERE,
            "RECIPIENTS_UNKNOWN": {"looked_up": {**DONE, "registered_recipients": ()}},
            "RECIPIENT_MISSING": {"when": said.SubmitToGovernment(report_id=REPORT, to_body_ids=(CITY,))},
        },
    ),
    Case(
        given=READY, when=said.FileReportUpward(report_id=REPORT), looked_up=DONE,
        then=[said.ReportFiledUpward(report_id=REPORT, to_body_id=CITY)],
        refused={
            "NOT_ORGANISER": ELSEWHERE,
            "UPPER_BODY_UNKNOWN": {"looked_up": {**DONE, "upper_body_id": None}},
            "NOT_NEXT_UPPER_BODY": {"when": said.FileReportUpward(report_id=REPORT, to_body_id=GOVERNMENT)},
        },
    ),
    Case(given=READY, when=publishing("PORTAL"), policy=PORTAL, looked_up=DONE, then=[published()],
         refused=PUBLISH_REFUSED),
    Case(given=HELD, when=publishing("PORTAL"), policy=PORTAL, looked_up=DONE, then=[published()]),
    Case(given=READY, when=withholding(), looked_up=DONE, then=[WITHHELD], refused=WITHHOLD_REFUSED),
    Case(
        given=HELD, when=withholding("仍涉密", review_at=REVIEW + timedelta(days=30)), looked_up=DONE,
        then=[said.ReportPublicationWithheld(
            report_id=REPORT, reason="仍涉密", authority="县政府决定", review_at=REVIEW + timedelta(days=30))],
    ),
    Case(given=HELD, by=TIMER, at=REVIEW, when=LAPSE, then=[LAPSED]),
    Case(
        given=OUT, when=said.CorrectReport(report_id=REPORT, changes=("第3页人数",)), looked_up=DONE,
        then=[said.ReportCorrected(report_id=REPORT, corrects_event_id=event_id(REPORT, 3), changes=("第3页人数",))],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN}, "NOT_ORGANISER": ELSEWHERE,
            "CHANGES_MISSING": {"when": said.CorrectReport(report_id=REPORT, changes=(" ",))},
        },
    ),
    Case(
        given=OUT, when=said.RetractReport(report_id=REPORT, reason="有误"), looked_up=DONE,
        then=[said.ReportRetracted(report_id=REPORT, reason="有误")],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN}, "NOT_ORGANISER": ELSEWHERE,
            "REASON_MISSING": {"when": said.RetractReport(report_id=REPORT, reason=" ")},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(InspectionReport, CASES)


def report(*given: Any) -> Any:
    return folded(InspectionReport, Case(given=given, when=APPROVE, then=[]))


def test_the_review_date_stands_until_it_lapsed_once_or_the_report_is_out() -> None:
    assert list(report(*HELD).timers()) == [(REVIEW, LAPSE)]
    assert list(report(*HELD, LAPSED).timers()) == []
    assert list(report(*HELD, published()).timers()) == []


def test_a_review_that_was_moved_does_not_lapse_at_its_old_date() -> None:
    moved = said.ReportPublicationWithheld(
        report_id=REPORT, reason="仍涉密", authority="决定", review_at=REVIEW + timedelta(days=9))
    case = Case(given=[*HELD, moved], by=TIMER, at=REVIEW, when=LAPSE, then=[])
    assert decide(InspectionReport, case) == ()


def test_where_a_place_says_so_the_upper_body_publishes_and_the_organiser_stays_named() -> None:
    allowed = {**PORTAL, "report.publication.by": "ORGANISER_OR_UPPER"}
    case = Case(given=READY, when=publishing("PORTAL"), policy=allowed, looked_up=DONE, by=staff(body="city"), then=[])
    (made,) = decide(InspectionReport, case)
    assert made == published(publisher_body_id=CITY)
