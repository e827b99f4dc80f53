"""DutyEvaluation: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.findings import duty_evaluation as said
from contracts.findings.duty_evaluation import EvaluationGrade as Grade
from contracts.record import event_id
from contracts.values import PublicationChannel
from services.findings.domain.duty_evaluation import DutyEvaluation
from tests.kit.cases import Case, decide, staff, suite, uid

TARGET, ROUND = uid("county"), uid("round")
EVALUATION = uid("stream")
SCALE: dict[str, Any] = {
    "evaluation.grades": ["GOOD", "QUALIFIED", "UNQUALIFIED"],
    "evaluation.firstStage.by": {"COUNTY_GOVERNMENT": "CITY"}, "report.channels": ["PORTAL"],
}
CITY: dict[str, Any] = {
    "acting_tier": "CITY", "target_level": "COUNTY_GOVERNMENT", "indicator_codes": frozenset({"A1"}),
    "at_or_above_owner": True,
}
PROVINCE = {"above_first_stage": True, "drawn": True}
OWN = {"about_own_department": True}
LEADER, PROVINCIAL = staff("zhou", "city"), staff("wu", "province")
OWN_ONE: dict[str, Any] = {"INSPECTED_DEPARTMENT": {"looked_up": OWN}}
RANKS: dict[str, Any] = {**OWN_ONE, "BELOW_OWNER": {"looked_up": {}}}


def opening(version: str = "3.0") -> said.OpenEvaluation:
    return said.OpenEvaluation(
        evaluation_id=EVALUATION, target_id=TARGET, round_id=ROUND, indicator_version=version)


def scoring(result: str = "GOOD", scores: dict[str, str] | None = None) -> said.RecordFirstStage:
    return said.RecordFirstStage(
        evaluation_id=EVALUATION, scores={"A1": "87.5"} if scores is None else scores, result=Grade(result))


def overturning(result: str = "UNQUALIFIED", reason: str = "数据不实") -> said.OverturnResult:
    return said.OverturnResult(evaluation_id=EVALUATION, new_result=Grade(result), reason=reason)


def grading(grade: str = "GOOD") -> said.GradeEvaluation:
    return said.GradeEvaluation(evaluation_id=EVALUATION, grade=Grade(grade))


def announcing(*channels: str) -> said.AnnounceEvaluation:
    return said.AnnounceEvaluation(evaluation_id=EVALUATION, channels=tuple(map(PublicationChannel, channels)))


def adjusting(grade: str = "QUALIFIED", reason: str = "申诉成立") -> said.AdjustEvaluation:
    return said.AdjustEvaluation(evaluation_id=EVALUATION, new_grade=Grade(grade), reason=reason)


def confirming(*hashes: str) -> said.ConfirmResult:
    return said.ConfirmResult(evaluation_id=EVALUATION, evidence_hashes=hashes)


OPENED = said.EvaluationOpened(
    evaluation_id=EVALUATION, target_id=TARGET, round_id=ROUND, indicator_version="3.0")
FIRST = said.FirstStageResultRecorded(
    evaluation_id=EVALUATION, by_body_id=uid("city"), scores={"A1": "87.5"}, result=Grade.GOOD)
SAMPLE = said.SampleForConfirmation(evaluation_id=EVALUATION, draw_id=uid("draw"))
SAMPLED = said.ConfirmationSampled(evaluation_id=EVALUATION, draw_id=uid("draw"))
CONFIRMED = said.ResultConfirmed(evaluation_id=EVALUATION, by_body_id=uid("province"), evidence_hashes=("h",))
OVERTURNED = said.ResultOverturned(
    evaluation_id=EVALUATION, by_body_id=uid("province"), new_result=Grade.UNQUALIFIED, reason="数据不实")
GRADED = said.EvaluationGraded(
    evaluation_id=EVALUATION, grade=Grade.GOOD, scale_version="990101/1", target_id=TARGET)
ANNOUNCED = said.EvaluationAnnounced(evaluation_id=EVALUATION, channels=(PublicationChannel.PORTAL,))
LED = [OPENED, FIRST]
DRAWN = [*LED, SAMPLED]
OVERTURN_REFUSED: dict[str, Any] = {
    **OWN_ONE, "NOT_UPPER_LEVEL": {"looked_up": CITY}, "REASON_MISSING": {"when": overturning(reason=" ")},
    "RESULT_UNCHANGED": {"when": overturning("GOOD")}, "GRADE_NOT_IN_SCALE": {"when": overturning("EXCELLENT")},
}

CASES = [
    Case(when=opening(), then=[OPENED],
         refused={**OWN_ONE, "INDICATOR_VERSION_MISSING": {"when": opening(" ")}}),
    Case(
        given=[OPENED], by=LEADER, policy=SCALE, looked_up=CITY, when=scoring(), then=[FIRST],
        refused={
            **OWN_ONE, "FIRST_STAGE_OF_ANOTHER_LEVEL": {"looked_up": {**CITY, "acting_tier": "COUNTY"}},
            "SCORES_MISSING": {"when": scoring(scores={})},
            "INDICATORS_OF_ANOTHER_VERSION": {"when": scoring(scores={"B2": "3"})},
            "SCORE_UNREADABLE": {"when": scoring(scores={"A1": "优"})},
            "GRADE_NOT_IN_SCALE": {"when": scoring("EXCELLENT")},
        },
    ),
    Case(
        given=LED, by=PROVINCIAL, looked_up=PROVINCE, when=SAMPLE, then=[SAMPLED],
        refused={
            "NOT_UPPER_LEVEL": {"looked_up": {"drawn": True}},
            "NOT_DRAWN": {"looked_up": {"above_first_stage": True}},
        },
    ),
    Case(
        given=DRAWN, by=PROVINCIAL, looked_up=PROVINCE, when=confirming("h"), then=[CONFIRMED],
        refused={
            **OWN_ONE, "NOT_UPPER_LEVEL": {"looked_up": CITY}, "PROOF_MISSING": {"when": confirming()}},
    ),
    Case(given=DRAWN, by=PROVINCIAL, policy=SCALE, looked_up=PROVINCE, when=overturning(), then=[OVERTURNED],
         refused=OVERTURN_REFUSED),
    Case(given=LED, by=PROVINCIAL, policy=SCALE, looked_up=PROVINCE, when=overturning(), then=[OVERTURNED]),
    Case(
        given=LED, by=LEADER, policy=SCALE, looked_up=CITY, when=grading(), then=[GRADED],
        refused={
            **RANKS, "GRADE_NOT_RESULT": {"when": grading("QUALIFIED")},
            "GRADE_NOT_IN_SCALE": {"policy": {"evaluation.grades": ["QUALIFIED"]}},
        },
    ),
    Case(
        given=[*LED, GRADED], by=LEADER, policy=SCALE, looked_up=CITY, when=announcing("PORTAL"), then=[ANNOUNCED],
        refused={
            **RANKS, "CHANNELS_MISSING": {"when": announcing()},
            "CHANNEL_NOT_ALLOWED": {"when": announcing("PORTAL", "PRESS")},
        },
    ),
    Case(
        given=[*LED, GRADED, ANNOUNCED], by=LEADER, policy=SCALE, looked_up=CITY, when=adjusting(),
        then=[said.EvaluationAdjusted(
            evaluation_id=EVALUATION, corrects_event_id=event_id(EVALUATION, 3), new_grade=Grade.QUALIFIED,
            reason="申诉成立", target_id=TARGET)],
        refused={
            **RANKS, "REASON_MISSING": {"when": adjusting(reason="")},
            "GRADE_UNCHANGED": {"when": adjusting("GOOD")}, "GRADE_NOT_IN_SCALE": {"when": adjusting("EXCELLENT")},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(DutyEvaluation, CASES)


def test_what_the_province_overturned_is_graded_as_the_province_found_it() -> None:
    given = [*DRAWN, OVERTURNED]
    case = Case(given=given, by=LEADER, policy=SCALE, looked_up=CITY, when=grading("UNQUALIFIED"), then=[])
    (graded,) = decide(DutyEvaluation, case)
    assert isinstance(graded, said.EvaluationGraded)
    assert graded.grade is Grade.UNQUALIFIED
