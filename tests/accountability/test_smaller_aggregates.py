"""RetaliationReport, LinkageCase, ResultUse, the register: every row accepted, quiet, refused elsewhere, guarded."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from contracts.accountability import circular_register, linkage_case, result_use, retaliation_report
from contracts.values import Role
from services.accountability.domain.circular_register import CircularRegister
from services.accountability.domain.linkage_case import LinkageCase
from services.accountability.domain.result_use import ResultUse
from services.accountability.domain.retaliation_report import RetaliationReport
from tests.kit.cases import (
    Case,
    check_accepted,
    check_elsewhere,
    check_guard,
    check_quiet,
    holes,
    staff,
    states_elsewhere,
    uid,
    unit_user,
)

INSPECTOR, CASE, UNIT = uid("wang"), uid("case"), uid("s1")
REPORT: dict[str, Any] = {"report_id": uid("stream")}
LINK: dict[str, Any] = {"linkage_id": uid("stream")}
DIGEST = "ab" * 32

REPORTED = retaliation_report.RetaliationReported(
    inspector_id=INSPECTOR, unit_id=UNIT, sealed="封存：被威胁", **REPORT)
TELL = retaliation_report.ReportRetaliation(inspector_id=INSPECTOR, unit_id=UNIT, account="被威胁", **REPORT)
ESTABLISHED = retaliation_report.RetaliationOutcome.ESTABLISHED
RETALIATION = [
    Case(
        when=TELL, then=[REPORTED], by=staff("wang", role=Role.INSPECTOR),
        looked_up={"seal": lambda text: f"封存：{text}"},
        refused={
            "NOT_OWN_REPORT": {"by": staff("sun", role=Role.INSPECTOR)},
            "ACCOUNT_MISSING": {"when": msgspec.structs.replace(TELL, account=" ")},
        },
    ),
    Case(
        given=(REPORTED,), looked_up={"case_known": True},
        when=retaliation_report.DecideRetaliation(outcome=ESTABLISHED, accountability_case_id=CASE, **REPORT),
        then=[retaliation_report.RetaliationDecided(outcome=ESTABLISHED, accountability_case_id=CASE, **REPORT)],
        refused={"DECIDER_IS_REPORTER": {"by": staff("wang")}, "CASE_MISSING": {"looked_up": {}}},
    ),
]
OPENED = linkage_case.LinkageOpened(accountability_case_id=CASE, enforcement_body_id=uid("police"), **LINK)
EXCHANGE = linkage_case.ExchangeFact(
    fact_hash=DIGEST, direction=linkage_case.LinkageDirection.TO_ENFORCEMENT, **LINK)
LINKAGE = [
    Case(
        when=linkage_case.OpenLinkage(accountability_case_id=CASE, enforcement_body_id=uid("police"), **LINK),
        then=[OPENED], looked_up={"case_known": True}, refused={"CASE_UNKNOWN": {"looked_up": {}}},
    ),
    Case(
        given=(OPENED,), when=EXCHANGE,
        then=[linkage_case.LinkageFactExchanged(
            fact_hash=DIGEST, direction=linkage_case.LinkageDirection.TO_ENFORCEMENT, **LINK)],
        refused={"NOT_A_DIGEST": {"when": msgspec.structs.replace(EXCHANGE, fact_hash="询问笔录全文")}},
    ),
    Case(
        given=(OPENED,), when=linkage_case.CloseLinkage(outcome="已处罚", **LINK),
        then=[linkage_case.LinkageClosed(outcome="已处罚", **LINK)],
        refused={"OUTCOME_MISSING": {"when": linkage_case.CloseLinkage(outcome="", **LINK)}},
    ),
]
USE: dict[str, Any] = {"unit_id": UNIT, "result_id": uid("result")}
REWARD = result_use.ResultPurpose.TEACHER_REWARD
RESOURCES = result_use.ResultUseRecorded(used_for=result_use.ResultPurpose.RESOURCES, decision_ref="决2号", **USE)
RECORD = result_use.RecordResultUse(used_for=REWARD, decision_ref="决1号", **USE)
USES = [
    Case(
        given=given, when=RECORD, by=unit_user(),
        then=[result_use.ResultUseRecorded(used_for=REWARD, decision_ref="决1号", **USE)],
        refused={
            "NOT_OWN_UNIT": {"by": unit_user("qian", "s2")},
            "DECISION_MISSING": {"when": msgspec.structs.replace(RECORD, decision_ref="")},
        },
    )
    for given in ((), (RESOURCES,))
]
ORGAN: dict[str, Any] = {"register_id": uid("stream"), "organ_id": uid("office"), "kind": "circular", "year": 2026}
TAKEN = circular_register.CircularNumberTaken(number=1, taken_for=uid("one"), **ORGAN)
NUMBERS = [
    Case(when=circular_register.TakeCircularNumber(taken_for=uid("one"), **ORGAN), then=[TAKEN]),
    Case(
        given=(TAKEN,), when=circular_register.TakeCircularNumber(taken_for=uid("two"), **ORGAN),
        then=[msgspec.structs.replace(TAKEN, number=2, taken_for=uid("two"))],
    ),
]
KINDS: list[tuple[Any, Sequence[Case]]] = [
    (RetaliationReport, RETALIATION), (LinkageCase, LINKAGE), (ResultUse, USES), (CircularRegister, NUMBERS),
]
ALL = [(kind, case) for kind, cases in KINDS for case in cases]
ELSEWHERE = [(kind, case, state) for kind, case in ALL for state in states_elsewhere(kind, case)]
GUARDS = [(kind, case, code) for kind, case in ALL for code in case.refused]


@pytest.mark.parametrize(("kind", "case"), ALL)
def test_the_right_events_follow_and_said_again_it_is_quiet(kind: Any, case: Case) -> None:
    check_accepted(kind, case)
    check_quiet(kind, case)


@pytest.mark.parametrize(("kind", "case", "state"), ELSEWHERE)
def test_it_is_refused_from_every_other_state(kind: Any, case: Case, state: str) -> None:
    check_elsewhere(kind, case, state)


@pytest.mark.parametrize(("kind", "case", "code"), GUARDS)
def test_each_guard_refuses_by_its_code(kind: Any, case: Case, code: str) -> None:
    check_guard(kind, case, code)


@pytest.mark.parametrize(("kind", "cases"), KINDS)
def test_no_row_and_no_guard_is_without_a_test(kind: Any, cases: Sequence[Case]) -> None:
    assert holes(kind, cases) == []
