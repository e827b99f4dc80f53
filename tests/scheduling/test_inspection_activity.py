"""InspectionActivity: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from contracts.scheduling import inspection_activity as said
from contracts.scheduling.burden_ledger import BurdenRule
from contracts.values import CalendarKind, Function, Tier, Window
from services.chassis.life_cycle import Refused
from services.chassis.official_calendar import official_calendar
from services.scheduling.copies import Badge, Inspector
from services.scheduling.domain.inspection_activity import InspectionActivity
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid, unit_user

ACTIVITY, OFFICE, UNIT = uid("stream"), uid("office"), uid("s1")
WANG, LI, ZHAO = uid("wang"), uid("li-inspector"), uid("zhao-inspector")
NOTICE, REPORT = {"notice.leadDays": 3}, {"report.window": {"amount": 10, "calendar": "WORKING_DAYS"}}
DUE = official_calendar().due(AT, 10, CalendarKind.WORKING_DAYS).due_at
SEAL_END = AT + timedelta(days=5)
OVERT = said.Axes(function=Function.SCHOOL, target=said.Target.SCHOOL, scope=said.Scope.SPECIAL)
COVERT = msgspec.structs.replace(OVERT, visibility=said.Visibility.COVERT)
FLYING = msgspec.structs.replace(OVERT, visibility=said.Visibility.FLYING)
VALID = Badge(valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
OTHER = {"by": staff("sun", "other")}
DRAFT = {"plan": SimpleNamespace(state="DRAFT", body_id=OFFICE)}


def inspector(key: Any, **changed: Any) -> Inspector:
    known = {"state": "ACTIVE", "functions": (Function.SCHOOL,), "badges": (VALID,), **changed}
    return Inspector(inspector_id=key, body_id=OFFICE, tier=Tier.COUNTY, **known)


def team(**changed: Any) -> dict[str, Any]:
    return {"team": {WANG: inspector(WANG, **changed), LI: inspector(LI), ZHAO: inspector(ZHAO)}}


def full(rule: BurdenRule) -> dict[str, Any]:
    return {**DRAFT, "burden": {"s1": {rule}, "s2": set()}}


def lot(state: str, units: Any = (), inspectors: Any = ()) -> Any:
    return SimpleNamespace(state=state, units=units, inspectors=inspectors)


PLAN: dict[str, Any] = {
    "activity_id": ACTIVITY, "plan_id": uid("plan"), "body_id": OFFICE, "axes": OVERT, "targets": (UNIT, uid("s2")),
    "window": Window(from_=date(2026, 3, 9), to=date(2026, 3, 13)),
}
PROPOSAL: dict[str, Any] = {
    **{key: value for key, value in PLAN.items() if key != "plan_id"},
    "cause": said.OutOfPlanCause.LEAD_DRIVEN, "reason": "群众反映",
}


def planning(**changed: Any) -> said.PlanActivity:
    return said.PlanActivity(**{**PLAN, **changed})


def proposing(**changed: Any) -> said.ProposeOutOfPlan:
    return said.ProposeOutOfPlan(**{**PROPOSAL, **changed})


def forming(**changed: Any) -> said.FormTeam:
    return said.FormTeam(**{"activity_id": ACTIVITY, "leader_id": WANG, "members": (LI, ZHAO), **changed})


def serving(unit: str = "s1") -> said.ServeNotice:
    return said.ServeNotice(activity_id=ACTIVITY, unit_id=uid(unit))


PLANNED = said.ActivityPlanned(**PLAN)
HIDDEN = said.ActivityPlanned(**{**PLAN, "axes": COVERT})
CONSULT: dict[str, Any] = {"activity_id": ACTIVITY, "consultation_id": uid("meeting"), "points": ("安全",)}
FORMED = said.TeamFormed(activity_id=ACTIVITY, leader_id=WANG, members=tuple(
    said.TeamMember(inspector_id=key, home_body_id=OFFICE, tier=Tier.COUNTY) for key in (WANG, LI, ZHAO)))
RAISED = said.RecusalRaised(
    activity_id=ACTIVITY, inspector_id=LI, ground=said.RecusalGround.RELATIVE, raised_by=uid("zhao"))
SERVED = said.NoticeServed(
    activity_id=ACTIVITY, unit_id=UNIT, kind=said.NoticeKind.WRITTEN, served_at=AT, lead_days=5)
SEALED = said.ActivitySealed(activity_id=ACTIVITY, sealed_until=SEAL_END, audience=(WANG,))
STARTED = said.ActivityStarted(activity_id=ACTIVITY, started_at=AT, location="校门口")
FINISHED = said.FieldworkFinished(activity_id=ACTIVITY, days=2, units_seen=(UNIT,), report_due_at=DUE)
CLOSED = said.ActivityClosed(activity_id=ACTIVITY, reason="并入综合报告")

TEAMED, UNSEEN = (PLANNED, FORMED), (HIDDEN, FORMED)
NOTIFIED, UNDER_SEAL = (*TEAMED, SERVED), (*UNSEEN, SEALED)
RUNNING = (*NOTIFIED, STARTED)
LEADER = {"by": staff("wang"), "looked_up": {"team": {WANG: inspector(WANG)}}}


PAIR = msgspec.structs.replace(FORMED, members=FORMED.members[:2])
LEFT = said.TeamMemberRemoved(activity_id=ACTIVITY, inspector_id=ZHAO, reason=said.RemovalReason.EXITED)


def pair(**changed: Any) -> dict[str, Any]:
    return {"team": {key: one for key, one in team(**changed)["team"].items() if key != ZHAO}}


def recusal(key: Any, outcome: str) -> said.RecusalDecided:
    return said.RecusalDecided(
        activity_id=ACTIVITY, inspector_id=key, outcome=said.RecusalOutcome(outcome), decided_by=uid("li"))


def sealing(until: datetime = SEAL_END) -> said.SealActivity:
    return said.SealActivity(activity_id=ACTIVITY, sealed_until=until, audience=(WANG,))


def assessing(**changed: Any) -> said.RequestSelfAssessment:
    asked = {"activity_id": ACTIVITY, "unit_id": UNIT, "indicator_set_version": "2026", **changed}
    return said.RequestSelfAssessment(**asked)


START = said.StartActivity(activity_id=ACTIVITY, location="校门口")

MOVED: dict[str, Any] = {"new_due_at": DUE + timedelta(days=1), "calendar_revision": "2027"}
CASES = [
    Case(
        when=planning(), looked_up=DRAFT, then=[PLANNED],
        refused={
            "NOT_OWN_BODY": OTHER,
            "PLAN_NOT_DRAFT": {"looked_up": {"plan": SimpleNamespace(state="FILED", body_id=OFFICE)}},
            "TARGETS_MISSING": {"when": planning(targets=())},
            "WINDOW_REVERSED": {"when": planning(window=Window(from_=date(2026, 3, 9), to=date(2026, 3, 1)))},
            "FLYING_WITHOUT_BASIS": {"when": planning(axes=FLYING)},
            "CAP_REACHED": {"looked_up": full(BurdenRule.CAP_REACHED)},
            "BLACKOUT": {"looked_up": full(BurdenRule.BLACKOUT)},
            "TOO_CLOSE": {"looked_up": full(BurdenRule.TOO_CLOSE)},
        },
    ),
    Case(
        when=proposing(), then=[said.ActivityProposedOutOfPlan(**PROPOSAL)],
        refused={
            "NOT_OWN_BODY": OTHER,
            "REASON_MISSING": {"when": proposing(reason=" ")},
            "TARGETS_MISSING": {"when": proposing(targets=())},
            "WINDOW_REVERSED": {"when": proposing(window=Window(from_=date(2026, 3, 9), to=date(2026, 3, 1)))},
            "FLYING_WITHOUT_BASIS": {"when": proposing(axes=FLYING, legal_basis=(" ",))},
        },
    ),
    Case(
        given=[PLANNED], when=said.HoldConsultation(departments=(uid("edu"),), **CONSULT),
        then=[said.ConsultationHeld(departments=(uid("edu"),), **CONSULT)],
        refused={"DEPARTMENTS_MISSING": {"when": said.HoldConsultation(departments=(), **CONSULT)}},
    ),
    Case(
        given=[PLANNED], when=forming(), looked_up=team(), policy={"team.minMembers": 3}, then=[FORMED],
        refused={
            "NOT_OWN_BODY": OTHER,
            "CONSULTATION_MISSING": {"policy": {"consultation.required": True}},
            "BURDEN_REFUSED": {"looked_up": {**team(), "barred": ["s1"]}},
            "DRAW_MISSING": {"looked_up": {**team(), "draw": lot("COMMITTED")}},
            "NOT_AS_DRAWN": {"looked_up": {**team(), "draw": lot("DRAWN", inspectors=(WANG, LI))}},
            "TEAM_TOO_SMALL": {"when": forming(members=(WANG, LI))},
            "OBSERVER_IN_TEAM": {"when": forming(observers=(LI,))},
            "MEMBER_NOT_ACTIVE": {"looked_up": team(state="SUSPENDED")},
            "MEMBER_WITHOUT_CREDENTIAL": {"looked_up": team(badges=())},
            "FUNCTION_NOT_PERMITTED": {"looked_up": team(functions=(Function.GOV,))},
        },
    ),
    Case(
        given=(*NOTIFIED, LEFT), when=forming(members=(LI,)), looked_up=pair(), then=[PAIR],
        refused={
            "NOT_OWN_BODY": OTHER,
            "TEAM_COMPLETE": {"given": NOTIFIED},
            "DRAW_MISSING": {"looked_up": {**pair(), "draw": lot("PREPARED")}},
            "NOT_AS_DRAWN": {"looked_up": {**pair(), "draw": lot("DRAWN", inspectors=(WANG,))}},
            "TEAM_TOO_SMALL": {"policy": {"team.minMembers": 3}},
            "OBSERVER_IN_TEAM": {"when": forming(members=(LI,), observers=(LI,))},
            "MEMBER_NOT_ACTIVE": {"looked_up": pair(state="SUSPENDED")},
            "MEMBER_WITHOUT_CREDENTIAL": {"looked_up": pair(badges=())},
            "FUNCTION_NOT_PERMITTED": {"looked_up": pair(functions=(Function.GOV,))},
        },
    ),
    Case(
        given=NOTIFIED, then=[LEFT],
        when=said.RemoveTeamMember(activity_id=ACTIVITY, inspector_id=ZHAO, reason=said.RemovalReason.EXITED),
        refused={"NOT_IN_TEAM": {"when": said.RemoveTeamMember(
            activity_id=ACTIVITY, inspector_id=uid("nobody"), reason=said.RemovalReason.EXITED)}},
    ),
    Case(
        given=TEAMED, by=unit_user(), then=[RAISED],
        when=said.RaiseRecusal(activity_id=ACTIVITY, inspector_id=LI, ground=said.RecusalGround.RELATIVE),
        refused={"NOT_IN_TEAM": {"when": said.RaiseRecusal(
            activity_id=ACTIVITY, inspector_id=uid("nobody"), ground=said.RecusalGround.RELATIVE)}},
    ),
    Case(
        given=(*TEAMED, RAISED), then=[recusal(LI, "GRANTED")],
        when=said.DecideRecusal(activity_id=ACTIVITY, inspector_id=LI, outcome=said.RecusalOutcome.GRANTED),
        refused={
            "DECIDED_FOR_ONESELF": {"by": staff("li-inspector")},
            "RECUSAL_NOT_RAISED": {"given": TEAMED},
        },
    ),
    Case(
        given=TEAMED, when=serving(), policy=NOTICE, then=[SERVED],
        refused={
            "NOT_OVERT": {"given": UNSEEN},
            "NOT_A_TARGET": {"when": serving("s9")},
            "UNIT_NOT_DRAWN": {"looked_up": {"draw": lot("DRAWN", units=(uid("s2"),))}},
            "RECUSAL_UNDECIDED": {"given": (*TEAMED, RAISED)},
            "NOTICE_TOO_SHORT": {"policy": {"notice.leadDays": 6}},
        },
    ),
    Case(
        given=NOTIFIED, when=serving("s2"), policy=NOTICE, then=[msgspec.structs.replace(SERVED, unit_id=uid("s2"))],
        refused={
            "NOT_A_TARGET": {"when": serving("s9")},
            "UNIT_NOT_DRAWN": {"looked_up": {"draw": lot("REVEALED", units=(UNIT,))}},
            "NOTICE_TOO_SHORT": {"at": datetime(2026, 3, 5, 1, tzinfo=UTC)},
        },
    ),
    Case(
        given=UNSEEN, when=sealing(), then=[SEALED],
        refused={
            "NOT_SEALABLE": {"given": TEAMED},
            "RECUSAL_UNDECIDED": {"given": (*UNSEEN, RAISED)},
            "SEAL_IN_PAST": {"when": sealing(AT)},
        },
    ),
    Case(
        given=UNDER_SEAL, when=START, then=[STARTED], **LEADER,
        refused={
            "NOT_THE_LEADER": {"by": staff("li-inspector")},
            "RECUSED": {"given": (*TEAMED, recusal(WANG, "GRANTED"), SERVED)},
            "LEADER_REMOVED": {"given": (*UNDER_SEAL, said.TeamMemberRemoved(
                activity_id=ACTIVITY, inspector_id=WANG, reason=said.RemovalReason.SUSPENDED))},
            "LEADER_NOT_CHECKED_IN": {"when": said.StartActivity(activity_id=ACTIVITY, location=" ")},
            "MEMBER_NOT_ACTIVE": {"looked_up": {"team": {WANG: inspector(WANG, state="EXITED")}}},
            "MEMBER_WITHOUT_CREDENTIAL": {"at": datetime(2027, 1, 1, tzinfo=UTC)},
        },
    ),
    Case(
        given=NOTIFIED, when=assessing(),
        then=[said.SelfAssessmentRequested(activity_id=ACTIVITY, unit_id=UNIT, indicator_set_version="2026")],
        refused={
            "NOT_A_TARGET": {"when": assessing(unit_id=uid("s9"))},
            "INDICATOR_SET_MISSING": {"when": assessing(indicator_set_version="")},
        },
    ),
    Case(
        given=RUNNING, policy=REPORT, then=[FINISHED],
        when=said.FinishFieldwork(activity_id=ACTIVITY, days=2, units_seen=(UNIT,)),
    ),
    Case(
        given=(*RUNNING, FINISHED), when=said.CloseActivity(activity_id=ACTIVITY, reason="并入综合报告"), then=[CLOSED],
        refused={
            "NOT_OWN_BODY": OTHER,
            "REPORT_OR_REASON_MISSING": {"when": said.CloseActivity(activity_id=ACTIVITY, reason=" ")},
        },
    ),
    Case(
        given=UNDER_SEAL, when=said.CancelActivity(activity_id=ACTIVITY, reason="泄密"),
        then=[said.ActivityCancelled(activity_id=ACTIVITY, reason="泄密")],
        refused={
            "NOT_OWN_BODY": OTHER,
            "REASON_MISSING": {"when": said.CancelActivity(activity_id=ACTIVITY, reason="")},
        },
    ),
    Case(
        given=(*RUNNING, FINISHED, CLOSED), by=TIMER, at=DUE, when=said.LapseReport(activity_id=ACTIVITY, due_at=DUE),
        then=[said.ReportOverdueRaised(activity_id=ACTIVITY, due_at=DUE)],
    ),
    Case(
        given=(*RUNNING, msgspec.structs.replace(FINISHED, provisional=True)), by=POLICY,
        when=said.RecalculateReportDeadline(activity_id=ACTIVITY, old_due_at=DUE, **MOVED),
        then=[said.ReportDeadlineRecalculated(activity_id=ACTIVITY, old_due_at=DUE, **MOVED)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(InspectionActivity, CASES)


def after(*events: Any) -> InspectionActivity:
    found: InspectionActivity = folded(InspectionActivity, Case(given=events, when=START, then=[]))
    return found


def test_each_axis_is_kept_by_itself() -> None:
    axes = said.Axes(
        function=Function.SCHOOL, target=said.Target.SCHOOL, scope=said.Scope.SPECIAL, rhythm=said.Rhythm.RANDOM,
        visibility=said.Visibility.COVERT, purpose=said.Purpose.LOOK_BACK)
    (planned,) = decide(InspectionActivity, Case(when=planning(axes=axes), looked_up=DRAFT, then=[]))
    assert msgspec.to_builtins(planned)["axes"] == {
        "function": "SCHOOL", "target": "SCHOOL", "scope": "SPECIAL", "rhythm": "RANDOM", "visibility": "COVERT",
        "purpose": "LOOK_BACK"}


@pytest.mark.parametrize(("events", "hidden"), [
    ((PLANNED,), False), ((HIDDEN,), True), (UNDER_SEAL, True), ((*UNDER_SEAL, STARTED), False),
])
def test_a_covert_activity_is_hidden_until_it_starts(events: Any, hidden: bool) -> None:
    assert after(*events).hidden is hidden


def test_a_recused_member_leaves_the_team() -> None:
    assert after(*TEAMED, RAISED, recusal(LI, "GRANTED")).members == [WANG, ZHAO]
    assert LI in after(*TEAMED, RAISED, recusal(LI, "DENIED")).members


def test_the_report_is_awaited_from_the_field_work_on_until_it_is_there_or_overdue() -> None:
    reported = said.ActivityClosed(activity_id=ACTIVITY, report_id=uid("report"))
    overdue = said.ReportOverdueRaised(activity_id=ACTIVITY, due_at=DUE)
    ends = [(FINISHED,), (FINISHED, CLOSED), (FINISHED, reported), (FINISHED, overdue)]
    assert [len(list(after(*RUNNING, *end).timers())) for end in ends] == [1, 1, 0, 0]


@pytest.mark.parametrize(("required", "draw", "refused"), [
    (True, None, True), (False, None, False), (True, lot("ABANDONED"), True), (True, lot("DRAWN"), False),
])
def test_a_random_inspection_is_drawn_where_policy_says_so(required: bool, draw: Any, refused: bool) -> None:
    random = said.ActivityPlanned(**{**PLAN, "axes": msgspec.structs.replace(OVERT, rhythm=said.Rhythm.RANDOM)})
    case = Case(given=[random], when=forming(), looked_up={**team(), "draw": draw}, then=[],
                policy={"draw.doubleRandom": required})
    if not refused:
        assert decide(InspectionActivity, case)
        return
    with pytest.raises(Refused, match="DRAW_MISSING"):
        decide(InspectionActivity, case)
