"""The same facts in Hunan, Beijing, Weihai and Shanghai (domain 3.5.10; scenarios B, C and D)."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.accountability import accountability_case as case
from contracts.accountability import case_transfer as transfer
from contracts.accountability import circular, interview
from contracts.accountability import media_exposure as exposure
from contracts.accountability import private_school_measure as measure
from contracts.values import MeasureModality, PublicationChannel, Severity, natural_id
from services.chassis.life_cycle import Refused
from services.chassis.policy_values import PolicyDocument, PolicyEntry
from tests.accountability.place import (
    BUREAU,
    EDU,
    GOVERNMENT,
    INSTITUTION,
    LICENSING,
    OFFICE,
    ORGANISATION,
    PARTY,
    S1,
    Place,
    policies_of,
)
from tests.kit.cases import AT, uid

CASE = {"accountability_case_id": uid("case")}
GROUNDS, INTERVIEWS, CIRCULARS = case.CaseGround, interview.InterviewGround, circular.CircularGround
LISTED_IN: dict[str, dict[str, set[str]]] = {
    "HN": {
        "A": {"ANNUAL_TARGET_MISSED", "EVALUATION_UNQUALIFIED", "OBSTRUCTION"},
        "B": {"MASS_INCIDENTS", "MAJOR_ACCIDENT_OR_CASE", "REFUSED_DECISION", "RETALIATION"},
    },
    "BJ": {"A": {
        "EVALUATION_UNQUALIFIED", "WEAK_RECTIFICATION", "OBSTRUCTION", "MASS_INCIDENTS", "MAJOR_ACCIDENT_OR_CASE",
        "ILLEGAL_RUNNING", "RIGHTS_INFRINGED", "ETHICS_VIOLATION"}, "B": set()},
    "SH": {"A": set(), "B": set()},
}
LISTED_IN["WH"] = LISTED_IN["BJ"]
INTERVIEWED_FOR = {
    "HN": {"DECISIONS_NOT_RESOLUTE", "DUTIES_NOT_FULFILLED", "KEY_TASK_DELAY", "IRREGULAR_RUNNING", "QUALITY_DECLINE",
           "SAFETY_PROBLEMS", "REFUSED_INSPECTION"},
    "WH": {"DECISIONS_NOT_IMPLEMENTED", "DUTIES_PROMINENT_PROBLEMS", "IRREGULAR_RUNNING", "QUALITY_DECLINE_SEVERE",
           "SAFETY_PROBLEMS", "NON_COOPERATION_OR_REFUSAL"},
    "SH": {"DECISIONS_NOT_RESOLUTE", "DUTIES_NOT_FULFILLED", "KEY_TASK_DELAY", "IRREGULAR_RUNNING", "QUALITY_DECLINE",
           "SAFETY_OR_REFUSAL"},
}
INTERVIEWED_FOR["BJ"] = INTERVIEWED_FOR["HN"]


def refusal(place: Place, *commands: Any) -> str:
    with pytest.raises(Refused) as refused:
        place.li(*commands)
    return refused.value.code


def accepted(place: Place, command: Any) -> bool:
    try:
        place.li(command)
    except Refused:
        return False
    return True


# --- grounds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", ["HN", "BJ", "WH", "SH"])
def test_each_place_has_its_own_grounds_and_tiers_of_a_case(of: str) -> None:
    place, found = Place(of), {"A": set[str](), "B": set[str]()}
    for tier in case.CaseTier:
        for ground in GROUNDS:
            proposal = case.ProposeCase(
                accountability_case_id=uid(f"{tier}{ground}"), ground_codes=(ground,), tier=tier,
                subject=case.CaseSubject(kind=case.SubjectKind.UNIT, id=S1), source_ids=(uid("item"),),
                evidence_hashes=("e1",))
            if accepted(place, proposal):
                found[tier.value].add(ground.value)
    assert found == LISTED_IN[of]


@pytest.mark.parametrize("of", ["HN", "BJ", "WH", "SH"])
def test_each_place_has_its_own_grounds_of_an_interview(of: str) -> None:
    place = Place(of)
    found = {
        ground.value for ground in INTERVIEWS
        if accepted(place, interview.ProposeInterview(
            interview_id=uid(str(ground)), unit_id=BUREAU, person_ids=(uid("head"),), ground_codes=(ground,),
            severity=Severity.SEVERE))
    }
    assert found == INTERVIEWED_FOR[of]


@pytest.mark.parametrize(("of", "listed"), [
    ("HN", {"WEAK_RECTIFICATION", "SHIRKING", "INACTION", "NOT_COMPLETED"}),
    ("BJ", {"WEAK_RECTIFICATION", "SHIRKING", "INACTION", "NOT_COMPLETED"}),
    ("WH", {"NOT_AS_REQUIRED", "WEAK_RECTIFICATION"}), ("SH", set()),
])
def test_each_place_has_its_own_grounds_of_a_circular(of: str, listed: set[str]) -> None:
    place = Place(of)
    found = {
        ground.value for ground in CIRCULARS
        if accepted(place, circular.DraftCircular(circular_id=uid(str(ground)), unit_id=S1, ground_codes=(ground,)))
    }
    assert found == listed


def test_in_hunan_illegal_running_is_transferred_to_the_department_concerned() -> None:
    place = Place("HN")
    proposal = {"transfer_id": uid("t1")}
    place.li(
        transfer.ProposeTransfer(subject_id=S1, category=transfer.TransferCategory.ILLEGAL_RUNNING, **proposal),
        transfer.SendTransfer(to_authority_id=EDU, document_hash="d1", **proposal))
    place.by(place.department(), transfer.AcceptTransfer(**proposal))
    assert place.names() == ["TransferProposed", "TransferSent", "TransferAccepted"]
    (sent,) = place.told(transfer.TransferSent)
    place.town.advance_to(sent.due_at)
    assert place.names()[3:] == ["TransferOverdueRaised"]


# --- scenario C: interviews ----------------------------------------------------------------------------


def propose(place: Place, unit: UUID, ground: interview.InterviewGround) -> dict[str, Any]:
    of = {"interview_id": uid("interview")}
    place.li(interview.ProposeInterview(
        unit_id=unit, person_ids=(uid("head"),), ground_codes=(ground,), severity=Severity.SEVERE, **of))
    return of


def record(place: Place, of: dict[str, Any]) -> None:
    place.li(
        interview.NotifyInterview(**of),
        interview.HoldInterview(
            attendees=(uid("head"),), problems=("未整改",), demands=("限期整改",), place="会议室", **of),
        interview.SignRecord(document_hash="d1", signed_by=(uid("head"),), **of))


@pytest.mark.parametrize("of", ["HN", "BJ", "WH", "SH"])
def test_the_record_goes_to_party_government_and_upper_department_of_the_place(of: str) -> None:
    place, ground = Place(of), interview.InterviewGround.IRREGULAR_RUNNING
    about = propose(place, BUREAU, ground)
    place.li(interview.ApproveInterview(**about))
    record(place, about)
    kinds = interview.AddresseeKind
    assert refusal(place, interview.FileRecord(
        addressee_body_id=OFFICE, addressee_kind=kinds.PARTY, **about)) == "ADDRESSEE_NOT_PRESCRIBED"
    for addressee, kind in ((PARTY, kinds.PARTY), (GOVERNMENT, kinds.GOVERNMENT), (EDU, kinds.UPPER)):
        assert refusal(place, interview.CompleteFiling(**about)) == "RECEIPT_MISSING"
        place.li(interview.FileRecord(addressee_body_id=addressee, addressee_kind=kind, receipt_at=AT, **about))
    (completed,) = place.told(interview.InterviewFilingCompleted)
    assert completed.addressees == (PARTY, GOVERNMENT, EDU)
    assert place.names()[-2:] == ["ReferenceAdded", "ReferenceAdded"]


def test_in_weihai_a_school_is_interviewed_together_with_the_education_department() -> None:
    place = Place("WH")
    about = propose(place, S1, interview.InterviewGround.VIOLATION_WITH_BAD_CONSEQUENCES)
    assert refusal(place, interview.ApproveInterview(**about)) == "CO_HOST_MISSING"
    place.li(interview.ApproveInterview(co_host_body_id=EDU, **about))
    assert place.names() == ["InterviewProposed", "InterviewApproved"]


@pytest.mark.parametrize("of", ["HN", "BJ"])
def test_elsewhere_a_school_is_interviewed_by_the_office_alone(of: str) -> None:
    place = Place(of)
    about = propose(place, S1, interview.InterviewGround.SAFETY_PROBLEMS)
    place.li(interview.ApproveInterview(**about))
    assert place.names() == ["InterviewProposed", "InterviewApproved"]


# --- scenario B: exposure --------------------------------------------------------------------------------


def expose(ground: exposure.ExposureGround) -> exposure.ProposeExposure:
    return exposure.ProposeExposure(exposure_id=uid("exposure"), unit_id=S1, ground=ground)


@pytest.mark.parametrize(("of", "allowed"), [
    ("HN", set()), ("BJ", {"WEAK_IMPLEMENTATION", "LEGAL_VIOLATION"}), ("WH", {"TYPICAL_CASE"}), ("SH", set()),
])
def test_media_exposure_is_ruled_by_each_place(of: str, allowed: set[str]) -> None:
    found = {ground.value for ground in exposure.ExposureGround if accepted(Place(of), expose(ground))}
    assert found == allowed


def test_what_hunan_does_not_rule_it_inherits_from_the_nation() -> None:
    assert refusal(Place("HN"), expose(exposure.ExposureGround.TYPICAL_CASE)) == "POLICY_UNSET"
    national = PolicyDocument(
        jurisdiction="CN", kind="NATION", document="曝光规定", title="曝光规定", status="in-force",
        values={"exposure.rule": PolicyEntry(v="TYPICAL_CASES", modality="M")})
    place = Place("HN", policies_of("HN").publish(national))
    place.li(expose(exposure.ExposureGround.TYPICAL_CASE))
    (proposed,) = place.told(exposure.ExposureProposed)
    assert proposed.policy_ref.found_at == "CN"


def test_in_beijing_a_lawyer_looks_before_the_media_do() -> None:
    place, of = Place("BJ"), {"exposure_id": uid("exposure")}
    place.li(expose(exposure.ExposureGround.WEAK_IMPLEMENTATION))
    assert refusal(place, exposure.ApproveExposure(**of)) == "STATE_NOT_ALLOWED"
    place.by(place.staff("lawyer"), exposure.ReviewExposureLegally(result=exposure.LegalReview.CLEARED, **of))
    place.li(exposure.ApproveExposure(**of), exposure.ReleaseExposure(media=("示例日报",), **of))
    assert place.names()[-1] == "ExposureReleased"


# --- scenario D: a private school, the same accident -----------------------------------------------------


def decided(place: Place, tier: case.CaseTier, unit: UUID = S1) -> None:
    """From the proposal to the hearing."""
    place.li(
        case.ProposeCase(
            ground_codes=(GROUNDS.MAJOR_ACCIDENT_OR_CASE,), source_ids=(uid("item"),), tier=tier,
            subject=case.CaseSubject(kind=case.SubjectKind.UNIT, id=unit), **CASE),
        case.OpenCase(authority_body_id=OFFICE, team_ids=(uid("li"),), **CASE),
        case.EstablishFacts(facts="校车超载，失职致伤", evidence_hashes=("e1",), **CASE), case.NotifyFacts(**CASE))
    place.by(place.of_unit(unit), case.HearSubject(defence_hash="d1", **CASE))


def decision(*kinds: str, modality: str = "MUST", unit: UUID = S1, **fields: Any) -> case.DecideCase:
    """Measures against the licence and the head are the departments', all others the office's own."""
    measures = tuple(
        case.CaseMeasure(
            subject_id=unit, kind=case.MeasureKind(kind), modality=MeasureModality(modality),
            executor=EDU if kind in {"REPLACE_HEAD", "REVOKE_LICENCE"} else OFFICE)
        for kind in kinds)
    return case.DecideCase(measures=measures, legal_basis=("规定",), **CASE, **fields)


def of_measure(kind: measure.PrivateMeasureKind, unit: UUID = S1) -> dict[str, Any]:
    return {"measure_id": natural_id("PrivateSchoolMeasure", CASE["accountability_case_id"], unit, kind)}


REVOKE, REPLACE = measure.PrivateMeasureKind.REVOKE_LICENCE, measure.PrivateMeasureKind.REPLACE_HEAD
ENFORCE = case.EnforceCase(evidence_hashes=("e2",), **CASE)
PUBLISH = case.PublishCase(scope=case.PublicityScope.LOCAL, channels=(PublicationChannel.PORTAL,), **CASE)


def carried_out(place: Place, department: UUID, of: dict[str, Any], **told: Any) -> None:
    place.by(place.department(department), measure.AcceptMeasure(**of))
    place.by(place.department(department), measure.ExecuteMeasure(evidence_hash="e3", **told, **of))
    place.li(measure.VerifyMeasure(**of))


def test_scenario_d_in_hunan_the_licence_must_be_revoked_in_tier_b() -> None:
    place = Place("HN")
    decided(place, case.CaseTier.B)
    assert refusal(place, decision("CIRCULAR")) == "MUST_MEASURE_MISSING"
    assert refusal(place, decision("REVOKE_LICENCE", modality="MAY")) == "MODALITY_NOT_PRESCRIBED"
    assert refusal(place, decision("REVOKE_LICENCE", "REPLACE_HEAD")) == "MEASURE_NOT_ALLOWED"
    place.li(decision("REVOKE_LICENCE"))
    assert refusal(place, ENFORCE) == "STATE_NOT_ALLOWED"
    place.li(case.ServeCase(**CASE))
    (transferred,) = place.told(measure.MeasureTransferred)
    assert transferred.to_department_id == LICENSING
    assert refusal(place, ENFORCE) == "MEASURE_NOT_ACCEPTED"
    carried_out(place, LICENSING, of_measure(REVOKE))
    assert refusal(place, msgspec.structs.replace(PUBLISH, scope=case.PublicityScope.INTERNAL)) == "NOT_TO_SOCIETY"
    place.li(ENFORCE, PUBLISH)
    assert place.names()[-5:] == [
        "MeasureAccepted", "MeasureExecuted", "MeasureVerified", "CaseEnforced", "CasePublished"]


def test_scenario_d_in_beijing_no_measure_against_the_licence_is_needed() -> None:
    place = Place("BJ")
    decided(place, case.CaseTier.A)
    assert refusal(place, decision("CIRCULAR")) == "CONSEQUENCES_NOT_PROVEN"
    place.li(decision("CIRCULAR", serious_consequences=True), case.ServeCase(**CASE), ENFORCE, PUBLISH)
    assert "MeasureProposed" not in place.names()


def test_scenario_d_in_beijing_it_may_be_revoked_and_is_handed_over_by_hand() -> None:
    place = Place("BJ")
    decided(place, case.CaseTier.A)
    place.li(decision("REVOKE_LICENCE", modality="MAY", serious_consequences=True), case.ServeCase(**CASE))
    assert (place.names().count("MeasureProposed"), place.names().count("MeasureTransferred")) == (1, 0)
    place.li(measure.TransferMeasure(**of_measure(REVOKE)))
    carried_out(place, LICENSING, of_measure(REVOKE))
    place.li(ENFORCE)


@pytest.mark.parametrize("unit", [S1, INSTITUTION])
def test_scenario_d_in_weihai_the_head_must_go_and_when_grave_the_licence_too(unit: UUID) -> None:
    place, serious = Place("WH"), {"serious_consequences": True, "unit": unit}
    decided(place, case.CaseTier.A, unit)
    assert refusal(place, decision("CIRCULAR", **serious)) == "MUST_MEASURE_MISSING"
    assert refusal(place, decision("REPLACE_HEAD", grave=True, **serious)) == "MUST_MEASURE_MISSING"
    assert refusal(place, decision("REPLACE_HEAD", "REVOKE_LICENCE", **serious)) == "MEASURE_NOT_ALLOWED"
    place.li(decision("REPLACE_HEAD", "REVOKE_LICENCE", grave=True, **serious), case.ServeCase(**CASE))
    sent = {event.measure_id: event.to_department_id for event in place.told(measure.MeasureTransferred)}
    assert list(sent.values()) == [EDU, LICENSING]
    carried_out(place, EDU, of_measure(REPLACE, unit))
    with pytest.raises(Refused, match="APPROVING_DEPARTMENT_NOT_NOTIFIED"):
        carried_out(place, LICENSING, of_measure(REVOKE, unit))
    place.by(place.department(LICENSING), measure.ExecuteMeasure(
        evidence_hash="e3", approving_department_notified_at=AT, **of_measure(REVOKE, unit)))
    place.li(ENFORCE)


def test_a_public_department_has_no_licence_to_lose() -> None:
    place = Place("WH")
    decided(place, case.CaseTier.A, BUREAU)
    command = decision("REPLACE_HEAD", unit=BUREAU, serious_consequences=True)
    assert refusal(place, command) == "NOT_PRIVATE"


def test_a_circular_is_told_where_the_unit_is_and_answered_by_whoever_decides() -> None:
    place, of = Place("WH"), {"circular_id": uid("circular")}
    contents = circular.CircularContents(results="未整改", attitude="推诿", rectification="逾期")
    suggested = tuple(
        circular.Suggestion(kind=kind, person_ids=(uid("head"),), to_authority_id=ORGANISATION)
        for kind in circular.SuggestionKind)
    place.li(
        circular.DraftCircular(unit_id=S1, ground_codes=(CIRCULARS.NOT_AS_REQUIRED,), **of),
        circular.ApproveCircular(contents=contents, **of), circular.IssueCircular(suggestions=suggested, **of))
    (issued,) = place.told(circular.CircularIssued)
    assert (issued.recipients, issued.number) == ((PARTY, GOVERNMENT, EDU), "督通〔2026〕1号")
    answer = circular.AnswerSuggestion(
        kind=circular.SuggestionKind.NO_AWARDS, answer=circular.SuggestionAnswer.ADOPTED, **of)
    place.by(place.department(ORGANISATION), answer)
    with pytest.raises(Refused, match="NOT_DECIDING_AUTHORITY"):
        place.by(place.department(EDU), answer)
    assert place.told(circular.SuggestionAnswered)[0].authority_id == ORGANISATION
