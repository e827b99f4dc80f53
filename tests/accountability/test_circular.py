"""Circular: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from contracts.accountability import circular as said
from contracts.values import Role
from services.accountability.domain.circular import Circular
from tests.kit.cases import AT, POLICY, Case, decide, staff, suite, uid

CIRCULAR, UNIT = uid("stream"), uid("s1")
PARTY, GOVERNMENT, ORGANISATION = uid("party"), uid("government"), uid("organisation")
OF: dict[str, Any] = {"circular_id": CIRCULAR}
WEAK = (said.CircularGround.WEAK_RECTIFICATION,)
CONTENTS = said.CircularContents(results="三项未整改", attitude="推诿", rectification="逾期两月")
SUGGESTION = said.Suggestion(
    kind=said.SuggestionKind.NO_AWARDS, person_ids=(uid("head"),), to_authority_id=ORGANISATION)
TOLD = {"recipients": (PARTY, GOVERNMENT)}
READER = staff("han", "organisation", Role.ORGANISATION_READER)
NOT_OWN = {"NOT_OWN_BODY": {"by": staff("zhou", "city")}}

DRAFTED = said.CircularDrafted(unit_id=UNIT, ground_codes=WEAK, **OF)
APPROVED = said.CircularApproved(approver_id=uid("li"), contents=CONTENTS, **OF)
ISSUED = said.CircularIssued(
    unit_id=UNIT, contents=CONTENTS, suggestions=(SUGGESTION,), recipients=(PARTY, GOVERNMENT),
    number="督通〔2026〕1号", **OF)
IN_FORCE = (DRAFTED, APPROVED, ISSUED)

DRAFT = said.DraftCircular(unit_id=UNIT, ground_codes=WEAK, **OF)
ISSUE = said.IssueCircular(suggestions=(SUGGESTION,), **OF)
RECEIVE = said.RecordReceipt(recipient_body_id=PARTY, receipt_at=AT, **OF)
ANSWER = said.AnswerSuggestion(kind=said.SuggestionKind.NO_AWARDS, answer=said.SuggestionAnswer.ADOPTED, **OF)


def suggested(**changed: Any) -> dict[str, Any]:
    return {"when": msgspec.structs.replace(ISSUE, suggestions=(msgspec.structs.replace(SUGGESTION, **changed),))}


ISSUING = Case(
    given=(DRAFTED, APPROVED), when=ISSUE, then=[ISSUED], looked_up={**TOLD, "number": "督通〔2026〕1号"},
    refused={
        **NOT_OWN,
        "RECIPIENT_MISSING": {"when": msgspec.structs.replace(ISSUE, recipients=(PARTY,))},
        "PERSON_MISSING": suggested(person_ids=()),
        "SUGGESTED_TO_ITSELF": suggested(to_authority_id=uid("office")),
    },
)
CASES = [
    Case(
        when=DRAFT, then=[DRAFTED], by=POLICY, policy={"circular.grounds": ["WEAK_RECTIFICATION"]},
        refused={
            "GROUND_MISSING": {"when": msgspec.structs.replace(DRAFT, ground_codes=())},
            "GROUND_NOT_IN_LIST": {
                "when": msgspec.structs.replace(DRAFT, ground_codes=(said.CircularGround.SHIRKING,))},
        },
    ),
    Case(
        given=(DRAFTED,), when=said.ApproveCircular(contents=CONTENTS, **OF), then=[APPROVED],
        refused={
            **NOT_OWN,
            "CONTENT_MISSING": {"when": said.ApproveCircular(
                contents=msgspec.structs.replace(CONTENTS, attitude=" "), **OF)},
        },
    ),
    ISSUING,
    Case(
        given=IN_FORCE, when=RECEIVE, then=[said.CircularReceiptRecorded(recipient_body_id=PARTY, receipt_at=AT, **OF)],
        refused={
            "NOT_OWN_RECEIPT": {"by": staff("sun", "edu", Role.DEPARTMENT_USER)},
            "NOT_A_RECIPIENT": {"when": msgspec.structs.replace(RECEIVE, recipient_body_id=uid("x"))},
            "RECEIPT_IN_FUTURE": {"when": msgspec.structs.replace(RECEIVE, receipt_at=AT + timedelta(1))},
        },
    ),
    Case(
        given=IN_FORCE, when=ANSWER, by=READER,
        then=[said.SuggestionAnswered(
            authority_id=ORGANISATION, kind=said.SuggestionKind.NO_AWARDS, answer=said.SuggestionAnswer.ADOPTED,
            at=AT, **OF)],
        refused={"NOT_DECIDING_AUTHORITY": {"by": staff("sun", "edu", Role.DEPARTMENT_USER)}},
    ),
    Case(
        given=IN_FORCE, when=said.LiftCircular(reason="整改到位", **OF), looked_up={"open_items": set()},
        then=[said.CircularLifted(reason="整改到位", at=AT, **OF)],
        refused={
            **NOT_OWN,
            "REASON_MISSING": {"when": said.LiftCircular(reason="", **OF)},
            "ITEM_NOT_VERIFIED": {"looked_up": {"open_items": {uid("item")}}},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Circular, CASES)


def test_more_may_be_told_than_is_prescribed() -> None:
    wide = (PARTY, GOVERNMENT, uid("city"))
    (event,) = decide(Circular, replace(ISSUING, when=msgspec.structs.replace(ISSUE, recipients=wide)))
    assert event.recipients == wide


def test_contents_drafted_are_approved_as_they_are() -> None:
    drafted = msgspec.structs.replace(DRAFTED, contents=CONTENTS)
    assert decide(Circular, replace(CASES[1], given=(drafted,), when=said.ApproveCircular(**OF))) == (APPROVED,)
