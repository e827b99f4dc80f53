"""Interview (约谈): of responsible persons, with a written record that is filed where the unit is (domain 3.5.1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.accountability import interview as said
from services.accountability.domain.guards import document_missing, ground_missing, not_own_body, receipt_in_future
from services.accountability.domain.interview_guards import (
    addressee_not_prescribed,
    co_host_missing,
    co_host_not_education,
    demand_missing,
    ground_not_in_list,
    item_missing,
    person_missing,
    person_not_responsible,
    persons,
    problem_missing,
    receipt_missing,
    receipt_present,
    signature_missing,
    witness_missing,
)
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row

INTERVIEW = LifeCycle("interview", "约谈", "PROPOSED APPROVED NOTIFIED HELD RECORDED FILED CANCELLED", (
    row(NEW, said.ProposeInterview, {said.InterviewProposed: "PROPOSED"}, when=[ground_missing, ground_not_in_list]),
    row("PROPOSED", said.ApproveInterview, {said.InterviewApproved: "APPROVED"},
        who=[not_own_body], when=[co_host_missing, co_host_not_education], fills={"approver_id": person}),
    row("APPROVED", said.NotifyInterview, {said.InterviewNotified: "NOTIFIED"},
        when=[person_missing, person_not_responsible]),
    row("NOTIFIED", said.HoldInterview, {said.InterviewHeld: "HELD"},
        when=[problem_missing, demand_missing], fills={"at": now}),
    row("HELD", said.SignRecord, {said.InterviewRecordSigned: "RECORDED"},
        when=[document_missing, signature_missing, witness_missing]),
    row("RECORDED", said.FileRecord, {said.InterviewRecordFiled: SAME},
        when=[addressee_not_prescribed, receipt_present, receipt_in_future], fills={"filed_at": now}),
    row("RECORDED", said.CompleteFiling, {said.InterviewFilingCompleted: "FILED"}, when=[receipt_missing]),
    row("FILED", said.FollowUpInterview, {said.InterviewFollowedUp: SAME}, when=[item_missing]),
    row("PROPOSED, APPROVED, NOTIFIED", said.CancelInterview, {said.InterviewCancelled: "CANCELLED"},
        when=[reason_missing]),
))


class Interview(Aggregate, kw_only=True):
    """One interview; `filings` are receipts by addressee, None while one is awaited."""

    life_cycles = (INTERVIEW,)
    interview_id: UUID | None = None
    unit_id: UUID | None = None
    person_ids: tuple[UUID, ...] = ()
    filings: dict[str, datetime | None] = {}

    def notify_interview(self, _: Any, command: Any, facts: Facts) -> said.InterviewNotified:
        """With the persons who are to come."""
        return fill(said.InterviewNotified, command, facts, notified_at=facts.at, person_ids=persons(self, command))

    def complete_filing(self, _: Any, command: Any, facts: Facts) -> said.InterviewFilingCompleted:
        """Says whom the record is about, so that it can be looked up."""
        addressees = tuple(facts["addressees"].values())
        return fill(said.InterviewFilingCompleted, command, facts, addressees=addressees,
                    unit_id=self.unit_id, person_ids=self.person_ids)

    def on_interview_record_filed(self, _: Any, event: said.InterviewRecordFiled) -> None:
        """Sent, or answered."""
        self.filings[str(event.addressee_body_id)] = event.receipt_at
