"""Assessment, committee, claims and a school's own staff, from the door to the record, seen through a small county."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.personnel import (
    appointment,
    assessment,
    civic_observer,
    committee,
    expense_claim,
    expert,
    internal_supervisor,
    member_unit,
    reward,
    training_year,
    workload_quota,
)
from contracts.personnel.assessment import AssessmentDimension, AssessmentGrade, AssessmentKind, ContestOutcome
from contracts.personnel.internal_supervisor import InternalPost
from contracts.registry import supervised_unit
from contracts.scheduling.inspection_activity import TeamFormed
from contracts.values import Tier, natural_id
from services.chassis.life_cycle import Refused
from services.personnel.domain.appointment import Appointment
from services.personnel.domain.committee import Committee
from services.personnel.domain.internal_supervisor import InternalSupervisor
from tests.kit.cases import uid
from tests.kit.county import KEEPER, LI, START, SUN, WANG, ZHAO, ZHOU
from tests.personnel.county import OFFICE, S1, Staffed

YEARLY = natural_id("Assessment", WANG, AssessmentKind.ANNUAL, "2026")
BOARD = natural_id("Committee", OFFICE)
STAFF = natural_id("InternalSupervisor", S1)


@pytest.fixture
def county() -> Staffed:
    found = Staffed()
    found.hire()
    return found


def assess(county: Staffed, by: Any = LI) -> None:
    for who, command in (
        (LI, assessment.OpenAssessment(assessment_id=YEARLY, inspector_id=WANG, kind=AssessmentKind.ANNUAL,
                                       period="2026", standard_version="v1")),
        (WANG, assessment.SubmitSelfReport(assessment_id=YEARLY, document_hash="d")),
        (LI, assessment.ScoreAssessment(assessment_id=YEARLY, dimensions={AssessmentDimension.ABILITY: 90})),
        (by, assessment.ConfirmAssessment(assessment_id=YEARLY, grade=AssessmentGrade.BASICALLY_QUALIFIED)),
    ):
        county.by(who, command)


def term(county: Staffed) -> Any:
    return county.load(Appointment, county.told(appointment.AppointmentOpened)[0].appointment_id)


def test_a_confirmed_grade_stands_in_the_running_term_and_a_changed_one_takes_its_place(county: Staffed) -> None:
    assess(county)
    assert term(county).assessments[str(YEARLY)].grade is AssessmentGrade.BASICALLY_QUALIFIED
    county.by(WANG, assessment.ContestAssessment(assessment_id=YEARLY, text="漏计两项"))
    county.by(LI, assessment.DecideContest(
        assessment_id=YEARLY, outcome=ContestOutcome.CHANGED, reasons="补计", new_grade=AssessmentGrade.QUALIFIED))
    assert term(county).assessments[str(YEARLY)].grade is AssessmentGrade.QUALIFIED
    assert county.told(assessment.AssessmentScored)[0].actual_results == {"activities": 0, "days": 0, "findings": 0}


def test_the_tier_above_does_not_assess_the_countys_inspectors(county: Staffed) -> None:
    with pytest.raises(Refused, match="NOT_OWN_TIER"):
        assess(county, ZHOU)


def test_a_grade_is_contested_within_its_window_only(county: Staffed) -> None:
    assess(county)
    county.town.advance_to(START + timedelta(days=20))
    with pytest.raises(Refused, match="CONTEST_TOO_LATE"):
        county.by(WANG, assessment.ContestAssessment(assessment_id=YEARLY, text="漏计两项"))


def test_seats_are_found_by_their_id_and_a_member_unit_speaks_for_itself(county: Staffed) -> None:
    seats = (
        committee.Seat(seat_id=uid("seat-1"), post="分管副县长", role=committee.SeatRole.DIRECTOR),
        committee.Seat(seat_id=uid("seat-2"), post="教育局局长", role=committee.SeatRole.MEMBER,
                       member_unit_id=uid("edu")),
    )
    county.by(LI, committee.FormCommittee(committee_id=BOARD, body_id=OFFICE, seats=seats))
    county.by(LI, committee.OccupySeat(seat_id=uid("seat-1"), person_id=uid("zhang"), from_=date(2026, 3, 1)))
    assert county.load(Committee, BOARD).seats[str(uid("seat-1"))].person_id == uid("zhang")
    liaison: dict[str, Any] = {"committee_id": BOARD, "member_unit_id": uid("edu")}
    with pytest.raises(Refused, match="LIAISON_MISSING"):
        county.by(LI, member_unit.AssignDuty(duty_code="TEACHERS", **liaison))
    county.town.submit_as(SUN, member_unit.NameLiaison(person_id=SUN, from_=date(2026, 3, 1), **liaison))
    county.by(LI, member_unit.AssignDuty(duty_code="TEACHERS", **liaison))
    with pytest.raises(Refused, match="NOT_A_MEMBER"):
        county.by(LI, member_unit.NameLiaison(
            committee_id=BOARD, member_unit_id=uid("s1"), person_id=SUN, from_=date(2026, 3, 1)))


def test_a_claim_is_tied_to_an_activity_of_the_own_team(county: Staffed) -> None:
    items = (expense_claim.ExpenseItem(kind=expense_claim.ExpenseKind.TRAFFIC, amount=9000),)
    claim = expense_claim.SubmitClaim(claim_id=uid("claim"), person_id=WANG, activity_id=uid("activity"), items=items)
    with pytest.raises(Refused, match="NOT_IN_TEAM"):
        county.by(WANG, claim)
    county.say("scheduling", TeamFormed(activity_id=uid("activity"), leader_id=WANG, members=()), uid("activity"))
    county.by(WANG, claim)
    county.by(LI, expense_claim.ApproveClaim(claim_id=uid("claim"), amount=9000))
    (approved,) = county.told(expense_claim.ExpenseClaimApproved)
    assert approved.rate_version.startswith("expenses.classifiedStandards@990000/1=")


def test_a_schools_own_staff_is_of_the_level_school_and_kept_by_the_school(county: Staffed) -> None:
    county.town.submit(KEEPER, supervised_unit.ChangeSchoolProfile(
        unit_id=S1, school_type=supervised_unit.SchoolType.PRIMARY, ownership=supervised_unit.Ownership.PUBLIC,
        students=900, campuses=1, valid_from=date(2026, 1, 1)))
    engage: dict[str, Any] = {
        "register_id": STAFF, "school_id": S1, "person_id": uid("feng"), "from_": date(2026, 3, 1),
        "to": date(2026, 6, 30),
    }
    county.by(ZHAO, internal_supervisor.AppointLeader(
        register_id=STAFF, school_id=S1, person_id=ZHAO, from_=date(2026, 3, 1)))
    with pytest.raises(Refused, match="POST_NOT_FOR_SCHOOL"):
        county.by(ZHAO, internal_supervisor.EngageInternal(post_type=InternalPost.SUPERVISOR, **engage))
    county.by(ZHAO, internal_supervisor.EngageInternal(post_type=InternalPost.VISITING_SUPERVISOR, **engage))
    (letter,) = county.letters(internal_supervisor.InternalSupervisorEngaged)
    assert letter.head.tier is Tier.SCHOOL and letter.head.unit_path.endswith(str(S1))
    county.advance(2026, 7, 2)
    assert county.load(InternalSupervisor, STAFF).staff[str(uid("feng"))].state == "ENDED"


def test_experts_observers_quotas_rewards_and_hours_are_recorded(county: Staffed) -> None:
    pool, guest = natural_id("Expert", uid("qian")), natural_id("CivicObserver", uid("qian"), date(2026, 3, 1))
    for command in (
        expert.AddExpert(expert_id=pool, person_id=uid("qian"), home_body_id=OFFICE, fields=("学前教育",)),
        expert.LendExpert(expert_id=pool, host_body_id=uid("city"), from_=date(2026, 3, 1), to=date(2026, 3, 9)),
        civic_observer.InviteObserver(
            observer_id=guest, person_id=uid("qian"), category=civic_observer.ObserverCategory.PEOPLES_INSPECTOR,
            from_=date(2026, 3, 1), to=date(2026, 3, 31)),
        workload_quota.SetQuota(inspector_id=WANG, year=2026, quota=20),
        reward.GrantReward(reward_id=uid("r"), inspector_id=WANG, form=reward.RewardForm.HONOUR, reason="实绩突出"),
    ):
        county.by(LI, command)
    county.by(WANG, training_year.RecordTrainingHours(
        inspector_id=WANG, year=2026, course_id=uid("c"), kind=training_year.TrainingKind.ONLINE, hours=12,
        provider_level=Tier.CITY, attended_at=START, evidence_hash="e"))
    county.advance(2026, 4, 1)
    assert len(county.told(civic_observer.ObserverEnded, workload_quota.WorkloadQuotaSet, reward.InspectorRewarded,
                           expert.ExpertLent, training_year.TrainingHoursRecorded)) == 5
    with pytest.raises(Refused, match="BODY_UNKNOWN"):
        county.by(LI, expert.AddExpert(
            expert_id=natural_id("Expert", uid("x")), person_id=uid("x"), home_body_id=uid("nowhere"), fields=("x",)))
