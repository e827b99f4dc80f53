"""Assessment: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts.personnel import assessment as said
from contracts.personnel.assessment import AssessmentDimension, AssessmentGrade, AssessmentKind, ContestOutcome
from contracts.values import Role
from services.personnel.domain.assessment import Assessment
from services.personnel.domain.assessment_guards import years_of
from tests.kit.cases import AT, Case, folded, staff, suite, uid

ID, WANG, OFFICE = uid("stream"), uid("wang"), uid("office")
SELF = staff("wang", role=Role.INSPECTOR)
OTHER = {"by": staff("chen", role=Role.INSPECTOR)}
SCORES = dict.fromkeys(AssessmentDimension, 85)
WEIHAI = {"assessment.dimensions": [dimension.value for dimension in AssessmentDimension]}
WINDOW = {"assessment.contest.window": {"amount": 10, "calendar": "WORKING_DAYS"}}
RESULTS = {"activities": 2, "days": 6, "findings": 3}
OWN: dict[str, Any] = {"own_tier": True, "assessor_body_id": OFFICE}

OPENED = said.AssessmentOpened(
    assessment_id=ID, inspector_id=WANG, kind=AssessmentKind.ANNUAL, period="2026", standard_version="v1")
REPORTED = said.AssessmentSelfReported(assessment_id=ID, document_hash="d1")
SCORED = said.AssessmentScored(assessment_id=ID, dimensions=SCORES, actual_results=RESULTS)
CONFIRMED = said.AssessmentConfirmed(
    assessment_id=ID, grade=AssessmentGrade.UNQUALIFIED, assessor_body_id=OFFICE, inspector_id=WANG,
    kind=AssessmentKind.ANNUAL)
CONTESTED = said.AssessmentContested(assessment_id=ID, text="实绩有遗漏")
DECIDED = said.AssessmentContestDecided(
    assessment_id=ID, outcome=ContestOutcome.CHANGED, reasons="补计两项", new_grade=AssessmentGrade.QUALIFIED)
DONE = (OPENED, REPORTED, SCORED, CONFIRMED)


def opening(**changed: Any) -> said.OpenAssessment:
    return said.OpenAssessment(**{
        "assessment_id": ID, "inspector_id": WANG, "kind": AssessmentKind.ANNUAL, "period": "2026",
        "standard_version": "v1", **changed,
    })


def scoring(dimensions: dict[AssessmentDimension, int]) -> said.ScoreAssessment:
    return said.ScoreAssessment(assessment_id=ID, dimensions=dimensions)


def deciding(**changed: Any) -> said.DecideContest:
    return said.DecideContest(**{
        "assessment_id": ID, "outcome": ContestOutcome.CHANGED, "reasons": "补计两项",
        "new_grade": AssessmentGrade.QUALIFIED, **changed,
    })


CASES = [
    Case(when=opening(), looked_up={"inspector_state": "ACTIVE"}, then=[OPENED], refused={
        "NOT_IN_SERVICE": {"looked_up": {"inspector_state": "QUALIFIED"}},
        "STANDARD_MISSING": {"when": opening(standard_version="")},
        "PERIOD_UNCLEAR": {"when": opening(period="今年")},
    }),
    Case(given=[OPENED], by=SELF, when=said.SubmitSelfReport(assessment_id=ID, document_hash="d1"), then=[REPORTED],
         refused={"NOT_ONESELF": OTHER}),
    Case(given=[OPENED, REPORTED], when=scoring(SCORES), policy=WEIHAI, looked_up={"actual_results": RESULTS},
         then=[SCORED], refused={
        "DIMENSIONS_MISSING": {"when": scoring({AssessmentDimension.ABILITY: 80})},
        "SCORE_OUT_OF_RANGE": {"when": scoring(dict.fromkeys(AssessmentDimension, 101))},
    }),
    Case(given=[OPENED, REPORTED, SCORED], looked_up=OWN, then=[CONFIRMED],
         when=said.ConfirmAssessment(assessment_id=ID, grade=AssessmentGrade.UNQUALIFIED),
         refused={"NOT_OWN_TIER": {"looked_up": {"own_tier": False}}}),
    Case(given=DONE, by=SELF, policy=WINDOW, looked_up={"confirmed_at": AT}, then=[CONTESTED],
         when=said.ContestAssessment(assessment_id=ID, text="实绩有遗漏"), refused={
        "NOT_ONESELF": OTHER,
        "ALREADY_CONTESTED": {"given": (*DONE, CONTESTED, DECIDED)},
        "CONTEST_TOO_LATE": {"at": datetime(2026, 3, 16, 16, tzinfo=UTC)},
        "TEXT_MISSING": {"when": said.ContestAssessment(assessment_id=ID, text=" ")},
    }),
    Case(given=(*DONE, CONTESTED), when=deciding(), looked_up=OWN, then=[DECIDED], refused={
        "NOT_OWN_TIER": {"looked_up": {"own_tier": False}},
        "NOT_CONTESTED": {"given": DONE},
        "REASONS_MISSING": {"when": deciding(reasons="")},
        "NEW_GRADE_MISSING": {"when": deciding(new_grade=None)},
    }),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Assessment, CASES)


def test_a_grade_that_was_changed_is_the_grade() -> None:
    made = folded(Assessment, Case(given=(*DONE, CONTESTED, DECIDED), when=deciding(), then=[]))
    assert (made.grade, made.contested) == (AssessmentGrade.QUALIFIED, False)


@pytest.mark.parametrize(("period", "years"), [
    ("2026", [2026]), ("2024-2026", [2024, 2025, 2026]), ("2026 上半年", [2026]), ("", []), ("26", []),
])
def test_a_period_names_its_years(period: str, years: list[int]) -> None:
    assert list(years_of(period)) == years
