"""Finding: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from contracts.findings import finding as said
from contracts.record import event_id
from contracts.values import CalendarKind, Role, Severity
from services.chassis.official_calendar import official_calendar
from services.findings.domain.content_catalogue import known
from services.findings.domain.finding import Finding
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid, unit_user

FINDING, UNIT, ACTIVITY, FEEDBACK = uid("stream"), uid("s1"), uid("activity"), uid("feedback")
WINDOW = {"defence.window": {"amount": 10, "calendar": "WORKING_DAYS"}}
DUE = official_calendar().due(AT, 10, CalendarKind.WORKING_DAYS).due_at
RUNNING = {"activity": SimpleNamespace(state="IN_PROGRESS", leader_id=uid("wang")), "unit_kind": "SCHOOL"}
OWN = {"about_own_department": True}
DELIVERED = {"feedback": SimpleNamespace(delivered_at=AT, items=(FINDING,))}
LEADER = staff("wang", role=Role.TEAM_LEADER)
DEPARTMENT = {"competent_department_id": uid("edu")}

RECORD: dict[str, Any] = {
    "finding_id": FINDING, "activity_id": ACTIVITY, "unit_id": UNIT, "indicator_code": "A1",
    "indicator_version": "2026", "content_code": "SAFETY", "severity": Severity.GENERAL,
    "text": "食堂食品留样记录不全", "evidence_ids": (uid("e1"),),
}
RECORDED = said.FindingRecorded(**RECORD, recorded_by=uid("li"))
SUBSTANTIATED = said.FindingSubstantiated(finding_id=FINDING, leader_id=uid("wang"))
FED_BACK = said.FindingFedBack(finding_id=FINDING, feedback_id=FEEDBACK, defence_due_at=DUE)
DEFENDED = said.DefenceSubmitted(finding_id=FINDING, by_unit_id=UNIT, text="已补齐", at=AT)
CONFIRMED = said.FindingConfirmed(
    finding_id=FINDING, unit_id=UNIT, severity=Severity.GENERAL, text=RECORDED.text, activity_id=ACTIVITY,
    competent_department_id=uid("edu"),
)
UPHELD = said.FindingUpheld(finding_id=FINDING, decider_id=uid("wang"), reasons="查实")
CHANGES = said.FindingChanges(text="留样缺两天", severity=Severity.SEVERE)

FOUND = (RECORDED, SUBSTANTIATED)
TOLD = (*FOUND, FED_BACK)
IN_DEFENCE = (*TOLD, DEFENDED)
STANDING = (*TOLD, CONFIRMED)


def recording(**changed: Any) -> said.RecordFinding:
    return said.RecordFinding(**{**RECORD, **changed})


def deciding(outcome: str = "UPHELD", **changed: Any) -> said.DecideDefence:
    asked = {"finding_id": FINDING, "outcome": said.DefenceOutcome(outcome), "reasons": "查实", **changed}
    return said.DecideDefence(**asked)


def withdrawing(reason: str = "新证据", authority: str = "复核决定1号") -> said.WithdrawFinding:
    return said.WithdrawFinding(finding_id=FINDING, reason=reason, authority=authority)


def withdrawn(version: int, reason: str = "新证据", authority: str = "复核决定1号") -> said.FindingWithdrawn:
    corrects = event_id(FINDING, version)
    return said.FindingWithdrawn(finding_id=FINDING, corrects_event_id=corrects, reason=reason, authority=authority)


REFER = said.ReferUrgently(
    finding_id=FINDING, to_department_id=uid("edu"), danger=said.UrgentDanger.DANGER_TO_LIFE,
)

MOVED: dict[str, Any] = {"new_due_at": DUE + timedelta(days=1), "calendar_revision": "2027"}
CASES = [
    Case(
        when=recording(), looked_up=RUNNING, then=[RECORDED],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": {**RUNNING, **OWN}},
            "ACTIVITY_NOT_IN_PROGRESS": {"looked_up": {"activity": SimpleNamespace(state="NOTIFIED")}},
            "VISIT_NOT_CHECKED_IN": {"when": recording(activity_id=None, visit_id=uid("visit"))},
            "EVIDENCE_MISSING": {"when": recording(evidence_ids=())},
            "INDICATOR_MISSING": {"when": recording(indicator_version=" ")},
            "TEXT_MISSING": {"when": recording(text="")},
        },
    ),
    Case(
        given=[RECORDED], by=LEADER, looked_up=RUNNING, when=said.SubstantiateFinding(finding_id=FINDING),
        then=[SUBSTANTIATED],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": {**RUNNING, **OWN}},
            "NOT_TEAM_LEADER": {"by": staff("chen", role=Role.TEAM_LEADER)},
            "CONTENT_CODE_UNKNOWN": {"given": [msgspec.structs.replace(RECORDED, content_code="QUOTAS_AND_PAY")]},
        },
    ),
    Case(
        given=FOUND, when=REFER,
        then=[said.UrgentReferralMade(
            finding_id=FINDING, to_department_id=uid("edu"), danger=said.UrgentDanger.DANGER_TO_LIFE,
            referred_at=AT)],
        refused={"INSPECTED_DEPARTMENT": {"looked_up": OWN}},
    ),
    Case(
        given=FOUND, by=POLICY, policy=WINDOW, looked_up=DELIVERED, then=[FED_BACK], at=AT + timedelta(hours=5),
        when=said.IncludeInFeedback(finding_id=FINDING, feedback_id=FEEDBACK),
        refused={"NOT_IN_FEEDBACK": {"looked_up": {"feedback": SimpleNamespace(delivered_at=AT, items=())}}},
    ),
    Case(
        given=TOLD, by=unit_user(), when=said.SubmitDefence(finding_id=FINDING, text="已补齐"), then=[DEFENDED],
        refused={
            "NOT_OF_THE_UNIT": {"by": unit_user("qian", "s2")},
            "DEFENCE_WINDOW_CLOSED": {"at": DUE},
            "TEXT_MISSING": {"when": said.SubmitDefence(finding_id=FINDING, text=" ")},
        },
    ),
    Case(
        given=IN_DEFENCE, by=LEADER, looked_up=DEPARTMENT, when=deciding(), then=[CONFIRMED, UPHELD],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN},
            "DECIDER_IS_RECORDER": {"by": staff("li")},
            "REASON_MISSING": {"when": deciding(reasons="")},
            "CHANGES_MISSING": {"when": deciding("AMENDED")},
            "AUTHORITY_MISSING": {"when": deciding("WITHDRAWN")},
        },
    ),
    Case(
        given=IN_DEFENCE, by=LEADER, looked_up=DEPARTMENT, when=deciding("AMENDED", changes=CHANGES),
        then=[
            msgspec.structs.replace(CONFIRMED, text="留样缺两天", severity=Severity.SEVERE),
            said.FindingAmended(finding_id=FINDING, changes=CHANGES, reasons="查实", decider_id=uid("wang")),
        ],
    ),
    Case(
        given=IN_DEFENCE, by=LEADER, when=deciding("WITHDRAWN", authority="复核决定1号"),
        then=[withdrawn(1, "查实")],
    ),
    Case(
        given=TOLD, by=TIMER, at=DUE, looked_up=DEPARTMENT, when=said.ConfirmFinding(finding_id=FINDING),
        then=[CONFIRMED],
        refused={
            "INSPECTED_DEPARTMENT": {"by": staff(), "looked_up": OWN},
            "WINDOW_STILL_OPEN": {"at": AT, "by": staff()},
        },
    ),
    Case(
        given=TOLD, by=unit_user(), looked_up={**DEPARTMENT, **OWN}, then=[CONFIRMED],
        when=said.ConfirmFinding(finding_id=FINDING),
    ),
    Case(
        given=(*FOUND, msgspec.structs.replace(FED_BACK, provisional=True)), by=POLICY,
        when=said.RecalculateDefenceWindow(finding_id=FINDING, old_due_at=DUE, **MOVED),
        then=[said.DefenceWindowRecalculated(finding_id=FINDING, old_due_at=DUE, **MOVED)],
    ),
    Case(
        given=STANDING, by=POLICY,
        when=said.HandToLedger(finding_id=FINDING, ledger_id=uid("ledger"), item_id=uid("item")),
        then=[said.FindingHandedToLedger(finding_id=FINDING, ledger_id=uid("ledger"), item_id=uid("item"))],
        refused={"INSPECTED_DEPARTMENT": {"by": staff(), "looked_up": OWN}},
    ),
    Case(
        given=STANDING, when=withdrawing(), then=[withdrawn(4)],
        refused={
            "INSPECTED_DEPARTMENT": {"looked_up": OWN},
            "REASON_MISSING": {"when": withdrawing(reason=" ")},
            "AUTHORITY_MISSING": {"when": withdrawing(authority=" ")},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Finding, CASES)


def test_the_timer_stands_at_the_end_of_the_window_only_while_the_unit_may_still_answer() -> None:
    told, defended = (folded(Finding, Case(given=g, when=deciding(), then=[])) for g in (TOLD, IN_DEFENCE))
    assert list(told.timers()) == [(DUE, said.ConfirmFinding(finding_id=FINDING))]
    assert list(defended.timers()) == []


def test_a_finding_of_a_routine_visit_needs_no_activity() -> None:
    there = {"visit": SimpleNamespace(state="CHECKED_IN")}
    case = Case(when=recording(activity_id=None, visit_id=uid("visit")), looked_up=there, then=[])
    assert len(decide(Finding, case)) == 1


def test_what_a_defence_amended_is_the_finding_from_then_on() -> None:
    amended = said.FindingAmended(finding_id=FINDING, changes=CHANGES, reasons="查实")
    found = folded(Finding, Case(given=(*IN_DEFENCE, amended), when=deciding(), then=[]))
    assert (found.text, found.severity, found.content_code) == ("留样缺两天", Severity.SEVERE, "SAFETY")


@pytest.mark.parametrize(("code", "kind", "expected"), [
    ("", "SCHOOL", False), ("FEES", "SCHOOL", True), ("FEES", "GOVERNMENT", False),
    ("FUNDS", "DEPARTMENT", True), ("FUNDS", "SCHOOL", False), ("LOCAL-7", "SCHOOL", True), ("SAFETY", None, True),
])
def test_the_catalogue_is_open_but_knows_what_never_concerns_a_kind(code: str, kind: str, expected: bool) -> None:
    assert known(code, kind) is expected
