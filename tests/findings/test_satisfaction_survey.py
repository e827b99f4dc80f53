"""SatisfactionSurvey: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import date

from contracts.findings import satisfaction_survey as said
from services.findings.domain.satisfaction_survey import SatisfactionSurvey
from tests.kit.cases import Case, suite, uid

SURVEY, LEAST = uid("stream"), {"survey.minCell": 10}


def designing(frame: str = "学籍库") -> said.DesignSurvey:
    return said.DesignSurvey(survey_id=SURVEY, series="基础教育", frame=frame, questionnaire_version="2026")


def opening(to: date = date(2026, 4, 30)) -> said.OpenSurvey:
    return said.OpenSurvey(survey_id=SURVEY, from_=date(2026, 4, 1), to=to)


def closing(responses: int = 200) -> said.CloseSurvey:
    return said.CloseSurvey(survey_id=SURVEY, responses=responses, frame_size=1000)


def cell(name: str = "小学", responses: int = 10, score: str = "87.5") -> said.SurveyCell:
    return said.SurveyCell(cell=name, responses=responses, score=score)


def publishing(*cells: said.SurveyCell) -> said.PublishSurvey:
    return said.PublishSurvey(survey_id=SURVEY, results=cells)


DESIGNED = said.SurveyDesigned(survey_id=SURVEY, series="基础教育", frame="学籍库", questionnaire_version="2026")
OPENED = said.SurveyOpened(survey_id=SURVEY, from_=date(2026, 4, 1), to=date(2026, 4, 30))
CLOSED = said.SurveyClosed(survey_id=SURVEY, responses=200, frame_size=1000)

CASES = [
    Case(when=designing(), then=[DESIGNED], refused={"DESIGN_INCOMPLETE": {"when": designing(" ")}}),
    Case(given=[DESIGNED], when=opening(), then=[OPENED],
         refused={"DAYS_REVERSED": {"when": opening(date(2026, 3, 31))}}),
    Case(given=[DESIGNED, OPENED], when=closing(), then=[CLOSED],
         refused={"MORE_RESPONSES_THAN_ASKED": {"when": closing(1001)}}),
    Case(
        given=[DESIGNED, OPENED, CLOSED], policy=LEAST, when=publishing(cell()),
        then=[said.SurveyPublished(survey_id=SURVEY, results=(cell(),), min_cell=10)],
        refused={
            "RESULTS_MISSING": {"when": publishing()}, "CELL_TWICE": {"when": publishing(cell(), cell())},
            "CELL_TOO_SMALL": {"when": publishing(cell(), cell("初中", 9))},
            "MORE_RESPONSES_THAN_RECEIVED": {"when": publishing(cell(responses=201))},
            "SCORE_UNREADABLE": {"when": publishing(cell(score="高"))},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(SatisfactionSurvey, CASES)
