"""JointLiability: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from contracts.rectification import joint_liability as said
from contracts.values import Role
from services.rectification.domain.joint_liability import JointLiability
from tests.kit.cases import AT, POLICY, Case, decide, staff, suite, uid

ITEM, EDU = uid("item"), uid("edu")
EARLY, MISSED = AT - timedelta(days=9), AT - timedelta(days=2)
EDU_USER = staff("chen", "edu", Role.DEPARTMENT_USER)
OF = {"item_id": ITEM, "department_id": EDU}

NOTIFIED = said.DutyNotified(at=AT, **OF)
GUIDED = said.GuidanceRecorded(kind=said.GuidanceKind.URGING, at=EARLY, evidence_hash="g1", **OF)
LATE = said.GuidanceRecorded(kind=said.GuidanceKind.URGING, at=AT, evidence_hash="g2", **OF)
WEAK = said.WeakRectificationFound(cause=said.WeaknessCause.ITEM_OVERDUE, **OF)
URGING = said.Urging(kind=said.GuidanceKind.URGING, at=EARLY, evidence_hash="g1")

GUIDE = said.RecordGuidance(kind=said.GuidanceKind.URGING, at=EARLY, evidence_hash="g1", **OF)
ESTABLISH = said.EstablishJointLiability(reasons="逾期前未督促", heard_at=AT, **OF)
DECLINING = Case(
    given=(NOTIFIED, GUIDED, LATE, WEAK), when=said.DeclineJointLiability(**OF), looked_up={"missed_at": MISSED},
    then=[said.JointLiabilityDeclined(urgings=(URGING,), **OF)],
    refused={"NO_TIMELY_URGING": {"given": (NOTIFIED, LATE, WEAK)}},
)
CASES = [
    Case(
        when=said.NotifyDuty(**OF), then=[NOTIFIED], by=POLICY, looked_up={"competent_department_id": EDU},
        refused={"NOT_COMPETENT": {"looked_up": {"competent_department_id": uid("finance")}}},
    ),
    Case(
        given=(NOTIFIED,), when=GUIDE, then=[GUIDED], by=EDU_USER,
        refused={
            "NOT_THE_DEPARTMENT": {"by": staff("chen", "finance", Role.DEPARTMENT_USER)},
            "EVIDENCE_MISSING": {"when": msgspec.structs.replace(GUIDE, evidence_hash="")},
            "ACT_IN_FUTURE": {"when": msgspec.structs.replace(GUIDE, at=AT + timedelta(days=1))},
        },
    ),
    Case(
        given=(NOTIFIED, GUIDED), by=POLICY, then=[WEAK],
        when=said.FindWeakRectification(cause=said.WeaknessCause.ITEM_OVERDUE, **OF),
        looked_up={"causes": frozenset({said.WeaknessCause.ITEM_OVERDUE})},
        refused={"CAUSE_NOT_FOUND": {"looked_up": {"causes": frozenset({said.WeaknessCause.ORDER_LAPSED})}}},
    ),
    Case(
        given=(NOTIFIED, LATE, WEAK), when=ESTABLISH, looked_up={"missed_at": MISSED},
        then=[said.JointLiabilityEstablished(reasons="逾期前未督促", heard_at=AT, **OF)],
        refused={
            "REASONS_MISSING": {"when": msgspec.structs.replace(ESTABLISH, reasons=" ")},
            "DEPARTMENT_NOT_HEARD": {"when": msgspec.structs.replace(ESTABLISH, heard_at=None)},
            "TIMELY_URGING_SHOWN": {"given": (NOTIFIED, GUIDED, WEAK)},
        },
    ),
    DECLINING,
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(JointLiability, CASES)


def test_the_body_may_record_what_a_department_did() -> None:
    assert decide(JointLiability, replace(CASES[1], by=staff())) == (GUIDED,)


def test_a_declined_liability_forgets_no_urging() -> None:
    declined = DECLINING.then[0]
    again = replace(DECLINING, given=(*DECLINING.given, declined, WEAK), looked_up={"missed_at": AT + timedelta(1)})
    (event,) = decide(JointLiability, again)
    assert [urging.evidence_hash for urging in event.urgings] == ["g1", "g2"]
