"""Interview: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from contracts.accountability import interview as said
from contracts.values import Severity
from services.accountability.domain.interview import Interview
from services.chassis.life_cycle import Refused
from tests.kit.cases import AT, Case, decide, folded, staff, suite, uid

INTERVIEW, UNIT, HEAD = uid("stream"), uid("s1"), uid("head")
OF: dict[str, Any] = {"interview_id": INTERVIEW}
GROUND = said.InterviewGround.SAFETY_PROBLEMS
LIST = {"interview.grounds": ["SAFETY_PROBLEMS", "DUTIES_NOT_FULFILLED"]}
JOINT = {"interview.schools.joint": {"ground": "VIOLATION_WITH_BAD_CONSEQUENCES", "coHost": "EDUCATION_DEPARTMENT"}}
SCHOOL = {"unit_kind": "SCHOOL", "competent_department_id": uid("edu")}
PARTY, GOVERNMENT = uid("party"), uid("government")
ADDRESSEES = {"addressees": {said.AddresseeKind.PARTY: PARTY, said.AddresseeKind.GOVERNMENT: GOVERNMENT}}
TO_PARTY: dict[str, Any] = {**OF, "addressee_body_id": PARTY, "addressee_kind": said.AddresseeKind.PARTY}
TO_GOVERNMENT = {**TO_PARTY, "addressee_body_id": GOVERNMENT, "addressee_kind": said.AddresseeKind.GOVERNMENT}

PROPOSED = said.InterviewProposed(
    unit_id=UNIT, person_ids=(HEAD,), ground_codes=(GROUND,), severity=Severity.SEVERE, **OF)
APPROVED = said.InterviewApproved(approver_id=uid("li"), **OF)
NOTIFIED = said.InterviewNotified(notified_at=AT, person_ids=(HEAD,), **OF)
HELD = said.InterviewHeld(
    attendees=(HEAD,), problems=("校车超载",), demands=("停运整改",), place="县督导室", at=AT, **OF)
SIGNED = said.InterviewRecordSigned(document_hash="d1", signed_by=(HEAD,), **OF)
FILED = said.InterviewRecordFiled(filed_at=AT, receipt_at=AT, **TO_PARTY)
ANSWERED = said.InterviewRecordFiled(filed_at=AT, receipt_at=AT, **TO_GOVERNMENT)
COMPLETED = said.InterviewFilingCompleted(addressees=(PARTY, GOVERNMENT), unit_id=UNIT, person_ids=(HEAD,), **OF)
RECORDED = (PROPOSED, APPROVED, NOTIFIED, HELD, SIGNED)
REFUSAL = said.SignatureRefusal(person_ids=(HEAD,), witness_ids=(uid("w1"), uid("w2")))

PROPOSE = said.ProposeInterview(
    unit_id=UNIT, person_ids=(HEAD,), ground_codes=(GROUND,), severity=Severity.SEVERE, **OF)
HOLD = said.HoldInterview(attendees=(HEAD,), problems=("校车超载",), demands=("停运整改",), place="县督导室", **OF)
SIGN = said.SignRecord(document_hash="d1", signed_by=(HEAD,), **OF)
FILE = said.FileRecord(receipt_at=AT, **TO_PARTY)
APPROVING = Case(
    given=(PROPOSED,), when=said.ApproveInterview(**OF), then=[APPROVED], looked_up=SCHOOL,
    refused={
        "NOT_OWN_BODY": {"by": staff("zhou", "city")},
        "CO_HOST_MISSING": {"policy": JOINT},
        "CO_HOST_NOT_EDUCATION": {
            "policy": JOINT, "when": said.ApproveInterview(co_host_body_id=uid("finance"), **OF)},
    },
)
SIGNING = Case(
    given=RECORDED[:4], when=SIGN, then=[SIGNED],
    refused={
        "DOCUMENT_MISSING": {"when": msgspec.structs.replace(SIGN, document_hash="")},
        "SIGNATURE_MISSING": {"when": msgspec.structs.replace(SIGN, signed_by=())},
        "WITNESS_MISSING": {"when": msgspec.structs.replace(
            SIGN, refusal=msgspec.structs.replace(REFUSAL, witness_ids=(uid("w1"), uid("w1"))))},
    },
)
CASES = [
    Case(
        when=PROPOSE, then=[PROPOSED], policy=LIST, looked_up={"unit_kind": "DEPARTMENT"},
        refused={
            "GROUND_MISSING": {"when": msgspec.structs.replace(PROPOSE, ground_codes=())},
            "GROUND_NOT_IN_LIST": {"when": msgspec.structs.replace(
                PROPOSE, ground_codes=(said.InterviewGround.KEY_TASK_DELAY,))},
        },
    ),
    APPROVING,
    Case(
        given=(PROPOSED, APPROVED), when=said.NotifyInterview(**OF), then=[NOTIFIED],
        looked_up={"responsible": {HEAD}},
        refused={
            "PERSON_MISSING": {"given": (msgspec.structs.replace(PROPOSED, person_ids=()), APPROVED)},
            "PERSON_NOT_RESPONSIBLE": {"looked_up": {"responsible": {uid("other")}}},
        },
    ),
    Case(
        given=RECORDED[:3], when=HOLD, then=[HELD],
        refused={
            "PROBLEM_MISSING": {"when": msgspec.structs.replace(HOLD, problems=(" ",))},
            "DEMAND_MISSING": {"when": msgspec.structs.replace(HOLD, demands=())},
        },
    ),
    SIGNING,
    Case(
        given=RECORDED, when=FILE, then=[FILED], looked_up=ADDRESSEES,
        refused={
            "ADDRESSEE_NOT_PRESCRIBED": {"when": said.FileRecord(**{**TO_PARTY, "addressee_body_id": uid("x")})},
            "RECEIPT_PRESENT": {
                "given": (*RECORDED, FILED), "when": said.FileRecord(receipt_at=AT - timedelta(1), **TO_PARTY)},
            "RECEIPT_IN_FUTURE": {"when": said.FileRecord(receipt_at=AT + timedelta(1), **TO_PARTY)},
        },
    ),
    Case(
        given=(*RECORDED, FILED, ANSWERED), when=said.CompleteFiling(**OF), then=[COMPLETED], looked_up=ADDRESSEES,
        refused={"RECEIPT_MISSING": {"given": (*RECORDED, FILED)}},
    ),
    Case(
        given=(*RECORDED, FILED, ANSWERED, COMPLETED),
        when=said.FollowUpInterview(item_ids=(uid("item"),), outcome=said.FollowUpOutcome.IN_LEDGER, **OF),
        then=[said.InterviewFollowedUp(item_ids=(uid("item"),), outcome=said.FollowUpOutcome.IN_LEDGER, **OF)],
        refused={"ITEM_MISSING": {
            "when": said.FollowUpInterview(outcome=said.FollowUpOutcome.IN_LEDGER, **OF)}},
    ),
    Case(
        given=(PROPOSED, APPROVED), when=said.CancelInterview(reason="已整改", **OF),
        then=[said.InterviewCancelled(reason="已整改", **OF)],
        refused={"REASON_MISSING": {"when": said.CancelInterview(reason=" ", **OF)}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Interview, CASES)


def test_the_ground_of_schools_is_for_schools_only() -> None:
    own = (said.InterviewGround.VIOLATION_WITH_BAD_CONSEQUENCES,)
    case = replace(CASES[0], when=msgspec.structs.replace(PROPOSE, ground_codes=own), policy={**LIST, **JOINT})
    with pytest.raises(Refused, match="GROUND_NOT_IN_LIST"):
        decide(Interview, case)
    assert decide(Interview, replace(case, looked_up=SCHOOL))


def test_without_any_list_no_ground_can_be_found() -> None:
    with pytest.raises(Refused, match="POLICY_UNSET"):
        decide(Interview, replace(CASES[0], policy={}))


def test_an_interview_of_a_department_needs_no_co_host() -> None:
    assert decide(Interview, replace(APPROVING, policy=JOINT, looked_up={"unit_kind": "DEPARTMENT"})) == (APPROVED,)


def test_a_refused_signature_is_noted_by_two_witnesses() -> None:
    (event,) = decide(Interview, replace(SIGNING, when=said.SignRecord(
        document_hash="d1", signed_by=(), refusal=REFUSAL, **OF)))
    assert event.refusal == REFUSAL


def test_a_record_sent_waits_for_its_receipt() -> None:
    sent = msgspec.structs.replace(FILED, receipt_at=None)
    case = Case(given=(*RECORDED, sent), when=FILE, then=[FILED], looked_up=ADDRESSEES)
    assert decide(Interview, case) == (FILED,)
    assert folded(Interview, case).filings == {str(PARTY): None}
