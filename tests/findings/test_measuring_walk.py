"""Measuring in a small county: assessments asked for, data filled in once, two stages, a school's own."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from contracts.findings import (
    annual_bulletin,
    duty_evaluation,
    indicator_set,
    internal_problem,
    internal_supervision_report,
    monitoring_data_set,
    self_assessment,
)
from contracts.findings.duty_evaluation import EvaluationGrade as Grade
from contracts.findings.indicator_set import Indicator, IndicatorUnitType
from contracts.letter import Letter
from contracts.record import Event, seal
from contracts.registry import body, supervised_unit
from contracts.scheduling import double_random_draw, inspection_activity, monitoring_campaign
from contracts.values import Role, Tier, natural_id
from contracts.wire import name_of
from services.chassis.announcing import all_letters
from services.chassis.life_cycle import Refused
from services.chassis.listening import Listener
from services.chassis.town import Town
from services.findings.application import Findings
from services.findings.domain.duty_evaluation import DutyEvaluation
from services.findings.domain.internal_supervision_report import InternalSupervisionReport
from services.registry.policy_documents import reviewed_documents
from tests.contracts.examples import head_of
from tests.kit.cases import uid
from tests.kit.county import COUNTY, KEEPER, LI, PROVINCE, WANG, ZHAO, ZHOU, grant, settle_county, town_of

OFFICE, UNIT = uid("office"), uid("s1")
ASSESSMENT = natural_id("SelfAssessment", UNIT, "2026", "2026")
DATA = natural_id("MonitoringDataSet", UNIT, "2026")
WU = uid("wu")


@pytest.fixture
def town() -> Town:
    found = settle_county(town_of(Findings))
    for service in found.services.values():
        for document in reviewed_documents():
            if document.jurisdiction in {"LOCAL", "990000"}:
                service.reference.publish(document)
    return found


def li(town: Town, *commands: Any) -> None:
    for command in commands:
        town.submit_as(LI, command, at_body=OFFICE)


def hear(town: Town, event: Event, position: int = 1) -> None:
    """A letter of scheduling, as the office's."""
    head = msgspec.structs.replace(
        head_of(type(event)), owner_path=f"990000/990100/990101/{OFFICE}", occurred_at=town.clock.now)
    letter = Letter("scheduling", position, position - 1, name_of(type(event)), seal(head, event))
    Listener(town.services["findings"], lambda *_: []).hear([letter])


def last(town: Town) -> Any:
    return list(all_letters(town.services["findings"].recorder, "findings"))[-1]


def collecting(element: str = "students", value_hash: str = "h") -> monitoring_data_set.CollectElement:
    return monitoring_data_set.CollectElement(
        data_set_id=DATA, element_id=element, unit_id=UNIT, period="2026", value_hash=value_hash,
        source=monitoring_data_set.ElementSource.FILLED_IN)


def test_an_activity_asks_for_a_self_assessment_that_the_unit_writes_and_the_office_audits(town: Town) -> None:
    li(town, indicator_set.DraftIndicatorSet(
        set_id=uid("set"), unit_type=IndicatorUnitType.PRIMARY_SECONDARY, owner_body_id=OFFICE,
    ), indicator_set.PublishIndicatorSet(
        set_id=uid("set"), version="2026", valid_from=date(2026, 1, 1),
        items=(Indicator(code="A", text="管理"), Indicator(code="A1", text="制度", parent_code="A"))))
    hear(town, inspection_activity.SelfAssessmentRequested(
        activity_id=uid("activity"), unit_id=UNIT, indicator_set_version="2026",
        due_at=town.clock.now + timedelta(days=20)))
    submit = self_assessment.SubmitSelfAssessment(assessment_id=ASSESSMENT, scores={"A1": "9"}, signed_by=ZHAO)
    with pytest.raises(Refused, match="INDICATORS_OF_ANOTHER_VERSION"):
        town.submit_as(ZHAO, msgspec.structs.replace(submit, scores={"A1": "9", "B1": "7"}))
    town.submit_as(ZHAO, submit)
    li(town, self_assessment.AuditSelfAssessment(assessment_id=ASSESSMENT),
       self_assessment.AcceptSelfAssessment(assessment_id=ASSESSMENT),
       annual_bulletin.PublishBulletin(
           bulletin_id=natural_id("AnnualBulletin", OFFICE, 2026), body_id=OFFICE, assessment_ids=(ASSESSMENT,),
           year=2026, url="https://example.org/gongbao"))
    assert last(town).name == "findings.BulletinPublished"


def test_a_self_assessment_that_does_not_come_is_late_by_the_clock(town: Town) -> None:
    due = town.clock.now + timedelta(days=20)
    hear(town, inspection_activity.SelfAssessmentRequested(
        activity_id=uid("activity"), unit_id=UNIT, indicator_set_version="2026", due_at=due))
    town.advance_to(due + timedelta(days=1))
    assert last(town).event == self_assessment.SelfAssessmentLapsed(assessment_id=ASSESSMENT, due_at=due)


def test_what_was_filled_in_once_is_reused_by_the_next_campaign_and_prefills_the_assessment(town: Town) -> None:
    town.submit_as(ZHAO, collecting())
    source = last(town).head.event_id
    hear(town, monitoring_campaign.CampaignDefined(
        campaign_id=uid("second"), indicator_version="2026", participants=(UNIT,), pilot=False,
        elements=("students", "teachers")))
    hear(town, monitoring_campaign.CampaignOpened(
        campaign_id=uid("second"), from_=date(2026, 3, 1), to=date(2026, 4, 1)), 2)
    assert last(town).event == monitoring_data_set.DataReused(
        element_id="students", unit_id=UNIT, campaign_id=uid("second"), reused_from_event_id=source)
    with pytest.raises(Refused, match="STATE_NOT_ALLOWED"):
        town.submit_as(ZHAO, collecting(value_hash="another form"))
    li(town, self_assessment.OpenSelfAssessment(
        assessment_id=ASSESSMENT, unit_id=UNIT, indicator_version="2026", period="2026"))
    town.submit_as(ZHAO, self_assessment.PrefillSelfAssessment(assessment_id=ASSESSMENT, elements=("students",)))
    assert last(town).event.reused_from == (source,)
    town.submit_as(WANG, monitoring_data_set.ValidateElement(data_set_id=DATA, element_id="students"))


def two_stages(town: Town) -> Any:
    town.submit(KEEPER, body.RegisterBody(
        body_id=uid("province"), kind=body.BodyKind.OFFICE, tier=Tier.PROVINCE, placement=PROVINCE, name="省督导办"))
    town.submit(KEEPER, body.RegisterBody(
        body_id=uid("lead"), kind=body.BodyKind.OFFICE, tier=Tier.CITY, placement="990100", name="市督导室",
        parent_body_id=uid("province")))
    town.submit(KEEPER, supervised_unit.RegisterUnit(
        unit_id=uid("gov"), kind=supervised_unit.UnitKind.GOVERNMENT, name="示例县人民政府", located_in=COUNTY))
    grant(town, ZHOU, Role.OFFICE_STAFF, body_id=uid("lead"))
    grant(town, WU, Role.OFFICE_STAFF, body_id=uid("province"))
    evaluation = natural_id("DutyEvaluation", uid("gov"), uid("round"), "2026")
    town.submit_as(ZHOU, duty_evaluation.OpenEvaluation(
        evaluation_id=evaluation, target_id=uid("gov"), round_id=uid("round"), indicator_version="2026",
    ), at_body=uid("lead"))
    return evaluation


def test_the_city_leads_the_province_samples_and_overturns_and_the_county_decides_nothing(town: Town) -> None:
    evaluation = two_stages(town)
    first = duty_evaluation.RecordFirstStage(evaluation_id=evaluation, scores={"A": "88"}, result=Grade.GOOD)
    with pytest.raises(Refused, match="FIRST_STAGE_OF_ANOTHER_LEVEL"):
        li(town, first)
    town.submit_as(ZHOU, first, at_body=uid("lead"))
    sample = duty_evaluation.SampleForConfirmation(evaluation_id=evaluation, draw_id=uid("draw"))
    with pytest.raises(Refused, match="NOT_DRAWN"):
        town.submit_as(WU, sample)
    hear(town, double_random_draw.DrawExecuted(
        draw_id=uid("draw"), contributions=(), seed="s", units=(uid("gov"),), inspectors=()))
    with pytest.raises(Refused, match="NOT_UPPER_LEVEL"):
        town.submit_as(ZHOU, sample, at_body=uid("lead"))
    town.submit_as(WU, sample)
    town.submit_as(WU, duty_evaluation.OverturnResult(
        evaluation_id=evaluation, new_result=Grade.UNQUALIFIED, reason="数据不实"))
    grade = duty_evaluation.GradeEvaluation(evaluation_id=evaluation, grade=Grade.UNQUALIFIED)
    with pytest.raises(Refused, match="BELOW_OWNER"):
        li(town, grade)
    town.submit_as(ZHOU, grade, at_body=uid("lead"))
    assert last(town).event == duty_evaluation.EvaluationGraded(
        evaluation_id=evaluation, grade=Grade.UNQUALIFIED, scale_version="LOCAL/1", target_id=uid("gov"))
    found = town.services["findings"].load(DutyEvaluation, evaluation)
    assert found is not None and found.state == "GRADED"


def test_a_school_writes_its_own_report_posts_it_and_the_office_reviews_it(town: Town) -> None:
    report = natural_id("InternalSupervisionReport", UNIT, 2026, None)
    town.submit_as(ZHAO, internal_supervision_report.DraftInternalReport(report_id=report, school_id=UNIT, year=2026))
    town.submit_as(ZHAO, internal_supervision_report.FinaliseInternalReport(report_id=report, document_hash="h"))
    online = internal_supervision_report.InternalChannel.CAMPUS_NETWORK
    with pytest.raises(Refused, match="POSTING_CHANNEL_MISSING"):
        town.submit_as(ZHAO, internal_supervision_report.PostInternalReport(
            report_id=report, channels=(online,), urls=("https://example.org/bg",)))
    town.submit_as(ZHAO, internal_supervision_report.PostInternalReport(
        report_id=report, channels=tuple(internal_supervision_report.InternalChannel),
        urls=("https://example.org/bg",), photo_hash="p"))
    li(town, internal_supervision_report.ReviewInternalReport(report_id=report, use_of_results_score=85))
    found = town.services["findings"].load(InternalSupervisionReport, report)
    assert found is not None and found.state == "REVIEWED"


def test_a_problem_the_school_found_itself_is_its_own_and_nobody_elses(town: Town) -> None:
    record = internal_problem.RecordInternalProblem(
        problem_id=uid("p"), school_id=UNIT, department_name="教务处", text="实验课开不足")
    town.submit_as(ZHAO, record)
    head = last(town).head
    assert (head.tier, head.owner_path) == (Tier.SCHOOL, head.unit_path)
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        li(town, internal_problem.FeedBackInternally(problem_id=uid("p")))
