"""PrivateSchoolMeasure: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from typing import Any

import msgspec

from contracts.accountability import private_school_measure as said
from contracts.values import MeasureModality, Role
from services.accountability.domain.private_school_measure import PrivateSchoolMeasure
from tests.kit.cases import AT, POLICY, Case, staff, suite, uid

MEASURE, CASE, UNIT, EDU = uid("stream"), uid("case"), uid("s1"), uid("edu")
OF: dict[str, Any] = {"measure_id": MEASURE}
REVOKE = said.PrivateMeasureKind.REVOKE_LICENCE
DECIDED = {"private": True, "decided": {"REVOKE_LICENCE": MeasureModality.MUST}, "modality": MeasureModality.MUST}
TOLD = {"accountability.private.revokeLicence": {"effect": "MUST", "notify": ["APPROVING_DEPARTMENT"]}}
EDU_USER = staff("sun", "edu", Role.DEPARTMENT_USER)
NOT_IT = {"NOT_THE_DEPARTMENT": {"by": staff("sun", "finance", Role.DEPARTMENT_USER)}}

PROPOSED = said.MeasureProposed(
    accountability_case_id=CASE, unit_id=UNIT, kind=REVOKE, modality=MeasureModality.MUST, **OF)
TRANSFERRED = said.MeasureTransferred(to_department_id=EDU, at=AT, accountability_case_id=CASE, **OF)
REFUSED = said.MeasureRefused(reasons="无管辖权", **OF)
ACCEPTED = said.MeasureAccepted(at=AT, accountability_case_id=CASE, **OF)
EXECUTED = said.MeasureExecuted(executed_at=AT, evidence_hash="e1", approving_department_notified_at=AT, **OF)
EXECUTE = said.ExecuteMeasure(evidence_hash="e1", approving_department_notified_at=AT, **OF)

CASES = [
    Case(
        when=said.ProposeMeasure(accountability_case_id=CASE, unit_id=UNIT, kind=REVOKE, **OF), then=[PROPOSED],
        by=POLICY, looked_up=DECIDED,
        refused={
            "NOT_PRIVATE": {"looked_up": {**DECIDED, "private": False}},
            "CASE_NOT_DECIDED": {"looked_up": {**DECIDED, "decided": {}}},
            "NOT_IN_DECISION": {"looked_up": {**DECIDED, "decided": {"REPLACE_HEAD": MeasureModality.MUST}}},
        },
    ),
    Case(
        given=(PROPOSED,), when=said.TransferMeasure(**OF), then=[TRANSFERRED], by=POLICY,
        looked_up={"answering_department_id": EDU},
        refused={"WRONG_DEPARTMENT": {"when": said.TransferMeasure(to_department_id=uid("finance"), **OF)}},
    ),
    Case(given=(PROPOSED, TRANSFERRED), when=said.AcceptMeasure(**OF), then=[ACCEPTED], by=EDU_USER, refused=NOT_IT),
    Case(
        given=(PROPOSED, TRANSFERRED, REFUSED), when=said.TransferMeasure(**OF), then=[TRANSFERRED], by=POLICY,
        looked_up={"answering_department_id": EDU},
        refused={"WRONG_DEPARTMENT": {"when": said.TransferMeasure(to_department_id=uid("finance"), **OF)}},
    ),
    Case(
        given=(PROPOSED, TRANSFERRED), when=said.RefuseMeasure(reasons="无管辖权", **OF),
        then=[REFUSED], by=EDU_USER,
        refused={**NOT_IT, "REASONS_MISSING": {"when": said.RefuseMeasure(reasons=" ", **OF)}},
    ),
    Case(
        given=(PROPOSED, TRANSFERRED, ACCEPTED), when=EXECUTE, then=[EXECUTED], by=EDU_USER, policy=TOLD,
        refused={
            **NOT_IT,
            "EVIDENCE_MISSING": {"when": msgspec.structs.replace(EXECUTE, evidence_hash="")},
            "APPROVING_DEPARTMENT_NOT_NOTIFIED": {
                "when": msgspec.structs.replace(EXECUTE, approving_department_notified_at=AT + timedelta(1))},
        },
    ),
    Case(
        given=(PROPOSED, TRANSFERRED, ACCEPTED, EXECUTED), when=said.VerifyMeasure(**OF),
        then=[said.MeasureVerified(verifier_id=uid("wang"), **OF)], by=staff("wang"),
        refused={"VERIFIER_NOT_INDEPENDENT": {"by": staff("sun", "edu")}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(PrivateSchoolMeasure, CASES)
