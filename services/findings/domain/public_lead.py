"""PublicLead (群众反映、投诉举报): who said it, and what, stands in no record in clear (domain 3.3.9)."""

from typing import Any
from uuid import UUID

from contracts.findings import public_lead as said
from contracts.values import Ciphertext
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.findings.domain.lead_guards import (
    duplicate_unknown,
    finding_of_another_school,
    in_scope,
    out_of_scope,
    reasons_missing,
    said_otherwise,
    school_itself,
    text_missing,
)

LEAD = LifeCycle("lead", "群众反映", "RECEIVED TRIAGED VERIFIED FORWARDED CLOSED", (
    row(NEW, said.ReceiveLead, {said.LeadReceived: "RECEIVED"}, who=[school_itself, said_otherwise],
        when=[text_missing]),
    row("RECEIVED", said.TriageLead, {said.LeadTriaged: "TRIAGED"}, who=[school_itself], when=[duplicate_unknown]),
    row("TRIAGED", said.VerifyLead, {
        said.LeadSubstantiated: "VERIFIED", said.LeadUnsubstantiated: "VERIFIED",
    }, who=[school_itself], when=[out_of_scope, reasons_missing, finding_of_another_school]),
    row("TRIAGED", said.ForwardLead, {said.LeadForwarded: "FORWARDED"}, who=[school_itself], when=[in_scope]),
    row("VERIFIED, FORWARDED", said.AnswerLead, {said.LeadAnswered: "CLOSED"}, who=[school_itself],
        fills={"answered_at": now}),
))


class PublicLead(Aggregate, kw_only=True):
    """One report from the public about one school."""

    life_cycles = (LEAD,)
    school_id: UUID | None = None
    category: said.LeadCategory | None = None
    scope: said.LeadScope | None = None
    source_sealed: Ciphertext | None = None
    text_sealed: Ciphertext | None = None

    def verify_lead(self, _: Any, command: Any, facts: Facts) -> Any:
        """What scheduling hears (P9) names the school and the category, never the source."""
        if command.outcome is said.LeadOutcome.UNSUBSTANTIATED:
            return fill(said.LeadUnsubstantiated, command, facts)
        return fill(said.LeadSubstantiated, command, facts, school_id=self.school_id, category=self.category)

    def repeats_verify_lead(self, command: Any, event: Any) -> bool:
        """The same conclusion; which of the two events it was says so."""
        substantiated = isinstance(event, said.LeadSubstantiated)
        if (command.outcome is said.LeadOutcome.SUBSTANTIATED) is not substantiated:
            return False
        return bool(event.finding_id == command.finding_id) if substantiated else bool(event.reasons == command.reasons)
