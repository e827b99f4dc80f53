"""PublicLead: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from types import SimpleNamespace
from typing import Any

import pytest

from contracts.findings import public_lead as said
from services.chassis.life_cycle import Refused
from services.findings.domain.public_lead import PublicLead
from tests.kit.cases import AT, Case, decide, suite, uid, unit_user

LEAD, SCHOOL = uid("stream"), uid("s1")
SEALED = {"source_sealed": "c2VhbGVk", "text_sealed": "d29yZHM="}
OWN = {"about_own_department": True}
SCHOOL_ITSELF: dict[str, Any] = {"SCHOOL_ITSELF": {"by": unit_user()}}


def receiving(text: str = "违规收费") -> said.ReceiveLead:
    return said.ReceiveLead(
        lead_id=LEAD, school_id=SCHOOL, channel=said.LeadChannel.LISTED_PHONE, category=said.LeadCategory.FEES,
        source="13800000000", text=text)


def triaging(scope: str = "IN_SCOPE", **more: Any) -> said.TriageLead:
    return said.TriageLead(lead_id=LEAD, scope=said.LeadScope(scope), **more)


def verifying(outcome: str = "SUBSTANTIATED", **more: Any) -> said.VerifyLead:
    return said.VerifyLead(lead_id=LEAD, outcome=said.LeadOutcome(outcome), **more)


RECEIVED = said.LeadReceived(
    lead_id=LEAD, school_id=SCHOOL, channel=said.LeadChannel.LISTED_PHONE, category=said.LeadCategory.FEES, **SEALED)
TRIAGED = said.LeadTriaged(lead_id=LEAD, scope=said.LeadScope.IN_SCOPE)
NOT_OURS = said.LeadTriaged(lead_id=LEAD, scope=said.LeadScope.OUT_OF_SCOPE)
HOLDS = said.LeadSubstantiated(lead_id=LEAD, school_id=SCHOOL, category=said.LeadCategory.FEES)
FORWARD = said.ForwardLead(lead_id=LEAD, to_department_id=uid("market"))
ANSWER = said.AnswerLead(lead_id=LEAD)

CASES = [
    Case(
        when=receiving(), looked_up=SEALED, then=[RECEIVED],
        refused={
            **SCHOOL_ITSELF, "SAID_OTHERWISE": {"looked_up": {"said_otherwise": True}},
            "TEXT_MISSING": {"when": receiving(" ")},
        },
    ),
    Case(
        given=[RECEIVED], when=triaging(), then=[TRIAGED],
        refused={
            "SCHOOL_ITSELF": {"looked_up": OWN}, "DUPLICATE_UNKNOWN": {"when": triaging(duplicate_of=uid("first"))},
        },
    ),
    Case(
        given=[RECEIVED], when=triaging(duplicate_of=uid("first")),
        looked_up={"duplicated": SimpleNamespace(school_id=SCHOOL)},
        then=[said.LeadTriaged(lead_id=LEAD, scope=said.LeadScope.IN_SCOPE, duplicate_of=uid("first"))],
        refused={
            "DUPLICATE_UNKNOWN": {"looked_up": {"duplicated": SimpleNamespace(school_id=uid("s2"))}}},
    ),
    Case(
        given=[RECEIVED, TRIAGED], when=verifying(), then=[HOLDS],
        refused={
            **SCHOOL_ITSELF, "OUT_OF_SCOPE": {"given": [RECEIVED, NOT_OURS]},
            "REASONS_MISSING": {"when": verifying("UNSUBSTANTIATED")},
            "FINDING_OF_ANOTHER_SCHOOL": {"when": verifying(finding_id=uid("f1"))},
        },
    ),
    Case(
        given=[RECEIVED, TRIAGED], when=verifying("UNSUBSTANTIATED", reasons="票据齐全"),
        then=[said.LeadUnsubstantiated(lead_id=LEAD, reasons="票据齐全")],
    ),
    Case(
        given=[RECEIVED, NOT_OURS], when=FORWARD,
        then=[said.LeadForwarded(lead_id=LEAD, to_department_id=uid("market"))],
        refused={**SCHOOL_ITSELF, "IN_SCOPE": {"given": [RECEIVED, TRIAGED]}},
    ),
    Case(
        given=[RECEIVED, TRIAGED, HOLDS], when=ANSWER, then=[said.LeadAnswered(lead_id=LEAD, answered_at=AT)],
        refused=SCHOOL_ITSELF,
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(PublicLead, CASES)


def test_a_conclusion_is_not_turned_round_by_saying_the_other() -> None:
    case = Case(given=[RECEIVED, TRIAGED, HOLDS], when=verifying("UNSUBSTANTIATED", reasons="无"), then=[])
    with pytest.raises(Refused, match="STATE_NOT_ALLOWED"):
        decide(PublicLead, case)


def test_a_lead_is_verified_before_a_visit_found_anything_or_after() -> None:
    looked_up = {"finding": SimpleNamespace(unit_id=SCHOOL)}
    case = Case(given=[RECEIVED, TRIAGED], when=verifying(finding_id=uid("f1")), looked_up=looked_up, then=[])
    (made,) = decide(PublicLead, case)
    assert isinstance(made, said.LeadSubstantiated)
    assert made.finding_id == uid("f1")
