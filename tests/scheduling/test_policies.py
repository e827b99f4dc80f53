"""Letters and what follows: people leave (P7), terms begin and end (P8), a lead is true (P9), plans change (P15)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.findings import inspection_report, public_lead
from contracts.personnel import school_listing
from contracts.registry import body, supervised_unit
from contracts.scheduling import (
    annual_plan,
    double_random_draw,
    inspection_activity,
    major_matter_filing,
    plenary_meeting,
    routine_visit,
)
from contracts.scheduling import coverage_obligation as owed
from contracts.values import Confidentiality, Tier, Window, natural_id
from contracts.wire import name_of
from services.chassis.life_cycle import Refused
from services.chassis.loading import origin_of
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.domain.inspection_activity import InspectionActivity
from tests.kit.cases import uid
from tests.kit.county import COUNTY, KEEPER, WANG
from tests.scheduling.county import (
    AXES,
    OFFICE,
    PLAN,
    S1,
    S2,
    PersonnelSpeaker,
    SchedulingCounty,
    planning,
)
from tests.scheduling.test_draw_and_burden import ACTIVITY, DRAW, draw, executing, preparing

TERM = {"anchor": "PRINCIPAL_TERM", "count": 1}
HUNAN = {"cycle.comprehensive.school": {**TERM, "window": "AT_END"}}
BEIJING = {"cycle.comprehensive.school": {**TERM, "window": "WITHIN"}}
WEIHAI = {"cycle.comprehensive.school": {"anchor": "SCHOOL_YEAR", "count": 1}, "committee.plenary.minPerYear": 1}
COMPREHENSIVE = inspection_activity.Axes(
    function=AXES.function, target=AXES.target, scope=inspection_activity.Scope.COMPREHENSIVE)
LATER = datetime(2026, 9, 1, tzinfo=UTC)


def months(*names: str) -> datetime:
    return datetime.fromisoformat("-".join(names) + "T00:00:00+08:00")


def state(county: SchedulingCounty, kind: Any, key: Any) -> str:
    found = county.app.load(kind, key)
    assert found is not None
    return found.state


# --- P7 ---------------------------------------------------------------------------------------------------


def test_whoever_exits_leaves_the_team_which_is_formed_again_before_anyone_sets_out() -> None:
    county = SchedulingCounty()
    people = [county.engage(name) for name in ("wang", "qian", "wu")]
    team = inspection_activity.FormTeam
    county.li(planning(), team(activity_id=ACTIVITY, leader_id=people[0], members=people[1:2]))
    county.li(inspection_activity.ServeNotice(activity_id=ACTIVITY, unit_id=S1))
    county.leaves("wang")
    activity = county.app.load(InspectionActivity, ACTIVITY)
    assert activity is not None and activity.members == [people[1]]
    county.li(team(activity_id=ACTIVITY, leader_id=people[1], members=people[2:]))
    assert state(county, InspectionActivity, ACTIVITY) == "TEAMED"


def test_a_register_with_someone_who_exits_is_not_drawn_from() -> None:
    county = SchedulingCounty()
    for name in ("wang", "qian"):
        county.engage(name)
    county.li(planning("activity", S1, S2), preparing("wang", "qian"), double_random_draw.CommitDraw(draw_id=DRAW))
    county.leaves("qian")
    assert county.told(double_random_draw.DrawAbandoned)[0].reason == "名录内的督学已退出"
    with pytest.raises(Refused, match="STATE_NOT_ALLOWED"):
        county.li(executing())


def test_the_next_of_the_same_seed_takes_the_place_of_one_who_exits() -> None:
    county = SchedulingCounty()
    for name in ("wang", "qian", "wu"):
        county.engage(name)
    first = draw(county, "wang", "qian", "wu").inspectors[0]
    county.leaves(next(name for name in ("wang", "qian", "wu") if uid(name) == first))
    (substituted,) = county.told(double_random_draw.DrawSubstituted)
    assert (substituted.removed_id, substituted.index) == (first, 2)
    assert substituted.reason is double_random_draw.SubstitutionReason.EXITED


def listed(county: SchedulingCounty, key: Any = WANG) -> None:
    work = county.app.work()
    work.memos += county.app.copied(school_listing.ListingAssigned(
        listing_id=uid("listing"), school_id=S1, inspector_id=key))
    county.app.append(work)


def visiting(day: date = date(2026, 3, 9)) -> routine_visit.ScheduleVisit:
    return routine_visit.ScheduleVisit(
        visit_id=uid("visit"), school_id=S1, inspector_id=WANG, window=Window(from_=day, to=day))


def test_a_visit_nobody_can_make_is_missed_and_gives_its_day_back() -> None:
    county = SchedulingCounty()
    county.engage("wang")
    with pytest.raises(Refused, match="NOT_LISTED"):
        county.li(visiting())
    listed(county)
    county.li(visiting())
    county.leaves("wang")
    (missed,) = county.told(routine_visit.VisitMissed)
    assert missed.reason is routine_visit.MissReason.INSPECTOR_UNAVAILABLE
    assert "BurdenReleased" in county.names()


def test_a_change_of_staff_is_reported_upward_where_policy_asks_for_it() -> None:
    for kinds, count in ((["PERSONNEL_CHANGE"], 1), (["RESULT"], 0)):
        county = SchedulingCounty({"filing.kinds": kinds})
        county.engage("wang")
        county.leaves("wang")
        assert len(county.told(major_matter_filing.FilingDue)) == count
        county.town.advance_to(county.town.clock.now + timedelta(days=40))
        assert len(county.told(major_matter_filing.FilingLapsed)) == count


def test_a_school_without_a_listing_must_have_one_again_promptly() -> None:
    county = SchedulingCounty(personnel=PersonnelSpeaker)
    gone = school_listing.ListingWithdrawn(
        listing_id=uid("old"), school_id=S1, at=county.town.clock.now, reason="督学退出")
    county.hears("personnel", gone)
    (opened,) = county.told(owed.ObligationOpened)
    assert (opened.kind.value, opened.window_from) == ("SCHOOL_LISTING", date(2026, 3, 2))
    county.hears("personnel", school_listing.SchoolListed(
        listing_id=uid("new"), school_id=S1, inspector_id=WANG, public_fields=(), evidence_hash="h",
        published_at=county.town.clock.now))
    county.hears("personnel", gone, unit=S1)
    assert "ObligationSatisfied" in county.names()
    county.town.advance_to(county.town.clock.now + timedelta(days=30))
    assert county.names()[-1] == "ObligationLapsed"


# --- the clock --------------------------------------------------------------------------------------------


def test_a_visit_told_late_but_made_in_time_annuls_that_it_was_missed() -> None:
    county = SchedulingCounty()
    county.engage("wang")
    listed(county)
    county.li(visiting())
    county.town.advance_to(months("2026", "03", "10"))
    assert county.told(routine_visit.VisitMissed)
    seen = routine_visit.CheckIn(visit_id=uid("visit"), place="校门口", offline=True)
    county.town.submit_as(WANG, seen, at_body=OFFICE, occurred_at=months("2026", "03", "09"))
    assert county.names()[-2:] == ["VisitCheckedIn", "BurdenConsumed"]


# --- P8 ---------------------------------------------------------------------------------------------------


def term(county: SchedulingCounty, *commands: Any) -> list[Any]:
    for command in commands:
        county.town.submit(KEEPER, command)
    return county.told(owed.ObligationOpened, owed.ObligationReanchored)


def starting(ends: datetime | None = LATER) -> supervised_unit.StartPrincipalTerm:
    return supervised_unit.StartPrincipalTerm(
        unit_id=S1, person_id=uid("head"), started_at=datetime(2023, 9, 1, tzinfo=UTC), ends_at=ends)


@pytest.mark.parametrize(("policy", "window"), [
    (HUNAN, (date(2026, 3, 5), date(2026, 11, 30))), (BEIJING, (date(2023, 9, 1), date(2026, 9, 1))), (WEIHAI, None),
])
def test_a_principals_term_owes_an_inspection_at_its_end_within_it_or_not_at_all(policy: Any, window: Any) -> None:
    told = term(SchedulingCounty(policy, {"cycle.comprehensive.school": "P"}), starting())
    assert [(one.window_from, one.window_to, one.modality.value) for one in told] == (
        [(*window, "P")] if window else [])


def test_the_window_follows_the_announced_and_the_real_end() -> None:
    county = SchedulingCounty(HUNAN)
    assert term(county, starting(None)) == []
    announced = supervised_unit.AnnouncePrincipalTermEnding(unit_id=S1, person_id=uid("head"), ends_at=LATER)
    assert len(term(county, announced)) == 1
    early = datetime(2026, 3, 1, tzinfo=UTC)
    (_, moved) = term(county, supervised_unit.EndPrincipalTerm(
        unit_id=S1, person_id=uid("head"), ended_at=early, reason="调任"))
    assert moved.cause is owed.ReanchorCause.PRINCIPAL_LEFT_EARLY
    assert moved.new_window == Window(from_=date(2025, 9, 2), to=date(2026, 5, 30))
    county.town.advance_to(months("2026", "05", "31"))
    assert county.names()[-1] == "ObligationLapsed"


def test_nobody_is_let_off_what_must_be() -> None:
    waive = {"reason": "山区封路", "approver_id": uid("director")}
    for modality, refused in (("P", False), ("M", True)):
        county = SchedulingCounty(BEIJING, {"cycle.comprehensive.school": modality})
        (opened,) = term(county, starting())
        command = owed.WaiveObligation(obligation_id=opened.obligation_id, **waive)
        if refused:
            with pytest.raises(Refused, match="NOT_IN_PRINCIPLE"):
                county.li(command)
        else:
            county.li(command)
            assert county.names()[-1] == "ObligationWaived"


# --- P15, P9 ----------------------------------------------------------------------------------------------


def inspected(county: SchedulingCounty) -> None:
    county.engage("wang")
    county.rule({**BEIJING, "team.minMembers": 1})
    county.li(planning(axes=COMPREHENSIVE))


def test_a_comprehensive_inspection_settles_what_the_term_owes_and_a_cancelled_one_opens_it_again() -> None:
    county = SchedulingCounty(BEIJING)
    (opened,) = term(county, starting())
    inspected(county)
    assert state(county, CoverageObligation, opened.obligation_id) == "SCHEDULED"
    county.li(inspection_activity.CancelActivity(activity_id=ACTIVITY, reason="停课"))
    assert state(county, CoverageObligation, opened.obligation_id) == "OPEN"
    county.li(planning("again", axes=COMPREHENSIVE, day=date(2026, 3, 12)))
    again = uid("again")
    county.li(inspection_activity.FormTeam(activity_id=again, leader_id=WANG, members=()),
              inspection_activity.ServeNotice(activity_id=again, unit_id=S1))
    county.town.submit_as(WANG, inspection_activity.StartActivity(activity_id=again, location="校门口"))
    county.town.submit_as(WANG, inspection_activity.FinishFieldwork(activity_id=again, days=1, units_seen=(S1,)),
                          at_body=OFFICE)
    county.hears("findings", inspection_report.ReportApproved(
        report_id=uid("report"), approver_id=uid("li"), version=1, document_hash="h", activity_id=again))
    assert state(county, CoverageObligation, opened.obligation_id) == "SATISFIED"


def test_what_waited_for_a_merged_activity_waits_for_the_one_that_goes_on() -> None:
    county = SchedulingCounty(BEIJING)
    (opened,) = term(county, starting())
    inspected(county)
    county.li(planning("lead", axes=COMPREHENSIVE, day=date(2026, 3, 12)), annual_plan.MergeActivities(
        plan_id=PLAN, activity_ids=(ACTIVITY, uid("lead")), lead_activity_id=uid("lead")))
    found = county.app.load(CoverageObligation, opened.obligation_id)
    assert isinstance(found, CoverageObligation)
    assert (found.state, found.activity_id) == ("SCHEDULED", uid("lead"))


def test_a_lead_that_is_true_is_followed_without_a_word_about_who_gave_it() -> None:
    county = SchedulingCounty()
    county.hears("findings", public_lead.LeadSubstantiated(
        lead_id=uid("lead"), finding_id=uid("finding"), school_id=S1, category=public_lead.LeadCategory.SAFETY))
    (proposed,) = county.told(inspection_activity.ActivityProposedOutOfPlan)
    assert (proposed.cause.value, proposed.targets, proposed.reason) == ("LEAD_DRIVEN", (S1,), "群众反映经核实属实")
    assert proposed.window == Window(from_=date(2026, 3, 2), to=date(2026, 3, 16))
    letter = county.town.announcements("scheduling", 0)[-3]
    assert name_of(type(letter.event)) == "scheduling.ActivityProposedOutOfPlan"
    assert origin_of(letter.head).owner_body == OFFICE


def test_the_ledger_that_is_opened_for_what_a_lead_led_to_is_the_schools_to_read() -> None:
    county = SchedulingCounty()
    county.hears("findings", public_lead.LeadSubstantiated(
        lead_id=uid("lead"), finding_id=uid("finding"), school_id=S1, category=public_lead.LeadCategory.SAFETY),
        confidentiality=Confidentiality.RESTRICTED)
    kinds = {letter.name.partition(".")[2]: letter.head.confidentiality.value
             for letter in county.town.announcements("scheduling", 0)[-3:]}
    assert kinds == {"ActivityProposedOutOfPlan": "RESTRICTED", "BurdenPeriodOpened": "INTERNAL",
                     "BurdenReserved": "INTERNAL"}


# --- what is owed every year ------------------------------------------------------------------------------

COMMITTEE = uid("committee")


def plenary(county: SchedulingCounty) -> owed.OpenObligation:
    county.town.submit(KEEPER, body.RegisterBody(
        body_id=COMMITTEE, kind=body.BodyKind.COMMITTEE, tier=Tier.COUNTY, placement=COUNTY, name="督导委员会"))
    key = (owed.ObligationKind.PLENARY_MEETING, COMMITTEE, owed.ObligationAnchor.CALENDAR_YEAR, "2026")
    return owed.OpenObligation(obligation_id=natural_id("CoverageObligation", *key), kind=key[0], unit_id=key[1],
                               anchor=key[2], anchor_ref=key[3])


def test_a_year_without_a_plenary_meeting_lapses_and_the_next_one_is_owed() -> None:
    county = SchedulingCounty(WEIHAI)
    county.li(plenary(county))
    county.town.advance_to(months("2027", "01", "01"))
    assert county.names()[-2:] == ["ObligationLapsed", "ObligationOpened"]
    assert county.told(owed.ObligationOpened)[-1].anchor_ref == "2027"


@pytest.mark.parametrize(("came", "settled"), [(1, True), (0, False)])
def test_a_plenary_meeting_with_its_quorum_settles_the_year(came: int, settled: bool) -> None:
    county = SchedulingCounty(WEIHAI)
    obligation = plenary(county)
    county.li(obligation, plenary_meeting.ConveneMeeting(
        meeting_id=uid("meeting"), body_id=COMMITTEE, date=date(2026, 3, 2)))
    assert state(county, CoverageObligation, obligation.obligation_id) == "SCHEDULED"
    if came:
        county.li(plenary_meeting.HoldMeeting(
            meeting_id=uid("meeting"), attendance=(plenary_meeting.Attendance(person_id=uid("a")),)))
    else:
        county.li(plenary_meeting.CancelMeeting(meeting_id=uid("meeting"), reason="台风"))
    expected = "SATISFIED" if settled else "OPEN"
    assert state(county, CoverageObligation, obligation.obligation_id) == expected


@pytest.mark.parametrize(("anchor", "ref", "window"), [
    ("SCHOOL_YEAR", "2026-2027", (date(2026, 9, 1), date(2027, 8, 31))),
    ("TERM", "2025-2026-2#2", (date(2026, 2, 15), date(2026, 8, 31))),
    ("FIVE_YEARS", "2026", (date(2026, 1, 1), date(2030, 12, 31))),
])
def test_the_window_follows_from_the_name_of_the_period(anchor: str, ref: str, window: Any) -> None:
    county = SchedulingCounty()
    key = (owed.ObligationKind.INTERNAL_SUPERVISION, S2, owed.ObligationAnchor(anchor), ref)
    county.li(owed.OpenObligation(obligation_id=natural_id("CoverageObligation", *key), kind=key[0], unit_id=key[1],
                                  anchor=key[2], anchor_ref=key[3]))
    (opened,) = county.told(owed.ObligationOpened)
    assert (opened.window_from, opened.window_to) == window
