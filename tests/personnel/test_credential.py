"""Credential: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.personnel import credential as said
from contracts.values import Role
from services.personnel.domain.credential import Credential
from tests.kit.cases import TIMER, Case, folded, staff, suite, uid

CARD, PERSON, GOVERNMENT = uid("stream"), uid("wang"), uid("government")
END = datetime(2027, 2, 28, 16, tzinfo=UTC)
WEIHAI = {"appointment.authority": {"CERTIFICATE": "ADMINISTRATION_COMMITTEE"}}
NUMBER = {"number": "督学证〔2026〕1号", "authority_kind": "GOVERNMENT"}
ISSUE: dict[str, Any] = {
    "credential_id": CARD, "issuer_body_id": GOVERNMENT, "valid_from": date(2026, 3, 1),
    "valid_to": date(2027, 2, 28),
}

APPLIED = said.CredentialApplied(credential_id=CARD, inspector_id=PERSON)
ISSUED = said.CredentialIssued(inspector_id=PERSON, number="督学证〔2026〕1号", **ISSUE)
SUSPENDED = said.CredentialSuspended(credential_id=CARD, reason="违纪调查")
APPLY = said.ApplyForCredential(credential_id=CARD, inspector_id=PERSON)

CASES = [
    Case(
        when=APPLY, looked_up={"inspector_state": "QUALIFIED"}, then=[APPLIED],
        refused={
            "NOT_FOR_ONESELF": {"by": staff("li", role=Role.INSPECTOR)},
            "NOT_QUALIFIED": {"looked_up": {"inspector_state": "CANDIDATE"}},
        },
    ),
    Case(
        given=[APPLIED], when=said.IssueCredential(**ISSUE), policy=WEIHAI, looked_up=NUMBER, then=[ISSUED],
        refused={
            "ISSUER_NOT_AUTHORISED": {"looked_up": {**NUMBER, "authority_kind": "OFFICE"}},
            "VALIDITY_REVERSED": {"when": said.IssueCredential(**{**ISSUE, "valid_to": date(2026, 2, 1)})},
        },
    ),
    Case(
        given=[APPLIED, ISSUED], when=said.SuspendCredential(credential_id=CARD, reason="违纪调查"), then=[SUSPENDED],
        refused={"REASON_MISSING": {"when": said.SuspendCredential(credential_id=CARD, reason=" ")}},
    ),
    Case(
        given=[APPLIED, ISSUED, SUSPENDED], when=said.RestoreCredential(credential_id=CARD),
        then=[said.CredentialRestored(credential_id=CARD)],
        refused={"CAUSE_NOT_REMOVED": {"looked_up": {"open_case": True}}},
    ),
    Case(
        given=[APPLIED, ISSUED], when=said.RevokeCredential(credential_id=CARD, decision_id=uid("d"), public=True),
        then=[said.CredentialRevoked(credential_id=CARD, decision_id=uid("d"), public=True)],
        refused={"DECISION_MISSING": {
            "when": said.RevokeCredential(credential_id=CARD), "looked_up": {"inspector_state": "ACTIVE"},
        }},
    ),
    Case(
        given=[APPLIED, ISSUED], by=TIMER, at=END, when=said.ExpireCredential(credential_id=CARD, at=END),
        then=[said.CredentialExpired(credential_id=CARD, at=END)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Credential, CASES)


def test_a_card_expires_at_the_end_of_its_last_day_unless_it_is_not_valid() -> None:
    valid, suspended = (
        folded(Credential, Case(given=given, when=APPLY, then=[]))
        for given in ([APPLIED, ISSUED], [APPLIED, ISSUED, SUSPENDED])
    )
    assert [(due, command.at) for due, command in valid.timers()] == [(END, END)]
    assert list(suspended.timers()) == []
