"""Remedies with their clocks, references and who read them, incentives and what blocks them, sealed reports."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.accountability import accountability_case as case
from contracts.accountability import appraisal_reference as reference
from contracts.accountability import case_transfer as transfer
from contracts.accountability import circular, incentive, linkage_case, result_use
from contracts.accountability import media_exposure as exposure
from contracts.accountability import retaliation_report as retaliation
from contracts.findings import duty_evaluation
from contracts.rectification import look_back, problem_ledger
from contracts.values import Confidentiality, MeasureModality, PublicationChannel, Role, Severity, natural_id
from services.accountability.domain.accountability_case import AccountabilityCase
from services.chassis.life_cycle import Refused
from tests.accountability.place import EDU, LICENSING, OFFICE, ORGANISATION, S1, UPPER, Place
from tests.accountability.test_policies import ITEM, LEDGER, listed
from tests.kit.cases import AT, uid

CASE: dict[str, Any] = {"accountability_case_id": uid("case")}
EXPOSURE: dict[str, Any] = {"exposure_id": uid("exposure")}
FILE: dict[str, Any] = {"file_id": natural_id("AppraisalReference", S1)}
INCENTIVE: dict[str, Any] = {"incentive_id": uid("incentive")}
REPORT: dict[str, Any] = {"report_id": uid("report")}
RESULT = uid("evaluation")


def refusal(place: Place, command: Any, who: Any = None) -> str:
    with pytest.raises(Refused) as refused:
        place.by(who or place.staff(), command)
    return refused.value.code


def opened(place: Place) -> None:
    place.li(
        case.ProposeCase(
            ground_codes=(case.CaseGround.OBSTRUCTION,), source_ids=(uid("item"),),
            subject=case.CaseSubject(kind=case.SubjectKind.UNIT, id=S1), **CASE),
        case.OpenCase(authority_body_id=OFFICE, team_ids=(uid("li"),), **CASE))


def served(place: Place, kind: case.MeasureKind = case.MeasureKind.CIRCULAR, executor: UUID = OFFICE) -> None:
    opened(place)
    measure = case.CaseMeasure(subject_id=S1, kind=kind, executor=executor, modality=MeasureModality.MAY)
    place.li(case.EstablishFacts(facts="拒绝提供资料", evidence_hashes=("e1",), **CASE), case.NotifyFacts(**CASE))
    place.by(place.of_unit(), case.HearSubject(waived=True, **CASE))
    place.li(
        case.DecideCase(
            measures=(measure,), legal_basis=("§二(三)",), serious_consequences=True, **CASE),
        case.ServeCase(**CASE))


# --- remedies ------------------------------------------------------------------------------------------


def test_a_late_review_and_a_late_publication_are_raised_by_the_clock() -> None:
    place = Place("BJ")
    served(place)
    place.by(place.of_unit(), case.RequestReview(**CASE))
    place.town.advance_to(AT + timedelta(days=40))
    steps = [(event.step.value, event.due_at) for event in place.told(case.CaseOverdueRaised)]
    assert [step for step, _ in steps] == ["PUBLICATION", "REVIEW"]
    assert refusal(place, case.RequestReview(**CASE), place.of_unit()) == "REVIEW_USED"


def test_a_case_that_nobody_opens_is_raised_after_sixty_days() -> None:
    place = Place("BJ")
    place.li(case.ProposeCase(
        ground_codes=(case.CaseGround.OBSTRUCTION,), source_ids=(uid("item"),),
        subject=case.CaseSubject(kind=case.SubjectKind.UNIT, id=S1), **CASE))
    place.town.advance_to(AT + timedelta(days=59))
    assert place.told(case.CaseOverdueRaised) == []
    place.town.advance_to(AT + timedelta(days=70))
    assert [event.step for event in place.told(case.CaseOverdueRaised)] == [case.CaseStep.OPENING]


def test_when_all_windows_are_over_the_clock_archives_the_case() -> None:
    place = Place("BJ")
    served(place)
    place.li(
        case.EnforceCase(evidence_hashes=("e2",), **CASE),
        case.PublishCase(scope=case.PublicityScope.LOCAL, channels=(PublicationChannel.PORTAL,), **CASE))
    place.town.advance_to(AT + timedelta(days=29))
    assert "CaseArchived" not in place.names()
    place.town.advance_to(AT + timedelta(days=35))
    assert place.names()[-1] == "CaseArchived"


def test_an_appeal_goes_one_level_up_and_what_it_overturns_is_put_right_everywhere() -> None:
    place = Place("BJ")
    served(place)
    place.by(place.department(ORGANISATION, Role.ORGANISATION_READER), reference.QueryReference(
        purpose="干部考察", **FILE))
    shown(place)
    place.by(place.of_unit(), case.LodgeAppeal(**CASE))
    decide = case.DecideAppeal(outcome=case.RemedyOutcome.OVERTURNED, reasons="证据不足", **CASE)
    assert refusal(place, decide) == "NOT_APPEAL_BODY"
    place.by(place.staff("zhou", UPPER), decide)
    place.li(case.CorrectCase(reason="申诉撤销", **CASE))
    assert place.names()[-3:] == ["CaseCorrected", "ReferenceAmended", "ExposureCorrected"]
    (amended,) = place.told(reference.ReferenceAmended)
    assert amended.receivers_notified == (ORGANISATION,)
    assert place.told(case.CaseAppealed)[0].to_body_id == UPPER


def shown(place: Place) -> None:
    place.li(exposure.ProposeExposure(
        unit_id=S1, ground=exposure.ExposureGround.LEGAL_VIOLATION, **CASE, **EXPOSURE))
    place.by(place.staff("lawyer"), exposure.ReviewExposureLegally(result=exposure.LegalReview.CLEARED, **EXPOSURE))
    place.li(exposure.ApproveExposure(**EXPOSURE), exposure.ReleaseExposure(media=("示例日报",), **EXPOSURE))
    assert refusal(place, exposure.CorrectExposure(text="有误", **EXPOSURE)) == "DECISION_UNCHANGED"


def test_a_penalty_of_another_body_counts_when_that_body_accepted_the_transfer() -> None:
    place, of = Place("BJ"), {"transfer_id": uid("transfer")}
    served(place, case.MeasureKind.ADMINISTRATIVE_PENALTY, LICENSING)
    enforce = case.EnforceCase(evidence_hashes=("e2",), **CASE)
    assert refusal(place, enforce) == "MEASURE_NOT_ACCEPTED"
    place.li(
        transfer.ProposeTransfer(
            subject_id=S1, category=transfer.TransferCategory.PENALTY_NEEDED,
            source_ids=(CASE["accountability_case_id"],), **of),
        transfer.SendTransfer(to_authority_id=LICENSING, document_hash="d1", **of))
    assert refusal(place, transfer.AcceptTransfer(**of), place.department(EDU)) == "OUT_OF_SCOPE"
    place.by(place.department(LICENSING), transfer.AcceptTransfer(**of))
    place.li(enforce)
    heads = [letter.head for letter in place.letters()]
    assert {head.case_ids for head in heads if head.case_ids} == {heads[0].case_ids}


# --- references ----------------------------------------------------------------------------------------


def test_a_query_leaves_a_trace_and_others_may_not_ask() -> None:
    place = Place("BJ")
    served(place)
    query = reference.QueryReference(purpose="干部考察", **FILE)
    assert refusal(place, query) == "ROLE_NOT_ALLOWED"
    assert refusal(place, query, place.department(ORGANISATION)) == "ROLE_NOT_ALLOWED"
    place.by(place.department(ORGANISATION, Role.ORGANISATION_READER), query)
    (queried,) = place.told(reference.ReferenceQueried)
    assert (queried.authority_id, queried.subject_id) == (ORGANISATION, S1)


# --- incentives ----------------------------------------------------------------------------------------


def proposal() -> incentive.ProposeIncentive:
    return incentive.ProposeIncentive(
        subject_id=S1, form=incentive.IncentiveForm.COMMENDATION, basis_ids=(RESULT,), **INCENTIVE)


def graded(place: Place, grade: duty_evaluation.EvaluationGrade) -> None:
    place.say(RESULT, duty_evaluation.EvaluationGraded(
        evaluation_id=RESULT, grade=grade, scale_version="1", target_id=S1))


def test_an_incentive_waits_until_the_severe_item_is_written_off() -> None:
    place = Place("WH")
    listed(place, Severity.SEVERE)
    assert refusal(place, proposal()) == "OPEN_SEVERE_ITEM"
    place.say(LEDGER, problem_ledger.ItemWrittenOff(item_id=ITEM, by_body_id=OFFICE))
    place.li(proposal())


def test_an_incentive_waits_until_the_case_is_archived() -> None:
    place = Place("BJ")
    opened(place)
    assert refusal(place, proposal()) == "OPEN_CASE"


def test_an_incentive_waits_until_the_circular_is_lifted_and_that_until_the_items_are_verified() -> None:
    place, of = Place("BJ"), {"circular_id": uid("circular")}
    listed(place)
    contents = circular.CircularContents(results="未整改", attitude="推诿", rectification="逾期")
    place.li(
        circular.DraftCircular(
            unit_id=S1, ground_codes=(circular.CircularGround.SHIRKING,), source_ids=(ITEM,), contents=contents, **of),
        circular.ApproveCircular(**of), circular.IssueCircular(**of))
    assert refusal(place, proposal()) == "CIRCULAR_IN_FORCE"
    lift = circular.LiftCircular(reason="整改到位", **of)
    assert refusal(place, lift) == "ITEM_NOT_VERIFIED"
    place.say(LEDGER, problem_ledger.ItemVerified(
        item_id=ITEM, verifier_id=uid("wang"), method="实地核查", evidence_hashes=("e1",)))
    place.li(lift, proposal())


def test_only_an_excellent_result_is_rewarded_and_false_rectification_takes_it_back() -> None:
    place = Place("WH")
    graded(place, duty_evaluation.EvaluationGrade.GOOD)
    assert refusal(place, proposal()) == "RESULT_NOT_EXCELLENT"
    graded(place, duty_evaluation.EvaluationGrade.EXCELLENT)
    place.li(proposal(), incentive.GrantIncentive(**INCENTIVE))
    revoke = incentive.RevokeIncentive(reason="虚假整改", **INCENTIVE)
    assert refusal(place, revoke) == "NOTHING_OVERTURNED"
    place.say(uid("look"), look_back.FalseRectificationEstablished(
        look_back_id=uid("look"), item_id=ITEM, unit_id=S1, original_verifier_id=uid("wang"),
        evidence_hashes=("e1", "e2"), heard_at=AT))
    place.li(revoke)
    assert place.names()[-1] == "IncentiveRevoked"


# --- retaliation, linkage, use of results ----------------------------------------------------------------


def test_a_report_of_retaliation_is_sealed_and_no_matter_of_the_unit() -> None:
    place = Place("HN")
    inspector = place.staff("wang", role=Role.INSPECTOR)
    place.by(inspector, retaliation.ReportRetaliation(
        inspector_id=uid("wang"), unit_id=S1, account="校长扬言报复", **REPORT))
    (letter,) = place.letters()
    assert (letter.head.confidentiality, letter.head.unit_path, letter.head.case_ids) == (
        Confidentiality.RESTRICTED, None, ())
    sealed, sealing = letter.event.sealed, place.app.sealing
    assert "报复".encode() not in letter.record
    assert sealing.open(sealed, uid("report")) == "校长扬言报复"
    sealing.destroy(uid("report"))
    with pytest.raises(Refused, match="SEAL_DESTROYED"):
        sealing.open(sealed, uid("report"))


def test_established_retaliation_has_a_case() -> None:
    place = Place("HN")
    place.by(place.staff("wang", role=Role.INSPECTOR), retaliation.ReportRetaliation(
        inspector_id=uid("wang"), unit_id=S1, account="校长扬言报复", **REPORT))
    decide = retaliation.DecideRetaliation(outcome=retaliation.RetaliationOutcome.ESTABLISHED, **CASE, **REPORT)
    assert refusal(place, decide) == "CASE_MISSING"
    place.li(
        case.ProposeCase(
            ground_codes=(case.CaseGround.RETALIATION,), tier=case.CaseTier.B, source_ids=(uid("report"),),
            subject=case.CaseSubject(kind=case.SubjectKind.UNIT, id=S1), **CASE),
        decide)
    assert isinstance(place.app.load(AccountabilityCase, uid("case")), AccountabilityCase)


def test_enforcement_is_linked_to_a_case_by_digests_only() -> None:
    place = Place("BJ")
    opened(place)
    of = {"linkage_id": natural_id("LinkageCase", CASE["accountability_case_id"], LICENSING)}
    place.li(linkage_case.OpenLinkage(enforcement_body_id=LICENSING, **CASE, **of))
    place.by(place.department(LICENSING), linkage_case.ExchangeFact(
        fact_hash="ab" * 32, direction=linkage_case.LinkageDirection.FROM_ENFORCEMENT, **of))
    heads = [letter.head for letter in place.letters()]
    assert heads[0].case_ids == heads[-1].case_ids


def test_a_school_records_what_a_result_was_used_for() -> None:
    place = Place("BJ")
    place.by(place.of_unit(), result_use.RecordResultUse(
        unit_id=S1, result_id=RESULT, used_for=result_use.ResultPurpose.TEACHER_REWARD, decision_ref="决1号"))
    assert place.names() == ["ResultUseRecorded"]
