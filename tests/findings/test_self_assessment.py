"""SelfAssessment: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from typing import Any

from contracts.findings import self_assessment as said
from services.findings.domain.self_assessment import SelfAssessment
from tests.kit.cases import AT, TIMER, Case, decide, folded, staff, suite, uid, unit_user

UNIT = uid("s1")
ASSESSMENT = uid("stream")
DUE = AT + timedelta(days=20)
SCORED: dict[str, Any] = {
    "indicator_codes": frozenset({"A", "A1", "A2"}), "indicator_leaves": frozenset({"A1", "A2"}),
    "head_of_unit": uid("zhao"),
}
MINE: dict[str, Any] = {"at_or_above_owner": True, "unit_kind": "SCHOOL", "upper_body_id": uid("city")}
OWN = {**MINE, "about_own_department": True}
LOWER = {**MINE, "at_or_above_owner": False}
GOVERNMENT = {"unit_kind": "GOVERNMENT", "government_is_own": True}


def opening(**changed: Any) -> said.OpenSelfAssessment:
    return said.OpenSelfAssessment(**{
        "assessment_id": ASSESSMENT, "unit_id": UNIT, "indicator_version": "2026", "period": "2026", "due_at": DUE,
        **changed})


def submitting(scores: dict[str, str] | None = None, signed_by: str = "zhao") -> said.SubmitSelfAssessment:
    found = {"A1": "9.5", "A2": "8"} if scores is None else scores
    return said.SubmitSelfAssessment(assessment_id=ASSESSMENT, scores=found, signed_by=uid(signed_by))


def prefilling(*elements: str) -> said.PrefillSelfAssessment:
    return said.PrefillSelfAssessment(assessment_id=ASSESSMENT, elements=elements)


OPENED = said.SelfAssessmentOpened(
    assessment_id=ASSESSMENT, unit_id=UNIT, indicator_version="2026", period="2026", due_at=DUE)
SUBMITTED = said.SelfAssessmentSubmitted(
    assessment_id=ASSESSMENT, scores={"A1": "9.5", "A2": "8"}, signed_by=uid("zhao"))
DIFF = said.ScoreDifference(indicator_code="A1", own="9.5", audited="7")
AUDITED = said.SelfAssessmentAudited(assessment_id=ASSESSMENT, auditor_id=uid("li"), diffs=(DIFF,))
ACCEPTED = said.SelfAssessmentAccepted(assessment_id=ASSESSMENT)
LAPSED = said.SelfAssessmentLapsed(assessment_id=ASSESSMENT, due_at=DUE)
LAPSE = said.LapseSelfAssessment(assessment_id=ASSESSMENT, due_at=DUE)
RETURN = said.ReturnSelfAssessment(assessment_id=ASSESSMENT, reason="缺附件")
APPROVE = said.ApproveByGovernment(assessment_id=ASSESSMENT, government_body_id=uid("government"))
APPROVED = said.SelfAssessmentApprovedByGovernment(assessment_id=ASSESSMENT, government_body_id=uid("government"))
KNOWN = {"collected": {"students": uid("record")}}

CASES = [
    Case(
        when=opening(), then=[OPENED],
        refused={
            "INDICATOR_VERSION_MISSING": {"when": opening(indicator_version=" ")},
            "PERIOD_MISSING": {"when": opening(period="")}, "DATE_PAST": {"when": opening(due_at=AT)},
        },
    ),
    Case(
        given=[OPENED], by=unit_user(), when=prefilling("students"), looked_up=KNOWN,
        then=[said.SelfAssessmentPrefilled(
            assessment_id=ASSESSMENT, elements=("students",), reused_from=(uid("record"),))],
        refused={
            "UNIT_FOREIGN": {"by": unit_user(unit="s2")}, "ELEMENTS_MISSING": {"when": prefilling()},
            "ELEMENT_NOT_COLLECTED": {"when": prefilling("students", "teachers")},
        },
    ),
    Case(
        given=[OPENED], by=unit_user(), when=submitting(), looked_up=SCORED, then=[SUBMITTED],
        refused={
            "NOT_OF_UNIT": {"by": staff()}, "SCORES_MISSING": {"when": submitting({}), "looked_up": {}},
            "SCORES_INCOMPLETE": {"when": submitting({"A1": "9"})},
            "INDICATORS_OF_ANOTHER_VERSION": {"when": submitting({"A1": "9", "A2": "8", "B7": "1"})},
            "SCORE_UNREADABLE": {"when": submitting({"A1": "9", "A2": "很好"})},
            "SIGNER_NOT_HEAD": {"when": submitting(signed_by="qian")},
        },
    ),
    Case(given=[OPENED], by=TIMER, at=DUE, when=LAPSE, then=[LAPSED]),
    Case(
        given=[OPENED, SUBMITTED], when=APPROVE, looked_up=GOVERNMENT, then=[APPROVED],
        refused={
            "NOT_A_GOVERNMENT": {"looked_up": MINE},
            "NOT_OWN_GOVERNMENT": {"looked_up": {**GOVERNMENT, "government_is_own": False}},
        },
    ),
    Case(
        given=[OPENED, SUBMITTED], looked_up=MINE, then=[AUDITED],
        when=said.AuditSelfAssessment(assessment_id=ASSESSMENT, diffs=(DIFF,)),
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN}, "BELOW_OWNER": {"looked_up": LOWER},
            "AUDITOR_IS_AUTHOR": {"by": staff("zhao")},
        },
    ),
    Case(
        given=[OPENED, SUBMITTED, AUDITED], when=RETURN, looked_up=MINE,
        then=[said.SelfAssessmentReturned(assessment_id=ASSESSMENT, reason="缺附件")],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN}, "BELOW_OWNER": {"looked_up": LOWER},
            "REASON_MISSING": {"when": said.ReturnSelfAssessment(assessment_id=ASSESSMENT, reason=" ")},
        },
    ),
    Case(
        given=[OPENED, SUBMITTED, AUDITED], when=said.AcceptSelfAssessment(assessment_id=ASSESSMENT),
        looked_up=MINE, then=[ACCEPTED],
        refused={"INSPECTED_DEPARTMENT": {"looked_up": OWN}, "BELOW_OWNER": {"looked_up": LOWER}},
    ),
    Case(
        given=[OPENED, SUBMITTED, AUDITED, ACCEPTED], when=said.SubmitUpward(assessment_id=ASSESSMENT), looked_up=MINE,
        then=[said.SelfAssessmentSubmittedUpward(assessment_id=ASSESSMENT, to_body_id=uid("city"))],
        refused={
            "BELOW_OWNER": {"looked_up": LOWER},
            "GOVERNMENT_APPROVAL_MISSING": {"looked_up": {**MINE, "unit_kind": "GOVERNMENT"}},
            "UPPER_BODY_UNKNOWN": {"looked_up": {"at_or_above_owner": True}},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(SelfAssessment, CASES)


def made(*given: Any) -> Any:
    return folded(SelfAssessment, Case(given=given, when=LAPSE, then=[]))


def test_the_deadline_lapses_once_and_not_after_the_report_came() -> None:
    assert list(made(OPENED).timers()) == [(DUE, LAPSE)]
    assert list(made(OPENED, LAPSED).timers()) == []
    assert list(made(OPENED, SUBMITTED).timers()) == []


def test_a_late_self_assessment_is_still_taken() -> None:
    case = Case(given=[OPENED, LAPSED], by=unit_user(), when=submitting(), looked_up=SCORED, then=[])
    assert decide(SelfAssessment, case) == (SUBMITTED,)


def test_what_was_returned_is_approved_anew() -> None:
    returned = said.SelfAssessmentReturned(assessment_id=ASSESSMENT, reason="缺附件")
    assert made(OPENED, SUBMITTED, APPROVED, returned).government_body_id is None


def test_an_audit_without_differences_is_an_audit() -> None:
    case = Case(given=[OPENED, SUBMITTED], looked_up=MINE, then=[],
                when=said.AuditSelfAssessment(assessment_id=ASSESSMENT))
    assert decide(SelfAssessment, case) == (
        said.SelfAssessmentAudited(assessment_id=ASSESSMENT, auditor_id=uid("li"), diffs=()),)
