"""What personnel does about letters, seen through a small county."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from contracts.personnel import (
    appointment,
    career_exchange,
    conduct_case,
    credential,
    inspector,
    large_school_list,
    responsibility_area,
    school_listing,
    training_year,
    workload_statement,
)
from contracts.personnel.conduct_case import ConductGround, ConductOutcome
from contracts.rectification.look_back import FalseRectificationEstablished
from contracts.registry import supervised_unit
from contracts.scheduling import inspection_activity
from contracts.values import Confidentiality, Tier, natural_id
from services.chassis.life_cycle import Refused
from services.personnel.domain.appointment import Appointment
from services.personnel.domain.conduct_case import ConductCase
from services.personnel.domain.credential import Credential
from services.personnel.domain.inspector import Inspector
from services.personnel.domain.responsibility_area import ResponsibilityArea
from services.personnel.domain.school_listing import SchoolListing
from services.personnel.establishment import establishment, schools_without_listing
from tests.kit.cases import uid
from tests.kit.county import COUNTY, KEEPER, LI, START, SUN, WANG, ZHAO
from tests.personnel.county import OFFICE, PLATE, S1, S2, Staffed
from tests.rectification.county import policies_of

CASE, CARD = uid("conduct"), uid("card-wang")
FALSE = FalseRectificationEstablished(
    look_back_id=uid("look"), item_id=uid("item"), unit_id=S1, original_verifier_id=WANG,
    evidence_hashes=("a", "b"), heard_at=START)


@pytest.fixture
def county() -> Staffed:
    found = Staffed()
    found.hire()
    return found


# --- P5 and conduct ----------------------------------------------------------------------------------


def test_whoever_verified_what_was_false_has_a_case_in_the_thread_of_the_problem(county: Staffed) -> None:
    county.say("rectification", FALSE, uid("look"))
    (letter,) = county.letters(conduct_case.ConductReported)
    assert (letter.event.inspector_id, letter.event.grounds) == (WANG, (ConductGround.FALSE_VERIFICATION,))
    assert letter.event.source_ids == (uid("look"), uid("item"))
    assert letter.head.case_ids == (natural_id("case", uid("activity"), S1),)
    assert (letter.head.confidentiality, letter.head.unit_path) == (Confidentiality.RESTRICTED, None)


def test_a_verifier_who_is_no_inspector_has_a_case_too(county: Staffed) -> None:
    event = FalseRectificationEstablished(
        look_back_id=uid("look"), item_id=uid("item"), unit_id=S1, original_verifier_id=LI,
        evidence_hashes=("a", "b"), heard_at=START)
    county.say("rectification", event, uid("look"))
    assert [reported.inspector_id for reported in county.told(conduct_case.ConductReported)] == [LI]


@pytest.mark.parametrize("reporter", [ZHAO, SUN])
def test_a_school_and_a_department_may_report_with_a_sealed_name_and_have_no_say_in_the_case(
    county: Staffed, reporter: object,
) -> None:
    county.by(reporter, conduct_case.ReportConduct(  # type: ignore[arg-type]
        conduct_case_id=CASE, inspector_id=WANG, grounds=(ConductGround.ABUSE,), reporter="赵老师"))
    (letter,) = county.letters(conduct_case.ConductReported)
    assert letter.head.unit_path is None and letter.head.owner_path.endswith(str(OFFICE))
    assert "赵老师".encode() not in letter.record
    assert county.app.sealing.open(letter.event.reporter_sealed, CASE) == "赵老师"
    with pytest.raises(Refused, match="ROLE_NOT_ALLOWED"):
        county.by(ZHAO, conduct_case.DismissConduct(conduct_case_id=CASE, reasons="查无此事"))


def test_a_suspension_reaches_the_inspector_the_card_and_the_gate_and_then_counts_as_applied(county: Staffed) -> None:
    county.list_at()
    county.decide(ConductOutcome.SUSPENSION)
    assert county.load(Inspector, WANG).state == "SUSPENDED"
    assert county.load(Credential, CARD).state == "SUSPENDED"
    assert county.load(SchoolListing, PLATE).state == "WITHDRAWN"
    assert county.load(ConductCase, CASE).state == "CLOSED"


def test_an_exit_by_conduct_ends_everything(county: Staffed) -> None:
    county.list_at()
    county.decide(ConductOutcome.EXIT)
    (gone,) = county.told(inspector.InspectorExited)
    assert (gone.ground, gone.decided_by) == (inspector.ExitGround.MISCONDUCT, OFFICE)
    (revoked,) = county.told(credential.CredentialRevoked)
    assert revoked.decision_id == CASE
    (ended,) = county.told(appointment.AppointmentTerminated)
    assert ended.ground is appointment.TerminationGround.MISCONDUCT
    assert len(county.told(school_listing.ListingWithdrawn)) == 1
    (applied,) = county.told(conduct_case.ConductApplied)
    assert set(applied.applied_to) == set(conduct_case.AppliedTo)


def test_a_criticism_leaves_the_inspector_at_work(county: Staffed) -> None:
    county.decide(ConductOutcome.CRITICISM)
    assert (county.load(Inspector, WANG).state, county.load(ConductCase, CASE).state) == ("ACTIVE", "CLOSED")


def test_an_investigator_of_the_same_team_is_refused(county: Staffed) -> None:
    member = inspection_activity.TeamMember(inspector_id=WANG, home_body_id=OFFICE, tier=Tier.COUNTY)
    county.say("scheduling", inspection_activity.TeamFormed(
        activity_id=uid("activity"), leader_id=LI, members=(member,)), uid("activity"))
    with pytest.raises(Refused, match="SAME_TEAM"):
        county.decide(ConductOutcome.CRITICISM)


# --- P7 ----------------------------------------------------------------------------------------------


def leave(county: Staffed, ground: inspector.ExitGround) -> None:
    county.by(LI, inspector.RecordExit(inspector_id=WANG, ground=ground, decided_by=OFFICE, effective_at=START))


def test_whoever_leaves_is_off_the_gate_and_the_school_waits_to_be_listed_again(county: Staffed) -> None:
    county.list_at()
    leave(county, inspector.ExitGround.RESIGNED)
    (withdrawn,) = county.told(school_listing.ListingWithdrawn)
    assert (withdrawn.school_id, withdrawn.reason) == (S1, "督学退出")
    assert [duty.school_id for duty in schools_without_listing(county.app, OFFICE)] == [S1]
    (ended,) = county.told(appointment.AppointmentEnded)
    assert ended.reason == "辞聘"
    county.hire("chen")
    county.list_at(name="chen", plate=uid("plate-2"))
    assert schools_without_listing(county.app, OFFICE) == []


@pytest.mark.parametrize(("command", "reason"), [
    (credential.SuspendCredential(credential_id=CARD, reason="调查"), "督学证失效"),
    (credential.RevokeCredential(credential_id=CARD, decision_id=uid("d")), "督学证失效"),
])
def test_whoever_has_no_valid_card_is_off_the_gate(
    county: Staffed, command: object, reason: str,
) -> None:
    county.list_at()
    county.by(LI, command)  # type: ignore[arg-type]
    assert [w.reason for w in county.told(school_listing.ListingWithdrawn)] == [reason]


def test_an_inspector_is_suspended_while_a_case_is_open_and_comes_back_when_it_is_closed(county: Staffed) -> None:
    county.list_at()
    suspend = inspector.SuspendInspector(inspector_id=WANG, reason="被投诉", conduct_case_id=CASE)
    reinstate = inspector.ReinstateInspector(inspector_id=WANG, conduct_case_id=CASE)
    with pytest.raises(Refused, match="NO_CAUSE_TO_SUSPEND"):
        county.by(LI, suspend)
    county.by(LI, conduct_case.ReportConduct(
        conduct_case_id=CASE, inspector_id=WANG, grounds=(ConductGround.ABUSE,)))
    county.by(LI, suspend)
    assert [w.reason for w in county.told(school_listing.ListingWithdrawn)] == ["督学暂停履职"]
    with pytest.raises(Refused, match="CAUSE_REMAINS"):
        county.by(LI, reinstate)
    county.by(LI, conduct_case.DismissConduct(conduct_case_id=CASE, reasons="查无此事"))
    county.by(LI, reinstate)
    assert county.load(Inspector, WANG).state == "ACTIVE"


def test_without_a_case_a_suspended_card_suspends_its_holder_and_a_restored_one_ends_it(county: Staffed) -> None:
    county.by(LI, credential.SuspendCredential(credential_id=CARD, reason="培训学时未达标"))
    county.by(LI, inspector.SuspendInspector(inspector_id=WANG, reason="督学证已暂停"))
    with pytest.raises(Refused, match="CAUSE_REMAINS"):
        county.by(LI, inspector.ReinstateInspector(inspector_id=WANG))
    county.by(LI, credential.RestoreCredential(credential_id=CARD))
    county.by(LI, inspector.ReinstateInspector(inspector_id=WANG))
    assert county.load(Inspector, WANG).state == "ACTIVE"


def test_a_card_that_expires_takes_the_plate_with_it_unless_there_is_another(county: Staffed) -> None:
    county.list_at()
    second = uid("card-2")
    county.by(LI, credential.ApplyForCredential(credential_id=second, inspector_id=WANG))
    county.by(LI, credential.IssueCredential(
        credential_id=second, issuer_body_id=OFFICE, valid_from=date(2026, 1, 1), valid_to=date(2028, 6, 30)))
    county.advance(2028, 1, 2)
    assert county.load(SchoolListing, PLATE).state == "PUBLISHED"
    county.advance(2028, 7, 2)
    assert county.load(SchoolListing, PLATE).state == "WITHDRAWN"


def test_a_replaced_inspector_takes_no_plate_along(county: Staffed) -> None:
    county.list_at()
    county.hire("chen")
    county.by(LI, school_listing.ReplaceListing(listing_id=PLATE, new_inspector_id=uid("chen"), reason="交接"))
    leave(county, inspector.ExitGround.HEALTH)
    assert county.load(SchoolListing, PLATE).state == "PUBLISHED"


# --- listing -----------------------------------------------------------------------------------------


def test_a_former_school_refuses_its_former_head_for_three_years(county: Staffed) -> None:
    county.by(LI, career_exchange.RecordExchange(
        person_id=WANG, from_post="校长", to_post="专职督学", school_id=S1, at=START))
    with pytest.raises(Refused, match="FORMER_SCHOOL"):
        county.list_at(S1)
    county.list_at(S2)


def test_a_listing_concerns_its_school(county: Staffed) -> None:
    county.list_at()
    (letter,) = county.letters(school_listing.SchoolListed)
    assert letter.head.unit_path.endswith(str(S1)) and letter.head.case_ids == ()
    with pytest.raises(Refused, match="SCHOOL_ALREADY_LISTED"):
        county.list_at(plate=uid("plate-2"))


def test_whoever_is_not_trained_is_not_listed(county: Staffed) -> None:
    county.by(LI, inspector.RegisterCandidate(
        person_id=uid("chen"), category=inspector.Category.RESPONSIBLE, origin=inspector.Origin.TEACHER,
        employment_status=inspector.EmploymentStatus.IN_SERVICE))
    with pytest.raises(Refused, match="INSPECTOR_NOT_ACTIVE"):
        county.list_at(name="chen")


# --- P12 and areas -----------------------------------------------------------------------------------


def establish(county: Staffed, name: str, *schools: object) -> None:
    county.by(LI, responsibility_area.EstablishArea(
        area_id=uid(name), body_id=OFFICE, schools=schools, inspectors=(WANG,)))  # type: ignore[arg-type]


def schools_of(county: Staffed, name: str) -> tuple[object, ...]:
    return tuple(county.load(ResponsibilityArea, uid(name)).schools)


def test_a_school_that_is_merged_leaves_gate_and_area(county: Staffed) -> None:
    county.list_at()
    establish(county, "east", S1, S2)
    county.town.submit(KEEPER, supervised_unit.MergeUnits(unit_id=S2, unit_ids=(S1,), valid_from=date(2026, 3, 1)))
    assert [w.reason for w in county.told(school_listing.ListingWithdrawn)] == ["学校合并"]
    assert schools_of(county, "east") == (S2,)


def test_a_school_is_in_one_area_only(county: Staffed) -> None:
    establish(county, "east", S1, S2)
    establish(county, "west", S2)
    assert (schools_of(county, "east"), schools_of(county, "west")) == ((S1,), (S2,))
    with pytest.raises(Refused, match="SCHOOL_LEFT_WITHOUT_AREA"):
        county.by(LI, responsibility_area.AdjustArea(area_id=uid("east"), removed=(S1,), reason="调整"))
    with pytest.raises(Refused, match="SCHOOLS_NOT_REASSIGNED"):
        county.by(LI, responsibility_area.DissolveArea(area_id=uid("east"), successors=(uid("west"),)))
    county.by(LI, responsibility_area.AdjustArea(area_id=uid("west"), added=(S1,), reason="合并责任区"))
    county.by(LI, responsibility_area.DissolveArea(area_id=uid("east"), successors=(uid("west"),)))
    assert county.load(ResponsibilityArea, uid("east")).state == "DISSOLVED"


# --- terms and training ------------------------------------------------------------------------------


def test_whoever_is_engaged_serves_a_term_that_ends_by_itself(county: Staffed) -> None:
    (opened,) = county.told(appointment.AppointmentOpened)
    assert (opened.from_, opened.to, opened.term_number) == (date(2026, 3, 2), date(2029, 3, 1), 1)
    county.advance(2029, 3, 2)
    assert county.load(Appointment, opened.appointment_id).ran_out
    again = natural_id("Appointment", WANG, date(2029, 3, 2))
    county.by(LI, appointment.OpenAppointment(
        appointment_id=again, inspector_id=WANG, from_=date(2029, 3, 2), to=date(2032, 3, 1)))
    assert county.load(Appointment, again).term_number == 2


def test_every_year_of_duty_has_its_training_until_the_inspector_leaves(county: Staffed) -> None:
    county.advance(2028, 1, 5)
    closed = county.told(training_year.TrainingYearClosed)
    assert [(year.year, year.required, year.satisfied) for year in closed] == [(2026, 40, False), (2027, 40, False)]
    leave(county, inspector.ExitGround.RESIGNED)
    county.advance(2030, 1, 5)
    assert [year.year for year in county.told(training_year.TrainingYearOpened)] == [2026, 2027, 2028]


def test_workload_is_certified_from_closed_activities_of_the_own_team_only(county: Staffed) -> None:
    activity = uid("activity")
    member = inspection_activity.TeamMember(inspector_id=WANG, home_body_id=OFFICE, tier=Tier.COUNTY)
    county.say("scheduling", inspection_activity.TeamFormed(
        activity_id=activity, leader_id=uid("chen"), members=(member,)), activity)
    county.say("scheduling", inspection_activity.FieldworkFinished(activity_id=activity, days=3, units_seen=(S1,)),
               uid("fieldwork"))
    wish = workload_statement.CertifyWorkload(inspector_id=WANG, year=2026)
    with pytest.raises(Refused, match="NO_CLOSED_ACTIVITY"):
        county.by(LI, wish)
    county.say("scheduling", inspection_activity.ActivityClosed(activity_id=activity), uid("closing"))
    county.by(LI, wish)
    (made,) = county.told(workload_statement.WorkloadCertified)
    assert (made.activities, made.hours, made.covers_results) == (1, 24, True)


# --- the establishment -------------------------------------------------------------------------------


def large_schools(*schools: UUID) -> large_school_list.DesignateLargeSchools:
    return large_school_list.DesignateLargeSchools(
        list_id=natural_id("LargeSchoolList", OFFICE), body_id=OFFICE, schools=schools, reason="学生数较多",
        valid_from=date(2026, 3, 2))


def test_five_schools_and_one_inspector_are_enough_in_hunan_and_not_in_beijing(county: Staffed) -> None:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    for name in ("s3", "s4", "s5"):
        county.town.submit(KEEPER, supervised_unit.RegisterUnit(
            unit_id=uid(name), kind=supervised_unit.UnitKind.SCHOOL, name=name, located_in=COUNTY))
    hunan = establishment(county.app, OFFICE, now)
    assert (hunan.schools, hunan.required, [w for w in hunan.warnings if "不足" in w]) == (5, 1, [])
    county.app.reference.policies = policies_of({"BJ": COUNTY})
    beijing = establishment(county.app, OFFICE, now)
    assert (beijing.required, beijing.warnings[0]) == (2, "督学不足：5 所学校应配 2 名，现有 1 名。")
    county.by(LI, large_schools(S1, S2))
    assert establishment(county.app, OFFICE, now).required == 3
    assert establishment(county.app, OFFICE, now - timedelta(days=2)).required == 2, "the list holds from its day on"
    county.by(LI, large_schools())
    assert establishment(county.app, OFFICE, now).required == 2


def test_weihai_wants_part_time_inspectors_mostly_in_service(county: Staffed) -> None:
    now, supervisor = datetime(2026, 3, 3, tzinfo=UTC), inspector.Category.EDUCATION_SUPERVISOR
    county.hire("chen", supervisor)
    hunan, weihai = county.app.reference.policies, policies_of({"SD-WH-EDZ": COUNTY})
    county.app.reference.policies = weihai
    assert not [w for w in establishment(county.app, OFFICE, now).warnings if "在职" in w]
    county.app.reference.policies = hunan
    county.hire("qian", supervisor, inspector.EmploymentStatus.RETIRED)
    county.app.reference.policies = weihai
    found = establishment(county.app, OFFICE, now)
    assert found.inspectors == 1, "education supervisors are not counted as inspectors"
    assert "兼职督学和教育督导员应以在职人员为主：2 名中在职 1 名。" in found.warnings


def test_the_establishment_is_warned_about_and_blocks_nobody(county: Staffed) -> None:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    one = establishment(county.app, OFFICE, now)
    assert (one.schools, one.inspectors, one.required, one.full_time) == (2, 1, 1, 0)
    assert one.warnings == ("专职督学低于下限：应不少于 1 名，现有 0 名。",)
    county.hire("chen")
    assert establishment(county.app, OFFICE, now).inspectors == 2
    county.by(LI, large_schools(S1, S2))
    crowded = establishment(county.app, OFFICE, now)
    assert crowded.required == 2


def test_another_tier_reads_its_own_team(county: Staffed) -> None:
    city = establishment(county.app, uid("city"), datetime(2026, 3, 3, tzinfo=UTC))
    assert (city.inspectors, [w for w in city.warnings if "专职" in w]) == (0, [])
