"""From the plan to the confirmed finding, through four services that only write each other letters."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from contracts.findings import feedback, finding
from contracts.findings.inspection_report import ReportApproved
from contracts.letter import Letter
from contracts.personnel import credential, inspector
from contracts.record import Command, seal
from contracts.scheduling import annual_plan, inspection_activity
from contracts.values import Confidentiality, Function, Role, Severity, Tier, Window, natural_id
from services.chassis.announcing import all_letters
from services.chassis.life_cycle import Refused
from services.chassis.listening import Listener
from services.chassis.town import Town
from services.findings.application import Findings
from services.findings.domain.finding import Finding
from services.personnel.application import Personnel
from services.personnel.domain.credential import Credential
from services.registry.policy_documents import reviewed_documents
from services.scheduling.application import Scheduling
from services.scheduling.domain.inspection_activity import InspectionActivity
from tests.contracts.examples import head_of
from tests.kit.cases import uid
from tests.kit.county import LI, SUN, WANG, ZHAO, grant, settle_county, town_of

OFFICE, UNIT, ACTIVITY, FEEDBACK = uid("office"), uid("s1"), uid("activity"), uid("feedback")
PLAN = natural_id("AnnualPlan", OFFICE, 2026)
DAY = timedelta(days=1)
AXES = inspection_activity.Axes(function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL)


@pytest.fixture
def town() -> Town:
    found = settle_county(town_of(Personnel, Scheduling, Findings))
    local = next(d for d in reviewed_documents() if d.jurisdiction == "LOCAL")
    for service in found.services.values():
        service.reference.publish(local)
    return found


def li(town: Town, *commands: Command) -> None:
    for command in commands:
        town.submit_as(LI, command, at_body=OFFICE)


def engage(town: Town, person: Any) -> None:
    li(town, inspector.RegisterCandidate(
        person_id=person, category=inspector.Category.PART_TIME, origin=inspector.Origin.TEACHER,
        employment_status=inspector.EmploymentStatus.IN_SERVICE,
    ), inspector.GrantQualification(person_id=person, batch_id=uid("batch")),
        credential.ApplyForCredential(credential_id=uid(f"card-{person}"), inspector_id=person),
        credential.IssueCredential(
            credential_id=uid(f"card-{person}"), issuer_body_id=OFFICE, valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31),
    ), inspector.EngageInspector(
            inspector_id=person, engaging_body_id=OFFICE, category=inspector.Category.PART_TIME,
            functions=(Function.SCHOOL,), employment_status=inspector.EmploymentStatus.IN_SERVICE,
            selected_on=date(2026, 2, 1),
    ), inspector.ConfirmPreServiceTraining(
            inspector_id=person, course_id=uid("course"), hours=24, level=Tier.CITY))


def team_up(town: Town, axes: inspection_activity.Axes = AXES, targets: tuple[Any, ...] = (UNIT,)) -> None:
    engage(town, WANG)
    li(town, annual_plan.DraftPlan(plan_id=PLAN, body_id=OFFICE, year=2026), inspection_activity.PlanActivity(
        activity_id=ACTIVITY, plan_id=PLAN, body_id=OFFICE, axes=axes, targets=targets,
        window=Window(from_=date(2026, 3, 9), to=date(2026, 3, 13)), legal_basis=("条例§17",),
    ), inspection_activity.FormTeam(activity_id=ACTIVITY, leader_id=WANG, members=()))


def start(town: Town) -> None:
    town.submit_as(WANG, inspection_activity.StartActivity(activity_id=ACTIVITY, location="校门口"))


def set_out(town: Town, unit: Any = UNIT) -> None:
    team_up(town, targets=(unit,))
    li(town, inspection_activity.ServeNotice(activity_id=ACTIVITY, unit_id=unit))
    town.advance_to(town.clock.now + 5 * DAY)
    start(town)


def record(town: Town, key: str, unit: Any = UNIT, by: Any = WANG, substantiate: bool = True) -> None:
    town.submit_as(by, finding.RecordFinding(
        finding_id=uid(key), activity_id=ACTIVITY, unit_id=unit, indicator_code="A1", indicator_version="2026",
        content_code="SAFETY", severity=Severity.GENERAL, text="留样不全", evidence_ids=(uid("e"),)), at_body=OFFICE)
    if substantiate:
        lead(town, finding.SubstantiateFinding(finding_id=uid(key)))


def lead(town: Town, command: Command) -> None:
    town.submit_as(WANG, command)


def deliver(town: Town, *keys: str) -> None:
    items = tuple(feedback.FeedbackItem(finding_id=uid(key), demand="整改") for key in keys)
    lead(town, feedback.DeliverFeedback(feedback_id=FEEDBACK, items=items))


def state(town: Town, key: str) -> str:
    found = town.services["findings"].load(Finding, uid(key))
    assert found is not None
    return found.state


def test_findings_are_fed_back_all_together_and_stand_when_nobody_defends(town: Town) -> None:
    set_out(town)
    for key in ("f1", "f2"):
        record(town, key)
    lead(town, feedback.PrepareFeedback(
        feedback_id=FEEDBACK, activity_id=ACTIVITY, unit_id=UNIT, form=feedback.FeedbackForm.MEETING))
    with pytest.raises(Refused, match="ITEMS_MISSING") as refusal:
        deliver(town, "f1")
    assert str(uid("f2")) in refusal.value.sentence
    deliver(town, "f1", "f2")
    assert [state(town, key) for key in ("f1", "f2")] == ["FED_BACK", "FED_BACK"]
    town.submit_as(ZHAO, finding.SubmitDefence(finding_id=uid("f1"), text="已补齐"))
    town.advance_to(town.clock.now + 30 * DAY)
    assert [state(town, key) for key in ("f1", "f2")] == ["IN_DEFENCE", "CONFIRMED"]


def test_a_member_of_the_inspected_department_changes_no_finding_about_it(town: Town) -> None:
    grant(town, SUN, Role.INSPECTOR, body_id=OFFICE)
    set_out(town, unit=uid("d"))
    with pytest.raises(Refused, match="INSPECTED_DEPARTMENT"):
        record(town, "f1", unit=uid("d"), by=SUN)
    record(town, "f1", unit=uid("d"))
    assert state(town, "f1") == "SUBSTANTIATED"


def test_nothing_is_found_before_the_activity_starts(town: Town) -> None:
    team_up(town)
    with pytest.raises(Refused, match="ACTIVITY_NOT_IN_PROGRESS"):
        record(town, "f1")


def test_whoever_left_shows_no_card_and_starts_nothing(town: Town) -> None:
    team_up(town)
    li(town, inspection_activity.ServeNotice(activity_id=ACTIVITY, unit_id=UNIT), inspector.RecordExit(
        inspector_id=WANG, ground=inspector.ExitGround.RESIGNED, decided_by=OFFICE, effective_at=town.clock.now))
    card = town.services["personnel"].load(Credential, uid(f"card-{WANG}"))
    assert card is not None and card.state == "REVOKED"
    with pytest.raises(Refused, match="LEADER_REMOVED"):
        start(town)


def test_the_numbers_of_cards_have_no_gap(town: Town) -> None:
    for person in (WANG, LI):
        engage(town, person)
    cards = [town.services["personnel"].load(Credential, uid(f"card-{p}")) for p in (WANG, LI)]
    assert [card.number for card in cards if card] == ["督学证〔2026〕1号", "督学证〔2026〕2号"]


def test_a_flying_inspection_is_sealed_from_its_first_record_until_it_starts(town: Town) -> None:
    flying = inspection_activity.Axes(
        function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL,
        visibility=inspection_activity.Visibility.FLYING)
    team_up(town, flying)
    sealed_until = town.clock.now + 9 * DAY
    recuse = inspection_activity.RaiseRecusal(
        activity_id=ACTIVITY, inspector_id=WANG, ground=inspection_activity.RecusalGround.RELATIVE)
    with pytest.raises(Refused, match="OUT_OF_SCOPE"):
        town.submit_as(ZHAO, recuse)
    li(town, inspection_activity.SealActivity(
        activity_id=ACTIVITY, sealed_until=sealed_until, audience=(WANG,)))
    town.submit_as(WANG, inspection_activity.StartActivity(activity_id=ACTIVITY, location="校门口"),
                   confidentiality=None)
    heads = [letter.head for letter in all_letters(town.services["scheduling"].recorder, "scheduling")
             if letter.head.stream == ACTIVITY]
    sealed, internal = Confidentiality.SEALED_UNTIL, Confidentiality.INTERNAL
    assert [head.confidentiality for head in heads] == [sealed, sealed, sealed, internal]
    assert [head.sealed_until for head in heads] == [None, None, sealed_until, None]


def test_nobody_breaks_a_seal_by_asking_for_less(town: Town) -> None:
    covert = inspection_activity.Axes(
        function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL,
        visibility=inspection_activity.Visibility.COVERT)
    team_up(town, covert)
    cancel = inspection_activity.CancelActivity(activity_id=ACTIVITY, reason="撤销")
    town.submit_as(LI, cancel, at_body=OFFICE, confidentiality=Confidentiality.PUBLIC)
    last = list(all_letters(town.services["scheduling"].recorder, "scheduling"))[-1]
    assert last.head.confidentiality is Confidentiality.SEALED_UNTIL


def test_of_merged_activities_one_goes_on(town: Town) -> None:
    team_up(town)
    li(town, inspection_activity.PlanActivity(
        activity_id=uid("second"), plan_id=PLAN, body_id=OFFICE, axes=AXES, targets=(UNIT,),
        window=Window(from_=date(2026, 3, 9), to=date(2026, 3, 13)),
    ), annual_plan.MergeActivities(
        plan_id=PLAN, activity_ids=(ACTIVITY, uid("second")), lead_activity_id=ACTIVITY))
    merged = [town.services["scheduling"].load(InspectionActivity, key) for key in (ACTIVITY, uid("second"))]
    assert [activity.state for activity in merged if activity] == ["TEAMED", "CANCELLED"]


def test_an_approved_report_closes_its_activity(town: Town) -> None:
    set_out(town)
    lead(town, inspection_activity.FinishFieldwork(activity_id=ACTIVITY, days=1, units_seen=(UNIT,)))
    approved = ReportApproved(
        report_id=uid("report"), approver_id=LI, version=1, document_hash="h", activity_id=ACTIVITY)
    head = msgspec.structs.replace(head_of(ReportApproved), owner_path=f"990000/990100/990101/{OFFICE}")
    scheduling = town.services["scheduling"]
    ears = Listener(scheduling, town.announcements)
    heard = ears.heard("findings")
    ears.hear([Letter("findings", heard + 1, heard, "findings.ReportApproved", seal(head, approved))])
    activity = scheduling.load(InspectionActivity, ACTIVITY)
    assert isinstance(activity, InspectionActivity)
    assert (activity.state, activity.report_id) == ("CLOSED", uid("report"))
