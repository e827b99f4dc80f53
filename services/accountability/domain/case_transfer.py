"""CaseTransfer (移交): to whoever is competent – department, enforcement, justice – with an answer (domain 3.5.5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.accountability import case_transfer as said
from services.accountability.domain.clocks import clock
from services.accountability.domain.guards import document_missing, not_the_department, outcome_missing
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row

SUPERVISING = frozenset({"OFFICE", "COMMITTEE"})


@refuses("须移交有权处理的机关，不得移交教育督导机构")
def addressee_not_competent(_: Any, __: Any, facts: Facts) -> bool:
    """Departments, enforcement and justice act; supervision transfers (HN §16, BJ §二(三)¶7, WH §18)."""
    return facts.get("addressee_kind") in SUPERVISING


TRANSFER = LifeCycle("transfer", "移交", "PROPOSED SENT ACCEPTED CLOSED", (
    row(NEW, said.ProposeTransfer, {said.TransferProposed: "PROPOSED"}),
    row("PROPOSED", said.SendTransfer, {said.TransferSent: "SENT"}, when=[addressee_not_competent, document_missing]),
    row("SENT", said.AcceptTransfer, {said.TransferAccepted: "ACCEPTED"}, who=[not_the_department], fills={"at": now}),
    row("SENT", said.ReturnTransfer, {said.TransferReturned: "PROPOSED"},
        who=[not_the_department], when=[reason_missing]),
    row("ACCEPTED", said.ReportTransferOutcome, {said.TransferOutcomeReported: "CLOSED"},
        who=[not_the_department], when=[outcome_missing], fills={"at": now}),
    row("SENT, ACCEPTED", said.LapseTransfer, {said.TransferOverdueRaised: SAME}),
    row("SENT, ACCEPTED", said.RecalculateTransferDeadline, {said.TransferDeadlineRecalculated: SAME}),
))


class CaseTransfer(Aggregate, kw_only=True):
    """One matter in other hands; `due_at` is when an answer is overdue."""

    life_cycles = (TRANSFER,)
    to_authority_id: UUID | None = None
    due_at: datetime | None = None
    provisional: bool = False

    def send_transfer(self, _: Any, command: Any, facts: Facts) -> said.TransferSent:
        """With the local time for an answer."""
        return fill(said.TransferSent, command, facts, sent_at=facts.at, **clock(facts, "transfer.answer.deadline"))

    def lapse_transfer(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when it was answered or sent anew meanwhile."""
        runs = self.due_at == command.since <= facts.at if self.due_at else False
        return (fill(said.TransferOverdueRaised, command, facts),) if runs else ()

    def recalculate_transfer_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        holds = self.provisional and self.due_at == command.old_due_at
        return (fill(said.TransferDeadlineRecalculated, command, facts),) if holds else ()

    def on_transfer_deadline_recalculated(self, _: Any, event: said.TransferDeadlineRecalculated) -> None:
        """From provisional to final."""
        self.due_at, self.provisional = event.new_due_at, False

    def on_transfer_overdue_raised(self, _: Any, __: said.TransferOverdueRaised) -> None:
        """Raised once."""
        self.due_at = None

    def timers(self) -> Timers:
        """No answer in local time."""
        if self.state in {"SENT", "ACCEPTED"} and self.due_at is not None:
            yield self.due_at, said.LapseTransfer(transfer_id=self.stream, since=self.due_at)
