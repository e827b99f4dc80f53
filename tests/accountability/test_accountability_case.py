"""AccountabilityCase: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.accountability import accountability_case as said
from contracts.record import event_id
from contracts.values import CalendarKind, MeasureModality, PublicationChannel
from services.accountability.domain.accountability_case import AccountabilityCase
from services.chassis.official_calendar import official_calendar
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid, unit_user

CASE, UNIT, OFFICE, CITY = uid("stream"), uid("s1"), uid("office"), uid("city")
OF: dict[str, Any] = {"accountability_case_id": CASE}
SUBJECT = said.CaseSubject(kind=said.SubjectKind.UNIT, id=UNIT)
DAYS = CalendarKind.CALENDAR_DAYS
LISTS = {
    "accountability.grounds.tierA": ["EVALUATION_UNQUALIFIED"],
    "accountability.grounds.tierB": ["MAJOR_ACCIDENT_OR_CASE", "REFUSED_DECISION"],
}
STRANGER = {"by": unit_user("qian", "s2")}
OTHER_BODY = {"by": staff("zhou", "city")}


def period(amount: int) -> dict[str, Any]:
    return {"amount": amount, "calendar": "CALENDAR_DAYS"}


def due(amount: int, at: datetime = AT) -> datetime:
    return official_calendar().due(at, amount, DAYS).due_at


def changed(command: Any, **fields: Any) -> dict[str, Any]:
    return {"when": msgspec.structs.replace(command, **fields)}


def measure(kind: said.MeasureKind = said.MeasureKind.INTERVIEW, executor: UUID = OFFICE, **fields: Any) -> Any:
    asked = {"subject_id": UNIT, "modality": MeasureModality.MUST, **fields}
    return said.CaseMeasure(kind=kind, executor=executor, **asked)


REVOKING = measure(said.MeasureKind.REVOKE_LICENCE, uid("edu"))
DISCIPLINE = measure(said.MeasureKind.ADMINISTRATIVE_PENALTY, uid("edu"))
PROPOSED = said.CaseProposed(
    subject=SUBJECT, ground_codes=(said.CaseGround.MAJOR_ACCIDENT_OR_CASE,), tier=said.CaseTier.B,
    source_ids=(uid("item"),), unit_id=UNIT, due_at=due(60), calendar=DAYS, **OF)
OPENED = said.CaseOpened(authority_body_id=OFFICE, team_ids=(uid("li"),), opened_at=AT, **OF)
FACTS = said.CaseFactsEstablished(facts="校车超载致伤", evidence_hashes=("e1",), **OF)
NOTIFIED = said.CaseFactsNotified(subject_id=UNIT, notified_at=AT, **OF)
HEARD = said.CaseHeard(waived=True, **OF)
DECIDED = said.CaseDecided(
    measures=(measure(),), legal_basis=("HN§16",), serious_consequences=False, subject=SUBJECT, unit_id=UNIT, **OF)
SERVED = said.CaseServed(served_at=AT, review_due_at=due(30), calendar=DAYS, **OF)
ENFORCED = said.CaseEnforced(evidence_hashes=("e2",), **OF)
PORTAL = (PublicationChannel.PORTAL,)
PUBLISHED = said.CasePublished(
    scope=said.PublicityScope.LOCAL, channels=PORTAL, redactions=(), published_at=AT, **OF)
REVIEWED = said.CaseReviewRequested(subject_id=UNIT, at=AT, due_at=due(30), calendar=DAYS, **OF)
UPHELD = said.CaseReviewDecided(
    outcome=said.RemedyOutcome.UPHELD, reasons="事实清楚", at=AT, appeal_due_at=due(15), calendar=DAYS, **OF)
APPEALED = said.CaseAppealed(to_body_id=CITY, at=AT, due_at=due(60), calendar=DAYS, **OF)
OVERTURNED = said.CaseAppealDecided(
    outcome=said.RemedyOutcome.OVERTURNED, reasons="证据不足", at=AT, correction_due_at=due(15), calendar=DAYS, **OF)
MOVED = {
    "clock": said.CaseClock.REVIEW_REQUEST, "old_due_at": due(30), "new_due_at": due(33), "calendar_revision": "2027",
    **OF,
}
TO_DECIDED = (PROPOSED, OPENED, FACTS, NOTIFIED, HEARD, DECIDED)
TO_SERVED = (*TO_DECIDED, SERVED)
CLOCKS = {
    "accountability.team.deadline": period(60), "accountability.review.request": period(30),
    "accountability.review.decision": period(30), "accountability.appeal.request": period(15),
    "accountability.appeal.decision": period(60), "accountability.correction": period(15),
}

PROPOSE = said.ProposeCase(
    subject=SUBJECT, ground_codes=(said.CaseGround.MAJOR_ACCIDENT_OR_CASE,), tier=said.CaseTier.B,
    source_ids=(uid("item"),), **OF)
OPEN = said.OpenCase(authority_body_id=OFFICE, team_ids=(uid("li"),), **OF)
ESTABLISH = said.EstablishFacts(facts="校车超载致伤", evidence_hashes=("e1",), **OF)
DECIDE = said.DecideCase(measures=(measure(),), legal_basis=("HN§16",), **OF)
PUBLISH = said.PublishCase(scope=said.PublicityScope.LOCAL, channels=PORTAL, **OF)
ENFORCE = said.EnforceCase(evidence_hashes=("e2",), **OF)
SOCIETY = {"accountability.publication": {"to": "SOCIETY", "window": "PROMPTLY"}}
MUST_REVOKE = {"accountability.private.revokeLicence": {"tier": "B", "effect": "MUST"}}
SERIOUS = {"accountability.tiers": {"tiers": 1, "test": "SERIOUS_CONSEQUENCES"}}
ENFORCING: dict[str, Any] = {
    "EVIDENCE_MISSING": changed(ENFORCE, evidence_hashes=()),
    "MUST_MEASURE_NOT_TRANSFERRED": {
        "given": (*TO_DECIDED[:5], msgspec.structs.replace(DECIDED, measures=(REVOKING,)), SERVED)},
    "MEASURE_NOT_ACCEPTED": {
        "given": (*TO_DECIDED[:5], msgspec.structs.replace(DECIDED, measures=(DISCIPLINE,)), SERVED)},
}
PROPOSING = Case(
    when=PROPOSE, then=[PROPOSED], policy={**LISTS, **CLOCKS}, by=POLICY, looked_up={"unit_id": UNIT},
    refused={
        "GROUND_MISSING": changed(PROPOSE, ground_codes=()),
        "GROUND_NOT_IN_LIST": changed(PROPOSE, ground_codes=(said.CaseGround.WEAK_RECTIFICATION,)),
        "TIER_NOT_FOR_GROUND": changed(PROPOSE, tier=said.CaseTier.A),
        "SOURCE_MISSING": changed(PROPOSE, source_ids=()),
        "PROOF_MISSING": changed(PROPOSE, ground_codes=(said.CaseGround.REFUSED_DECISION,)),
    },
)
DECIDING = Case(
    given=TO_DECIDED[:5], when=DECIDE, then=[DECIDED],
    refused={
        "NOT_DECIDING_AUTHORITY": OTHER_BODY,
        "MEASURE_MISSING": changed(DECIDE, measures=()),
        "MEASURE_OF_ANOTHER": changed(DECIDE, measures=(measure(subject_id=uid("head")),)),
        "LEGAL_BASIS_MISSING": changed(DECIDE, legal_basis=()),
        "CONSEQUENCES_NOT_PROVEN": {"policy": SERIOUS},
        "NOT_PRIVATE": changed(DECIDE, measures=(REVOKING,)),
        "MEASURE_NOT_ALLOWED": {"policy": {"accountability.measures.unit": ["CIRCULAR"]}},
        "MUST_MEASURE_MISSING": {"policy": MUST_REVOKE, "looked_up": {"private": True}},
        "MODALITY_NOT_PRESCRIBED": {
            "policy": MUST_REVOKE, "looked_up": {"private": True},
            **changed(DECIDE, measures=(msgspec.structs.replace(REVOKING, modality=MeasureModality.MAY),)),
        },
    },
)
APPEAL = Case(
    given=(*TO_SERVED, REVIEWED, UPHELD), when=said.LodgeAppeal(**OF), then=[APPEALED], by=unit_user(),
    policy=CLOCKS, looked_up={"upper_body_id": CITY},
    refused={
        "NOT_THE_SUBJECT": STRANGER,
        "APPEAL_USED": {"given": (*TO_SERVED, APPEALED, UPHELD)},
        "REVIEW_PENDING": {"given": (*TO_SERVED, REVIEWED)},
        "APPEAL_WINDOW_OVER": {"at": due(15)},
        "NOT_NEXT_UPPER_BODY": {"when": said.LodgeAppeal(to_body_id=uid("other"), **OF)},
    },
)
CASES = [
    PROPOSING,
    Case(
        given=(PROPOSED,), when=OPEN, then=[OPENED],
        refused={"NOT_OWN_AUTHORITY": OTHER_BODY, "TEAM_MISSING": changed(OPEN, team_ids=())},
    ),
    Case(
        given=(PROPOSED,), when=said.DeclineCase(reasons="不属实", **OF),
        then=[said.CaseDeclined(reasons="不属实", **OF)],
        refused={"REASONS_MISSING": {"when": said.DeclineCase(reasons=" ", **OF)}},
    ),
    Case(
        given=TO_DECIDED[:2], when=ESTABLISH, then=[FACTS],
        refused={
            "NOT_DECIDING_AUTHORITY": OTHER_BODY, "FACTS_MISSING": changed(ESTABLISH, facts=" "),
            "EVIDENCE_MISSING": changed(ESTABLISH, evidence_hashes=()),
        },
    ),
    Case(given=TO_DECIDED[:3], when=said.NotifyFacts(**OF), then=[NOTIFIED],
         refused={"NOT_DECIDING_AUTHORITY": OTHER_BODY}),
    Case(
        given=TO_DECIDED[:4], when=said.HearSubject(waived=True, **OF), then=[HEARD], by=unit_user(),
        refused={"NOT_THE_SUBJECT": STRANGER, "DEFENCE_MISSING": {"when": said.HearSubject(**OF)}},
    ),
    DECIDING,
    Case(given=TO_DECIDED, when=said.ServeCase(**OF), then=[SERVED], policy=CLOCKS,
         refused={"NOT_DECIDING_AUTHORITY": OTHER_BODY}),
    Case(given=TO_SERVED, when=ENFORCE, then=[ENFORCED], looked_up={"handed": {}}, refused=ENFORCING),
    Case(
        given=(*TO_SERVED, PUBLISHED), when=ENFORCE, then=[ENFORCED], looked_up={"handed": {}},
        refused={code: {**change, **({"given": (*change["given"], PUBLISHED)} if "given" in change else {})}
                 for code, change in ENFORCING.items()},
    ),
    Case(
        given=(*TO_SERVED, ENFORCED), when=PUBLISH, then=[PUBLISHED], policy=SOCIETY,
        refused={
            "NOT_DECIDING_AUTHORITY": OTHER_BODY, "CHANNEL_MISSING": changed(PUBLISH, channels=()),
            "NOT_TO_SOCIETY": changed(PUBLISH, scope=said.PublicityScope.INTERNAL),
        },
    ),
    Case(
        given=TO_SERVED, when=said.RequestReview(**OF), then=[REVIEWED], by=unit_user(), policy=CLOCKS,
        refused={
            "NOT_THE_SUBJECT": STRANGER, "REVIEW_WINDOW_OVER": {"at": due(30)},
            "REVIEW_USED": {"given": (*TO_SERVED, REVIEWED, UPHELD)},
        },
    ),
    Case(
        given=(*TO_SERVED, REVIEWED), policy=CLOCKS, then=[UPHELD],
        when=said.DecideReview(outcome=said.RemedyOutcome.UPHELD, reasons="事实清楚", **OF),
        refused={
            "NOT_DECIDING_AUTHORITY": OTHER_BODY, "NO_REVIEW": {"given": TO_SERVED},
            "REASONS_MISSING": {
                "when": said.DecideReview(outcome=said.RemedyOutcome.UPHELD, reasons="", **OF)},
        },
    ),
    APPEAL,
    Case(
        given=(*TO_SERVED, APPEALED), policy=CLOCKS, then=[OVERTURNED], **OTHER_BODY,
        when=said.DecideAppeal(outcome=said.RemedyOutcome.OVERTURNED, reasons="证据不足", **OF),
        refused={
            "NO_APPEAL": {"given": TO_SERVED}, "NOT_APPEAL_BODY": {"by": staff()},
            "REASONS_MISSING": {
                "when": said.DecideAppeal(outcome=said.RemedyOutcome.OVERTURNED, reasons="", **OF)},
        },
    ),
    Case(
        given=(*TO_SERVED, APPEALED, OVERTURNED), when=said.CorrectCase(reason="申诉撤销", **OF),
        then=[said.CaseCorrected(corrects_event_id=event_id(CASE, 6), reason="申诉撤销", **OF)],
        refused={
            "NOT_DECIDING_AUTHORITY": OTHER_BODY, "NOT_OVERTURNED": {"given": (*TO_SERVED, REVIEWED, UPHELD)},
            "REASON_MISSING": {"when": said.CorrectCase(reason="", **OF)},
        },
    ),
    Case(
        given=(*TO_SERVED, ENFORCED, PUBLISHED), when=said.ArchiveCase(**OF), at=due(30),
        then=[said.CaseArchived(archived_at=due(30), **OF)], by=TIMER,
        refused={"NOT_ENFORCED": {"given": (*TO_SERVED, PUBLISHED)}, "WINDOW_OPEN": {"at": AT}},
    ),
    Case(
        given=(*TO_SERVED, REVIEWED), at=due(30), by=TIMER,
        when=said.LapseCase(step=said.CaseStep.REVIEW, due_at=due(30), **OF),
        then=[said.CaseOverdueRaised(step=said.CaseStep.REVIEW, due_at=due(30), **OF)],
    ),
    Case(
        given=(*TO_DECIDED, msgspec.structs.replace(SERVED, provisional=True)), by=POLICY,
        when=said.RecalculateCaseDeadline(**MOVED), then=[said.CaseDeadlineRecalculated(**MOVED)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(AccountabilityCase, CASES)


def clocks(*given: Any) -> list[tuple[str, datetime]]:
    found = folded(AccountabilityCase, Case(given=given, when=OPEN, then=())).timers()
    return [(getattr(getattr(command, "step", None), "value", "ARCHIVE"), at) for at, command in found]


def test_every_clock_of_a_case_runs_until_its_step_is_taken() -> None:
    publishing = msgspec.structs.replace(SERVED, publication_due_at=due(10))
    assert clocks(PROPOSED) == [("OPENING", due(60))]
    assert clocks(PROPOSED, OPENED) == []
    assert clocks(*TO_DECIDED, publishing) == [("PUBLICATION", due(10))]
    assert clocks(*TO_SERVED, REVIEWED) == [("REVIEW", due(30))]
    assert clocks(*TO_SERVED, REVIEWED, UPHELD, APPEALED) == [("APPEAL", due(60))]
    assert clocks(*TO_SERVED, APPEALED, OVERTURNED) == [("CORRECTION", due(15))]


def test_the_archive_waits_for_the_last_window() -> None:
    assert clocks(*TO_SERVED, ENFORCED, PUBLISHED) == [("ARCHIVE", due(30))]
    assert clocks(*TO_SERVED, ENFORCED, PUBLISHED, REVIEWED, UPHELD) == [("ARCHIVE", due(15))]
    assert clocks(*TO_SERVED, PUBLISHED) == []


def test_a_step_taken_meanwhile_is_not_overdue() -> None:
    assert decide(AccountabilityCase, replace(CASES[-1], given=(*TO_SERVED, REVIEWED, UPHELD))) == ()


@pytest.mark.parametrize("tier", [said.CaseTier.A, said.CaseTier.B])
def test_without_any_list_nobody_is_called_to_account(tier: said.CaseTier) -> None:
    with pytest.raises(Exception, match="POLICY_UNSET"):
        decide(AccountabilityCase, replace(PROPOSING, policy={}, when=msgspec.structs.replace(PROPOSE, tier=tier)))


def test_an_appeal_may_skip_the_review_within_its_window() -> None:
    assert decide(AccountabilityCase, replace(APPEAL, given=TO_SERVED)) == (APPEALED,)
    late = replace(APPEAL, given=TO_SERVED, at=due(30) + timedelta(1))
    with pytest.raises(Exception, match="APPEAL_WINDOW_OVER"):
        decide(AccountabilityCase, late)
