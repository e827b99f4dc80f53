"""What accountability does about letters, where Hunan, Beijing, Weihai and Shanghai differ."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.accountability import accountability_case as case
from contracts.accountability import appraisal_reference as reference
from contracts.accountability import circular, interview
from contracts.findings import duty_evaluation, finding
from contracts.rectification import joint_liability, look_back, problem_ledger, supervision_order
from contracts.registry import supervised_unit
from contracts.values import Severity, Tier, natural_id
from tests.accountability.place import ADMIN, BUREAU, CASE_IDS, OFFICE, S1, Place
from tests.kit.cases import AT, uid

LEDGER, ITEM, ORDER, LOOK, EVALUATION = (uid(name) for name in ("ledger", "item", "order", "look", "evaluation"))


def listed(place: Place, severity: Severity = Severity.GENERAL) -> None:
    place.say(LEDGER, problem_ledger.LedgerOpened(
        ledger_id=LEDGER, unit_id=S1, issuing_body_id=OFFICE, tier=Tier.COUNTY))
    place.say(LEDGER, problem_ledger.ItemRegistered(
        item_id=ITEM, ledger_id=LEDGER, issuing_body_id=OFFICE, source=problem_ledger.ItemSource.CONFIRMED_FINDING,
        text="校车超载", severity=severity))


def ordered(place: Place) -> None:
    listed(place)
    place.say(ORDER, supervision_order.OrderDrafted(
        order_id=ORDER, item_ids=(ITEM,), ground=supervision_order.OrderGround.NOT_TIMELY, unit_id=S1,
        issuing_body_id=OFFICE))


def escalated(place: Place, to: supervision_order.Escalation) -> None:
    ordered(place)
    place.say(ORDER, supervision_order.OrderEscalated(order_id=ORDER, to=to))


def grounds(place: Place) -> list[list[str]]:
    drafted = place.told(circular.CircularDrafted)
    return [[ground.value for ground in one.ground_codes] for one in drafted]


# --- P3, P4 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("of", "drafted"), [
    ("HN", []), ("BJ", []), ("WH", [["NOT_AS_REQUIRED"]]), ("SH", []),
])
def test_an_item_not_rectified_in_time_leads_to_a_circular_where_no_level_prescribes_an_order(
    of: str, drafted: list[list[str]]
) -> None:
    place = Place(of)
    listed(place)
    place.say(LEDGER, problem_ledger.ItemDeadlineLapsed(item_id=ITEM, due_at=AT))
    assert grounds(place) == drafted
    assert any("POLICY_UNSET" in outcome for outcome in place.outcomes()) is (of == "SH")


def test_what_was_done_badly_leads_to_a_circular_in_weihai() -> None:
    place = Place("WH")
    listed(place)
    place.say(LEDGER, problem_ledger.ItemVerificationFailed(
        item_id=ITEM, verifier_id=uid("wang"), reason="仍超载"))
    assert grounds(place) == [["WEAK_RECTIFICATION"]]


def test_a_lapsed_order_leads_to_one_circular_in_the_case_of_the_order() -> None:
    place = Place("BJ")
    ordered(place)
    place.say(ORDER, supervision_order.OrderDeadlineLapsed(order_id=ORDER, due_at=AT))
    place.say(ORDER, supervision_order.OrderEscalated(order_id=ORDER, to=supervision_order.Escalation.CIRCULAR))
    (letter,) = place.letters()
    assert (letter.event.source_ids, letter.head.case_ids, letter.event.unit_id) == ((ORDER,), CASE_IDS, S1)


@pytest.mark.parametrize(("of", "names"), [
    ("HN", ["CircularDrafted"]), ("BJ", ["CaseProposed"]), ("WH", ["CaseProposed"]),
])
def test_weak_rectification_is_a_ground_of_a_case_in_beijing_and_weihai_only(of: str, names: list[str]) -> None:
    place = Place(of)
    escalated(place, supervision_order.Escalation.CASE)
    assert place.names() == names


def test_in_hunan_a_refused_decision_needs_proof() -> None:
    place = Place("HN")
    proposal: dict[str, Any] = {
        "accountability_case_id": uid("c1"), "ground_codes": (case.CaseGround.REFUSED_DECISION,),
        "subject": case.CaseSubject(kind=case.SubjectKind.UNIT, id=S1), "tier": case.CaseTier.B,
        "source_ids": (ORDER,),
    }
    with pytest.raises(Exception, match="PROOF_MISSING"):
        place.li(case.ProposeCase(**proposal))
    place.li(case.ProposeCase(evidence_hashes=("拒签记录",), **proposal))
    assert place.names() == ["CaseProposed"]


@pytest.mark.parametrize(("of", "ground"), [
    ("HN", "DUTIES_NOT_FULFILLED"), ("BJ", "DUTIES_NOT_FULFILLED"), ("WH", "DUTIES_PROMINENT_PROBLEMS"),
])
def test_an_order_may_end_in_an_interview_of_the_head(of: str, ground: str) -> None:
    place = Place(of)
    place.by(ADMIN, supervised_unit.StartPrincipalTerm(unit_id=S1, person_id=uid("head"), started_at=AT))
    escalated(place, supervision_order.Escalation.INTERVIEW)
    (proposed,) = place.told(interview.InterviewProposed)
    assert ([one.value for one in proposed.ground_codes], proposed.person_ids) == ([ground], (uid("head"),))


def test_with_the_real_rectification_the_clock_leads_to_the_circular() -> None:
    place = Place("WH", speaking=False)
    activity = uid("activity")
    place.li(problem_ledger.RegisterItem(
        ledger_id=natural_id("ProblemLedger", S1, activity, OFFICE), source_activity_id=activity,
        item_id=ITEM, unit_id=S1, issuing_body_id=OFFICE, text="校车超载",
        severity=Severity.SEVERE, source=problem_ledger.ItemSource.UPPER_BODY_ITEM))
    assert place.names() == []
    place.town.advance_to(AT + timedelta(days=40))
    (letter,) = place.letters()
    assert (letter.event.unit_id, letter.event.source_ids) == (S1, (ITEM,))
    (registered,) = [one for one in place.town.announcements("rectification", 0) if one.name.endswith("ItemRegistered")]
    assert letter.head.case_ids == registered.head.case_ids


# --- P5, P6 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("of", "name"), [("HN", "CircularDrafted"), ("BJ", "CaseProposed"), ("WH", "CaseProposed")])
def test_false_rectification_has_consequences_everywhere(of: str, name: str) -> None:
    place = Place(of)
    place.say(LOOK, look_back.FalseRectificationEstablished(
        look_back_id=LOOK, item_id=ITEM, unit_id=S1, original_verifier_id=uid("wang"), evidence_hashes=("e1", "e2"),
        heard_at=AT))
    assert place.names() == [name]


def liable(place: Place, department: UUID) -> None:
    place.say(uid("liability"), joint_liability.JointLiabilityEstablished(
        item_id=ITEM, department_id=department, reasons="未督促", heard_at=AT))


def test_joint_liability_makes_the_department_the_subject() -> None:
    place = Place("BJ")
    liable(place, BUREAU)
    (proposed,) = place.told(case.CaseProposed)
    assert (proposed.subject.id, proposed.unit_id) == (BUREAU, BUREAU)
    (letter,) = place.letters()
    assert letter.head.unit_path.endswith(str(BUREAU))


def test_a_department_that_is_no_registered_unit_is_no_matter_of_the_schools_users() -> None:
    place = Place("BJ")
    liable(place, uid("edu"))
    (letter,) = place.letters()
    assert (letter.head.unit_path, letter.head.case_ids, letter.event.unit_id) == (None, CASE_IDS, None)


# --- P13, P14 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("of", "names"), [
    ("HN", ["CaseProposed", "InterviewProposed", "ReferenceAdded"]),
    ("BJ", ["CaseProposed", "InterviewProposed", "ReferenceAdded"]),
    ("WH", ["CaseProposed", "InterviewProposed", "ReferenceAdded"]),
    ("SH", ["InterviewProposed", "ReferenceAdded"]),
])
def test_an_unqualified_evaluation_leads_to_a_case_and_an_interview(of: str, names: list[str]) -> None:
    place = Place(of)
    place.say(EVALUATION, duty_evaluation.EvaluationGraded(
        evaluation_id=EVALUATION, grade=duty_evaluation.EvaluationGrade.UNQUALIFIED, scale_version="1", target_id=S1))
    assert place.names() == names
    assert {letter.head.case_ids for letter in place.letters()} == {CASE_IDS}


def test_a_good_evaluation_is_a_reference_only() -> None:
    place = Place("HN")
    place.say(EVALUATION, duty_evaluation.EvaluationGraded(
        evaluation_id=EVALUATION, grade=duty_evaluation.EvaluationGrade.GOOD, scale_version="1", target_id=S1))
    assert place.names() == ["ReferenceAdded"]


def test_a_withdrawn_finding_amends_the_references_that_rest_on_it() -> None:
    place = Place("HN")
    file = uid("finding")
    added = reference.AddReference(
        file_id=reference_file(S1), reference_id=uid("reference"), subject_id=S1, source_id=file,
        kind=reference.ReferenceKind.RECTIFICATION)
    place.li(added)
    place.say(file, finding.FindingWithdrawn(
        finding_id=file, corrects_event_id=uid("event"), reason="证据有误", authority="复核"))
    assert place.names() == ["ReferenceAdded", "ReferenceAmended"]


def reference_file(subject: UUID) -> UUID:
    return natural_id("AppraisalReference", subject)


