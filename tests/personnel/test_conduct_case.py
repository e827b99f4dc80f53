"""ConductCase: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.personnel import conduct_case as said
from services.personnel.domain.conduct_case import ConductCase
from tests.kit.cases import Case, decide, staff, suite, uid

CASE, WANG, OFFICE = uid("stream"), uid("wang"), uid("office")
SEAL = {"seal": lambda text: f"<{len(text)}>"}
GROUNDS = (said.ConductGround.FRAUD,)
VERIFY: dict[str, Any] = {"conduct_case_id": CASE, "facts": "代签到校记录", "evidence_hashes": ("a1",)}
UPWARD = {"conduct.reportUpward": True}

REPORT = said.ReportConduct(conduct_case_id=CASE, inspector_id=WANG, grounds=GROUNDS, reporter="某教师")
REPORTED = said.ConductReported(conduct_case_id=CASE, inspector_id=WANG, grounds=GROUNDS, reporter_sealed="<3>")
VERIFIED = said.ConductVerified(**VERIFY)


def decided(outcome: said.ConductOutcome = said.ConductOutcome.EXIT) -> said.ConductDecided:
    return said.ConductDecided(
        conduct_case_id=CASE, outcome=outcome, decided_by=OFFICE, reported_upward=True, inspector_id=WANG)


def deciding(upward: bool = True) -> said.DecideConduct:
    return said.DecideConduct(conduct_case_id=CASE, outcome=said.ConductOutcome.EXIT, reported_upward=upward)


def applying(*to: said.AppliedTo) -> said.ApplyConduct:
    return said.ApplyConduct(conduct_case_id=CASE, applied_to=to)


NOT_INDEPENDENT: dict[str, Any] = {
    "OWN_CASE": {"by": staff("wang")}, "SAME_TEAM": {"looked_up": {"shared_activities": [uid("a")]}},
}

CASES = [
    Case(when=REPORT, looked_up=SEAL, then=[REPORTED], refused={
        "GROUND_MISSING": {"when": said.ReportConduct(conduct_case_id=CASE, inspector_id=WANG, grounds=())},
    }),
    Case(given=[REPORTED], when=said.VerifyConduct(**VERIFY), then=[VERIFIED], refused={
        **NOT_INDEPENDENT,
        "FACTS_MISSING": {"when": said.VerifyConduct(**{**VERIFY, "facts": " "})},
        "EVIDENCE_MISSING": {"when": said.VerifyConduct(**{**VERIFY, "evidence_hashes": ()})},
    }),
    Case(given=[REPORTED], when=said.DismissConduct(conduct_case_id=CASE, reasons="查无此事"),
         then=[said.ConductDismissed(conduct_case_id=CASE, reasons="查无此事")], refused={
        **NOT_INDEPENDENT,
        "REASONS_MISSING": {"when": said.DismissConduct(conduct_case_id=CASE, reasons="")},
    }),
    Case(given=[REPORTED, VERIFIED], when=deciding(), policy=UPWARD, looked_up={"upper_body_id": uid("city")},
         then=[decided()], refused={
        "OWN_CASE": {"by": staff("wang")}, "UPPER_BODY_NOT_INFORMED": {"when": deciding(upward=False)},
    }),
    Case(given=[REPORTED, VERIFIED, decided()], when=applying(said.AppliedTo.INSPECTOR),
         looked_up={"inspector_state": "EXITED"},
         then=[said.ConductApplied(conduct_case_id=CASE, applied_to=(said.AppliedTo.INSPECTOR,))], refused={
        "NOT_YET_APPLIED": {"looked_up": {"inspector_state": "ACTIVE"}},
    }),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(ConductCase, CASES)


def test_an_anonymous_report_names_nobody() -> None:
    report = said.ReportConduct(conduct_case_id=CASE, inspector_id=WANG, grounds=GROUNDS)
    (event,) = decide(ConductCase, Case(when=report, looked_up=SEAL, then=[]))
    assert event.reporter_sealed is None


def test_at_the_top_nobody_above_need_be_informed() -> None:
    case = Case(given=[REPORTED, VERIFIED], when=deciding(upward=False), policy=UPWARD, looked_up={}, then=[])
    assert not decide(ConductCase, case)[0].reported_upward


def test_a_criticism_is_applied_by_being_told() -> None:
    given = [REPORTED, VERIFIED, decided(said.ConductOutcome.CRITICISM)]
    case = Case(given=given, when=applying(said.AppliedTo.INSPECTOR), looked_up={"inspector_state": "ACTIVE"}, then=[])
    assert len(decide(ConductCase, case)) == 1
