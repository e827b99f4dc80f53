"""Draws and ledgers in a county: who is left out and why, what follows the lot, which days are taken and given back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts import verify_draw
from contracts.personnel import career_exchange, inspector, workload_quota
from contracts.record import event_line
from contracts.scheduling import annual_plan, burden_ledger, double_random_draw, inspection_activity
from contracts.scheduling.double_random_draw import ExclusionReason, Pool
from contracts.values import Confidentiality, case_id, natural_id
from services.chassis.life_cycle import Refused
from services.scheduling.domain.burden_ledger import BurdenLedger
from services.scheduling.domain.inspection_activity import InspectionActivity
from tests.kit.cases import uid
from tests.kit.county import WANG
from tests.scheduling.county import (
    CITY,
    CITY_PLAN,
    COVERT,
    OFFICE,
    S1,
    S2,
    SchedulingCounty,
    planning,
    proposing,
)

ACTIVITY, DRAW = uid("activity"), natural_id("DoubleRandomDraw", uid("activity"), 1)
TERM = "2026-02-15/2026-08-31"
HARD = {"burden.mode": "CAP_HARD", "burden.caps": {"SPECIAL": 1}}


def refusal(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def preparing(*people: str, attempt: int = 1, count: int = 1, **more: Any) -> double_random_draw.PrepareDraw:
    return double_random_draw.PrepareDraw(
        draw_id=natural_id("DoubleRandomDraw", ACTIVITY, attempt), activity_id=ACTIVITY, attempt=attempt,
        unit_pool=(S1, S2), inspector_pool=tuple(uid(name) for name in people), unit_count=1, inspector_count=count,
        **more)


def executing() -> double_random_draw.ExecuteDraw:
    dice = double_random_draw.SeedContribution(
        party="公证员", method=double_random_draw.SeedMethod.DICE, value="41625 53142 66123 25416")
    return double_random_draw.ExecuteDraw(draw_id=DRAW, contributions=(dice,))


def ledger(county: SchedulingCounty, unit: Any = S1) -> BurdenLedger:
    found = county.app.load(BurdenLedger, natural_id("BurdenLedger", unit, TERM))
    assert isinstance(found, BurdenLedger)
    return found


def draw(county: SchedulingCounty, *people: str) -> Any:
    county.li(planning("activity", S1, S2), preparing(*people), double_random_draw.CommitDraw(draw_id=DRAW),
              executing())
    return county.told(double_random_draw.DrawExecuted)[-1]


def test_whoever_must_not_be_drawn_is_left_out_with_the_reason() -> None:
    county = SchedulingCounty()
    people = [county.engage(name) for name in ("wang", "qian", "sun2", "li2", "zhou2", "wu")]
    county.engage("new", trained=False)
    county.li(planning("activity", S1, S2))
    county.leaves("sun2")
    copies = county.app.work()
    copies.memos += county.app.copied(inspector.InspectorSuspended(inspector_id=people[1], reason="核查"))
    copies.memos += county.app.copied(workload_quota.WorkloadQuotaSet(inspector_id=people[3], year=2026, quota=0))
    copies.memos += county.app.copied(career_exchange.CareerExchangeRecorded(
        person_id=people[4], from_post="校长", to_post="督学", school_id=S1, at=county.town.clock.now))
    county.app.append(copies)
    county.li(preparing("wang", "qian", "sun2", "li2", "zhou2", "wu", "new"))
    (prepared,) = county.told(double_random_draw.DrawPrepared)
    reasons = {(one.id, one.reason) for one in prepared.exclusions if one.pool is Pool.INSPECTORS}
    assert reasons == {
        (people[1], ExclusionReason.SUSPENDED), (people[2], ExclusionReason.EXITED),
        (people[2], ExclusionReason.NO_CREDENTIAL), (people[3], ExclusionReason.OVER_QUOTA),
        (people[4], ExclusionReason.FORMER_SCHOOL), (uid("new"), ExclusionReason.NO_PRE_SERVICE_TRAINING)}


@pytest.mark.parametrize(("left", "tied"), [(date(2023, 3, 3), True), (date(2023, 3, 2), False)])
def test_a_former_school_ties_for_the_years_that_policy_says(left: date, tied: bool) -> None:
    county = SchedulingCounty({"recusal.formerSchool.years": 3})
    person = county.engage("wang")
    work = county.app.work()
    work.memos += county.app.copied(career_exchange.CareerExchangeRecorded(
        person_id=person, from_post="校长", to_post="督学", school_id=S1,
        at=datetime.fromisoformat(f"{left}T09:00:00+08:00")))
    county.app.append(work)
    county.li(planning("activity", S1, S2))
    if tied:
        assert refusal(lambda: county.li(preparing("wang"))) == "POOL_TOO_SMALL"
    else:
        county.li(preparing("wang"))


def test_a_school_whose_days_are_used_up_is_not_drawn() -> None:
    county = SchedulingCounty(HARD)
    county.engage("wang")
    county.li(planning("activity", S2), planning("other", S1), preparing("wang"))
    (prepared,) = county.told(double_random_draw.DrawPrepared)
    assert [(one.id, one.reason) for one in prepared.exclusions] == [(S1, ExclusionReason.BURDEN_EXHAUSTED)]


def test_a_department_that_manages_the_school_does_not_inspect_it() -> None:
    county = SchedulingCounty()
    county.engage("wang")
    county.town.services["scheduling"].reference.unit(S1).management[0].competent_department_id = OFFICE
    county.li(planning("activity", S1, S2))
    assert refusal(lambda: county.li(preparing("wang"))) == "POOL_TOO_SMALL"


def test_the_team_and_the_notice_follow_the_lot_and_the_export_proves_it() -> None:
    county = SchedulingCounty({"draw.doubleRandom": True})
    for name in ("wang", "qian"):
        county.engage(name)
    done = draw(county, "wang", "qian")
    drawn, other = done.inspectors[0], next(uid(n) for n in ("wang", "qian") if uid(n) != done.inspectors[0])
    unit, spared = done.units[0], next(one for one in (S1, S2) if one != done.units[0])
    team = inspection_activity.FormTeam(activity_id=ACTIVITY, leader_id=other, members=())
    assert refusal(lambda: county.li(team)) == "NOT_AS_DRAWN"
    county.li(inspection_activity.FormTeam(activity_id=ACTIVITY, leader_id=drawn, members=()))
    notice = inspection_activity.ServeNotice(activity_id=ACTIVITY, unit_id=spared)
    assert refusal(lambda: county.li(notice)) == "UNIT_NOT_DRAWN"
    records = [letter.record for letter in county.town.announcements("scheduling", 0) if letter.head.stream == DRAW]
    assert not [sentence for wrong, sentence in verify_draw.faults(b"".join(records).decode()) if wrong]
    heads = [letter.head for letter in county.town.announcements("scheduling", 0) if letter.head.stream == DRAW]
    assert heads[-1].case_ids == (case_id(ACTIVITY, unit),)
    assert list(ledger(county, spared).reservations) == []
    assert list(ledger(county, unit).reservations) == [str(ACTIVITY)]


def test_a_second_draw_needs_the_first_abandoned_and_both_stay() -> None:
    county = SchedulingCounty()
    county.engage("wang")
    county.li(planning("activity", S1, S2), preparing("wang"), double_random_draw.CommitDraw(draw_id=DRAW))
    assert refusal(lambda: county.li(preparing("wang", attempt=2))) == "EARLIER_NOT_ABANDONED"
    county.li(double_random_draw.AbandonDraw(draw_id=DRAW, reason="名录有误"), preparing("wang", attempt=2))
    assert [event.attempt for event in county.told(double_random_draw.DrawPrepared)] == [1, 2]
    assert refusal(lambda: county.li(executing())) == "STATE_NOT_ALLOWED"


def test_what_is_drawn_for_a_covert_activity_is_sealed_until_it_starts() -> None:
    county = SchedulingCounty()
    county.engage("wang")
    county.li(planning("activity", S1, S2, axes=COVERT), preparing("wang"),
              double_random_draw.CommitDraw(draw_id=DRAW), executing())
    assert refusal(lambda: county.li(double_random_draw.RevealDraw(draw_id=DRAW))) == "STILL_SEALED"
    county.li(inspection_activity.FormTeam(activity_id=ACTIVITY, leader_id=WANG, members=()),
              inspection_activity.SealActivity(activity_id=ACTIVITY, audience=(),
                                               sealed_until=county.town.clock.now + timedelta(days=9)))
    secret = [letter.head.confidentiality for letter in county.town.announcements("scheduling", 0)
              if letter.head.stream in (DRAW, ACTIVITY)]
    assert set(secret) == {Confidentiality.SEALED_UNTIL}
    assert county.told(burden_ledger.BurdenReserved) == []
    county.town.submit_as(WANG, inspection_activity.StartActivity(activity_id=ACTIVITY, location="校门口"))
    assert [type(e).__name__ for e in county.told()[-4:]] == [
        "ActivityStarted", "BurdenPeriodOpened", "BurdenConsumed", "DrawRevealed"]
    last = county.town.announcements("scheduling", 0)[-1]
    assert last.head.confidentiality is Confidentiality.INTERNAL and event_line(last.record)


# --- the ledgers of schools -----------------------------------------------------------------------------


def test_a_planned_activity_takes_its_days_and_a_cancelled_one_gives_them_back() -> None:
    county = SchedulingCounty(HARD)
    county.li(planning())
    assert county.names()[-3:] == ["ActivityPlanned", "BurdenPeriodOpened", "BurdenReserved"]
    assert refusal(lambda: county.li(planning("second"))) == "CAP_REACHED"
    county.li(inspection_activity.CancelActivity(activity_id=ACTIVITY, reason="停课"), planning("second"))
    assert list(ledger(county).reservations) == [str(uid("second"))]


def test_nobody_plans_into_a_blackout_week_without_an_override_that_stays_visible() -> None:
    county = SchedulingCounty()
    exam = planning(day=date(2026, 6, 8))
    assert refusal(lambda: county.li(exam)) == "BLACKOUT"
    county.li(burden_ledger.OpenBurdenPeriod(unit_id=S1, period=TERM), burden_ledger.OverrideBurden(
        unit_id=S1, period=TERM, activity_id=ACTIVITY, ground=burden_ledger.OverrideGround.UPPER_ORDER,
        approver_id=uid("director"), reason="上级交办"), exam)
    assert county.names()[-1] == "BurdenReserved"
    assert len(county.told(burden_ledger.BurdenOverrideApproved)) == 1


def test_an_emergency_exceeds_the_cap_and_is_counted_separately() -> None:
    county = SchedulingCounty(HARD)
    county.li(planning(), proposing("poisoning", "EMERGENCY"))
    (override,) = county.told(burden_ledger.BurdenOverrideApproved)
    assert (override.ground.value, override.reason) == ("EMERGENCY", "食物中毒")
    assert ledger(county).used(burden_ledger.BurdenKind.SPECIAL) == 1
    assert len(ledger(county).reservations) == 2


def test_what_a_lead_proposes_beyond_the_cap_waits_for_an_approval() -> None:
    county = SchedulingCounty(HARD)
    county.engage("wang")
    county.li(planning(), proposing("lead", "LEAD_DRIVEN"))
    assert county.names()[-1] == "BurdenRefused"
    team = inspection_activity.FormTeam(activity_id=uid("lead"), leader_id=WANG, members=())
    assert refusal(lambda: county.li(team)) == "BURDEN_REFUSED"
    county.li(burden_ledger.OverrideBurden(
        unit_id=S1, period=TERM, activity_id=uid("lead"), ground=burden_ledger.OverrideGround.LEAD_DRIVEN,
        approver_id=uid("director"), reason="群众反映"))
    assert county.names()[-1] == "BurdenReserved"
    county.li(team)


def test_two_bodies_in_the_same_days_are_told_to_merge_and_the_merged_one_gives_its_days_back() -> None:
    county = SchedulingCounty({"burden.mode": "MERGE_FIRST"})
    county.city(annual_plan.DraftPlan(plan_id=CITY_PLAN, body_id=CITY, year=2026),
                planning("from-city", plan=CITY_PLAN, body=CITY))
    county.li(planning())
    (merge,) = county.told(burden_ledger.MergeSuggested)
    assert set(merge.bodies) == {CITY, OFFICE}
    assert county.names()[-1] == "BurdenRefused"
    county.city(inspection_activity.CancelActivity(activity_id=uid("from-city"), reason="并入县级"))
    assert county.names()[-2:] == ["ActivityCancelled", "BurdenReleased"]


def test_merged_activities_of_one_plan_leave_the_days_of_the_lead() -> None:
    county = SchedulingCounty()
    county.li(planning(), planning("second", day=date(2026, 3, 10)), annual_plan.MergeActivities(
        plan_id=natural_id("AnnualPlan", OFFICE, 2026), activity_ids=(ACTIVITY, uid("second")),
        lead_activity_id=ACTIVITY))
    assert list(ledger(county).reservations) == [str(ACTIVITY)]
    second = county.app.load(InspectionActivity, uid("second"))
    assert second is not None and second.state == "CANCELLED"


def test_the_ledger_closes_at_the_end_of_the_term() -> None:
    county = SchedulingCounty()
    county.li(planning())
    county.town.advance_to(datetime.fromisoformat("2026-09-01T00:00:00+08:00"))
    (closed,) = county.told(burden_ledger.BurdenPeriodClosed)
    assert closed.used == {burden_ledger.BurdenKind.SPECIAL: 1}
    assert "CONFLICT" not in county.outcomes()
