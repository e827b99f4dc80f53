"""Credential (督学证): what an inspector shows on duty; valid at that moment or not (domain 3.1.3)."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from contracts.personnel import credential as said
from contracts.values import Role
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.personnel.domain.eligibility import AUTHORITIES

ENTITLED = frozenset({"QUALIFIED", "PENDING_TRAINING", "ACTIVE"})


@refuses("只能为本人申领督学证")
def not_for_oneself(_: Any, command: Any, facts: Facts) -> bool:
    """An inspector applies for himself or herself; the office applies for anyone."""
    return facts.actor.role is Role.INSPECTOR and command.inspector_id != person(facts)


@refuses("该人员未取得督学资格")
def not_qualified(_: Any, __: Any, facts: Facts) -> bool:
    """First the qualification, then the card."""
    return facts.get("inspector_state") not in ENTITLED


@refuses("发证机关不符合规定")
def issuer_not_authorised(_: Any, __: Any, facts: Facts) -> bool:
    """The policy names who issues (WH §6: the administration committee); unset, any body may."""
    word = (facts.policy.get("appointment.authority") or {}).get("CERTIFICATE")
    return word is not None and facts.get("authority_kind") not in AUTHORITIES[word]


@refuses("有效期起止颠倒")
def validity_reversed(_: Any, command: Any, __: Facts) -> bool:
    """From comes before to."""
    return command.valid_to < command.valid_from


@refuses("暂停督学证的事由尚未消除")
def cause_not_removed(_: Any, __: Any, facts: Facts) -> bool:
    """No case about its holder is open."""
    return bool(facts.get("open_case"))


@refuses("须写明所依据的决定")
def decision_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Revoked by a decision, or because the inspector is gone."""
    return command.decision_id is None and facts.get("inspector_state") != "EXITED"


CREDENTIAL = LifeCycle("credential", "督学证", "APPLIED VALID SUSPENDED REVOKED EXPIRED", (
    row(NEW, said.ApplyForCredential, {said.CredentialApplied: "APPLIED"}, who=[not_for_oneself],
        when=[not_qualified]),
    row("APPLIED", said.IssueCredential, {said.CredentialIssued: "VALID"},
        when=[issuer_not_authorised, validity_reversed]),
    row("VALID", said.SuspendCredential, {said.CredentialSuspended: "SUSPENDED"}, when=[reason_missing]),
    row("SUSPENDED", said.RestoreCredential, {said.CredentialRestored: "VALID"}, when=[cause_not_removed]),
    row("VALID, SUSPENDED", said.RevokeCredential, {said.CredentialRevoked: "REVOKED"}, when=[decision_missing]),
    row("VALID", said.ExpireCredential, {said.CredentialExpired: "EXPIRED"}),
))


class Credential(Aggregate, kw_only=True):
    """One card."""

    life_cycles = (CREDENTIAL,)
    inspector_id: UUID | None = None
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def issue_credential(self, _: Any, command: Any, facts: Facts) -> said.CredentialIssued:
        """With the next number of the issuer's register."""
        return fill(said.CredentialIssued, command, facts, inspector_id=self.inspector_id)

    def expire_credential(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet before its last day is over."""
        return (fill(said.CredentialExpired, command, facts),) if facts.at >= self.ends_at() else ()

    def ends_at(self) -> datetime:
        """24:00 China time of the last valid day."""
        last = self.valid_to or date.max - timedelta(days=1)
        return datetime.combine(last + timedelta(days=1), time(), CHINA_TIME)

    def timers(self) -> Timers:
        """A valid card expires by itself."""
        if self.state == "VALID" and self.valid_to is not None:
            yield self.ends_at(), said.ExpireCredential(credential_id=self.stream, at=self.ends_at())
