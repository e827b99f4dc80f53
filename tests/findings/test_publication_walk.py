"""Opinions and reports in a small county: numbers, publication, redaction, and what closes an activity."""

from typing import Any

import pytest

from contracts.findings import evidence_item, feedback, inspection_opinion, inspection_report
from contracts.registry import body
from contracts.scheduling import inspection_activity
from contracts.values import Confidentiality, PublicationChannel, natural_id
from services.chassis.announcing import all_letters
from services.chassis.life_cycle import Refused
from services.chassis.town import Town
from services.findings.domain.inspection_opinion import InspectionOpinion
from services.findings.domain.inspection_report import InspectionReport
from services.scheduling.domain.inspection_activity import InspectionActivity
from tests.findings.test_walk import ACTIVITY, FEEDBACK, OFFICE, UNIT, deliver, lead, li, record, set_out, town
from tests.kit.cases import uid
from tests.kit.county import KEEPER, LI, WANG, ZHAO, ZHOU

REPORT = natural_id("InspectionReport", ACTIVITY)
__all__ = ["town"]


def fed_back(town: Town, *keys: str) -> None:
    set_out(town)
    town.submit_as(WANG, evidence_item.AttachEvidence(
        evidence_id=uid("e"), activity_id=ACTIVITY, unit_id=UNIT, kind=evidence_item.EvidenceKind.PHOTO,
        hash="a" * 64, captured_at=town.clock.now))
    for key in keys:
        record(town, key)
    lead(town, feedback.PrepareFeedback(
        feedback_id=FEEDBACK, activity_id=ACTIVITY, unit_id=UNIT, form=feedback.FeedbackForm.MEETING))
    deliver(town, *keys)


def reported(town: Town) -> None:
    fed_back(town, "f1")
    lead(town, inspection_activity.FinishFieldwork(activity_id=ACTIVITY, days=1, units_seen=(UNIT,)))
    lead(town, inspection_report.DraftReport(report_id=REPORT, activity_id=ACTIVITY))
    li(town, inspection_report.ApproveReport(report_id=REPORT, document_hash="h"))


def publish(*redactions: str, channel: PublicationChannel = PublicationChannel.PORTAL) -> Any:
    return inspection_report.PublishReport(report_id=REPORT, channels=(channel,), redactions=redactions)


def test_opinions_are_numbered_without_gaps_and_dated_by_policy(town: Town) -> None:
    fed_back(town, "f1", "f2")
    for key in ("f1", "f2"):
        li(town, inspection_opinion.DraftOpinion(
            opinion_id=uid(f"o-{key}"), activity_id=ACTIVITY, unit_id=UNIT,
            kind=inspection_opinion.OpinionKind.OPINION, items=(uid(key),)))
        demand = inspection_opinion.OpinionDemand(finding_id=uid(key), demand="补齐")
        with pytest.raises(Refused, match="LEGAL_BASIS_MISSING"):
            li(town, inspection_opinion.IssueOpinion(opinion_id=uid(f"o-{key}"), items=(demand,), legal_basis=()))
        li(town, inspection_opinion.IssueOpinion(
            opinion_id=uid(f"o-{key}"), items=(demand,), legal_basis=("条例§21",)),
           inspection_opinion.ServeOpinion(opinion_id=uid(f"o-{key}"), copies=(uid("edu"),)))
    issued = [letter.event for letter in all_letters(town.services["findings"].recorder, "findings")
              if letter.name == "findings.OpinionIssued"]
    assert [event.number for event in issued] == ["督意〔2026〕1号", "督意〔2026〕2号"]
    assert all(event.items[0].due_at > town.clock.now for event in issued)
    found = town.services["findings"].load(InspectionOpinion, uid("o-f2"))
    assert found is not None and found.state == "SERVED"


def test_the_approved_report_closes_its_activity(town: Town) -> None:
    reported(town)
    activity = town.services["scheduling"].load(InspectionActivity, ACTIVITY)
    assert isinstance(activity, InspectionActivity)
    assert (activity.state, activity.report_id) == ("CLOSED", REPORT)


def test_a_sealed_photograph_behind_the_report_must_be_declared_redacted(town: Town) -> None:
    reported(town)
    li(town, evidence_item.SealEvidence(evidence_id=uid("e"), reason=evidence_item.SealReason.MINOR))
    with pytest.raises(Refused, match="REDACTION_MISSING") as refusal:
        li(town, publish())
    assert str(uid("e")) in refusal.value.sentence
    town.submit_as(LI, publish(f"{uid('e')}：隐去学生姓名"), at_body=OFFICE, confidentiality=Confidentiality.PUBLIC)
    found = town.services["findings"].load(InspectionReport, REPORT)
    assert found is not None and found.state == "PUBLISHED"


def test_whoever_organises_publishes_and_on_the_portal(town: Town) -> None:
    reported(town)
    with pytest.raises(Refused, match="PUBLISHER_NOT_ORGANISER"):
        town.submit_as(ZHOU, publish(), at_body=uid("city"))
    with pytest.raises(Refused, match="REQUIRED_CHANNEL_MISSING"):
        li(town, publish(channel=PublicationChannel.MICROBLOG))


def test_a_report_goes_to_the_registered_government_and_the_next_upper_body(town: Town) -> None:
    reported(town)
    with pytest.raises(Refused, match="RECIPIENTS_UNKNOWN"):
        li(town, inspection_report.SubmitToGovernment(report_id=REPORT))
    town.submit(KEEPER, body.ChangeLeadershipRoster(
        body_id=OFFICE, party_committee_body_id=uid("party"), government_body_id=uid("government")))
    li(town, inspection_report.SubmitToGovernment(report_id=REPORT),
       inspection_report.FileReportUpward(report_id=REPORT))
    sent, filed = [letter.event for letter in all_letters(town.services["findings"].recorder, "findings")][-2:]
    assert (sent.to_body_ids, filed.to_body_id) == ((uid("government"),), uid("city"))


def test_a_withheld_report_is_not_forgotten_and_may_be_published_after_its_review(town: Town) -> None:
    reported(town)
    start = town.clock.now
    li(town, inspection_report.WithholdPublication(
        report_id=REPORT, reason="涉密", authority="县政府决定", review_at=start.replace(year=2027)))
    town.advance_to(start.replace(year=2027, day=start.day + 1))
    last = list(all_letters(town.services["findings"].recorder, "findings"))[-1]
    assert (last.name, last.head.occurred_at) == ("findings.PublicationReviewLapsed", start.replace(year=2027))
    li(town, publish())


def test_what_a_unit_attaches_is_its_own(town: Town) -> None:
    attach = evidence_item.AttachEvidence(
        evidence_id=uid("e9"), unit_id=UNIT, kind=evidence_item.EvidenceKind.DOCUMENT, hash="b" * 64,
        captured_at=town.clock.now)
    town.submit_as(ZHAO, attach)
    head = list(all_letters(town.services["findings"].recorder, "findings"))[-1].head
    assert head.owner_path == head.unit_path == f"990000/990100/990101/{UNIT}"
