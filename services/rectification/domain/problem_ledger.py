"""ProblemLedger (问题清单) with its items (拉条挂账、销号): the strongest guards of the house (domain 3.4.1)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from contracts.rectification import problem_ledger as said
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, body, person
from services.chassis.guards import evidence_missing, reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.rectification.domain.guards import (
    due_in_past,
    method_missing,
    not_later,
    not_of_the_unit,
    not_own_issue,
    verifier_not_independent,
)
from services.rectification.domain.ledger_guards import (
    DONE,
    approver_is_requester,
    item_not_reopened,
    items_open,
    ledger_closed,
    measure_without_evidence,
    not_issuing_body,
    not_overdue_or_failed,
    plan_not_covering,
    publication_missing,
    second_extension_needs_upper_body,
    text_missing,
)
from services.rectification.domain.ledger_item import ANY_OPEN, ITEM_STATES, LAPSABLE, LedgerItem

# --- the tables -----------------------------------------------------------------------------------

LEDGER = LifeCycle("ledger", "问题清单", "OPEN CLOSED", (
    row(NEW, said.OpenLedger, {said.LedgerOpened: "OPEN"}, who=[not_own_issue]),
    row("CLOSED", said.ReopenLedger, {said.LedgerReopened: "OPEN"}, when=[item_not_reopened]),
    row("OPEN", said.CloseLedger, {said.LedgerClosed: "CLOSED"}, when=[items_open]),
))

ITEM = LifeCycle(
    "item", "问题", ITEM_STATES,
    (
        row(NEW, said.RegisterItem, {said.ItemRegistered: "OPEN"},
            who=[not_own_issue], when=[ledger_closed, text_missing]),
        row("OPEN", said.AssignItem, {said.ItemAssigned: "ASSIGNED"}, when=[due_in_past]),
        row("ASSIGNED", said.LinkPlan, {said.ItemPlanned: "PLANNED"}, when=[plan_not_covering]),
        row("PLANNED", said.StartItem, {said.ItemStarted: "IN_PROGRESS"}),
        row("IN_PROGRESS, OVERDUE, UNDER_ORDER, REOPENED", said.ReportCompletion,
            {said.CompletionReported: "REPORTED"},
            who=[not_of_the_unit], when=[measure_without_evidence], fills={"reported_by": person}),
        row("REPORTED", said.VerifyItem, {said.ItemVerified: "VERIFIED"},
            who=[verifier_not_independent], when=[method_missing, evidence_missing],
            fills={"verifier_id": person}),
        row("REPORTED", said.RejectCompletion, {said.ItemVerificationFailed: "IN_PROGRESS"},
            who=[verifier_not_independent], when=[reason_missing], fills={"verifier_id": person}),
        row("VERIFIED", said.WriteOffItem, {said.ItemWrittenOff: "WRITTEN_OFF"},
            who=[not_issuing_body], when=[publication_missing]),
        row("any open", said.ExtendDeadline, {said.DeadlineExtended: SAME},
            who=[approver_is_requester],
            when=[second_extension_needs_upper_body, reason_missing, not_later]),
        row("OPEN, ASSIGNED, PLANNED, IN_PROGRESS, REOPENED", said.LapseDeadline,
            {said.ItemDeadlineLapsed: "OVERDUE"}),
        row("any open", said.DelegateItem, {said.ItemDelegated: SAME}, when=[due_in_past]),
        row("OVERDUE, IN_PROGRESS", said.PutUnderOrder, {said.ItemPutUnderOrder: "UNDER_ORDER"},
            when=[not_overdue_or_failed]),
        row("any open", said.SuspendItem, {said.ItemSuspended: "SUSPENDED"},
            when=[reason_missing, due_in_past]),
        row("SUSPENDED", said.ResumeItem, {said.ItemResumed: "IN_PROGRESS"}, when=[reason_missing]),
        row("WRITTEN_OFF", said.ReopenItem, {said.ItemReopened: "REOPENED"}),
        row("any", said.CompensateItem, {said.ItemCancelled: "CANCELLED"}, when=[reason_missing]),
        row("any", said.RepointItem, {said.ItemRepointed: SAME}, when=[reason_missing]),
        row("any open", RecalculateDeadline, {DeadlineRecalculated: SAME}),
    ),
    entities=("items", "item_id", LedgerItem),
    any_open=ANY_OPEN,
    apart=(said.ItemDelegated, said.ItemVerificationFailed),
)


class ProblemLedger(Aggregate, kw_only=True):
    """The list of one unit for one activity; one stream."""

    life_cycles = (LEDGER, ITEM)
    ledger_id: UUID | None = None
    unit_id: UUID | None = None
    opened_for: UUID | None = None
    items: dict[str, LedgerItem] = {}

    def open_ledger(self, _: Any, command: Any, facts: Facts) -> said.LedgerOpened:
        """The level is the issuing body's."""
        return fill(said.LedgerOpened, command, facts, tier=facts.origin.tier)

    def register_item(self, _: LedgerItem, command: Any, facts: Facts) -> tuple[Any, ...]:
        """The first problem opens the list; until it is assigned, policy says when it is due."""
        due = facts.due("rectification.item.defaultDeadline")
        item = fill(said.ItemRegistered, command, facts, due_at=due.due_at, calendar=due.calendar,
                    provisional=due.provisional)
        opened = () if self.state == "OPEN" else (self.open_ledger(None, command, facts),)
        return (*opened, item)

    def assign_item(self, item: LedgerItem, command: Any, facts: Facts) -> said.ItemAssigned:
        """The deadline named, else the one that runs already."""
        return fill(said.ItemAssigned, command, facts, due_at=command.due_at or item.due_at,
                    provisional=item.provisional and command.due_at is None)

    def write_off_item(self, item: LedgerItem, command: Any, facts: Facts) -> tuple[Any, ...]:
        """销号; the last one closes the list."""
        written = fill(said.ItemWrittenOff, command, facts, by_body_id=body(facts))
        others = [other.state for other in self.items.values() if other is not item]
        closes = self.state == "OPEN" and all(state in DONE for state in others)
        return (written, self._closed(written=1)) if closes else (written,)

    def close_ledger(self, _: Any, __: Any, ___: Facts) -> said.LedgerClosed:
        """With the count of every state."""
        return self._closed()

    def extend_deadline(self, item: LedgerItem, command: Any, facts: Facts) -> said.DeadlineExtended:
        """The old date stays visible."""
        return fill(said.DeadlineExtended, command, facts, old_due_at=item.due_at, count=item.extensions + 1)

    def lapse_deadline(self, item: LedgerItem, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when the deadline was moved meanwhile."""
        lapsed = said.ItemDeadlineLapsed(item_id=command.item_id, due_at=command.due_at)
        return (lapsed,) if item.due_at == command.due_at <= facts.at else ()

    def reopen_item(self, _: LedgerItem, command: Any, facts: Facts) -> tuple[Any, ...]:
        """A fresh deadline; a closed list opens again."""
        due = facts.due("rectification.item.defaultDeadline")
        reopened = fill(said.ItemReopened, command, facts, due_at=due.due_at, provisional=due.provisional)
        again = fill(said.LedgerReopened, command, facts, ledger_id=self.stream)
        return (reopened, again) if self.state == "CLOSED" else (reopened,)

    def repoint_item(self, item: LedgerItem, command: Any, facts: Facts) -> said.ItemRepointed:
        """Carries the state, so that the successor's page can go on."""
        return fill(said.ItemRepointed, command, facts, from_unit_id=self.unit_of(item),
                    state=item.state, due_at=item.due_at)

    def recalculate_deadline(self, item: LedgerItem, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        moved = fill(DeadlineRecalculated, command, facts)
        return (moved,) if item.provisional and item.due_at == command.old_due_at else ()

    def on_ledger_opened(self, _: Any, event: said.LedgerOpened) -> None:
        """The unit that the problems were found at."""
        self.opened_for = event.unit_id

    def on_item_deadline_lapsed(self, item: LedgerItem, event: said.ItemDeadlineLapsed) -> None:
        """What was late once, was late."""
        item.lapsed_at = event.due_at

    def on_item_delegated(self, item: LedgerItem, event: said.ItemDelegated) -> None:
        """The member unit may report from now on."""
        item.delegates.append(event.to_member_unit_id)

    def on_deadline_extended(self, item: LedgerItem, event: said.DeadlineExtended) -> None:
        """An overdue item is in time again (errata 4)."""
        item.due_at, item.extensions, item.provisional = event.new_due_at, event.count, False
        item.state = "IN_PROGRESS" if item.state == "OVERDUE" else item.state

    def on_deadline_recalculated(self, item: LedgerItem, event: DeadlineRecalculated) -> None:
        """From provisional to final."""
        item.due_at, item.provisional = event.new_due_at, False

    def on_item_verification_failed(self, item: LedgerItem, _: said.ItemVerificationFailed) -> None:
        """From now on it may be put under order."""
        item.failed = True

    def on_item_repointed(self, _: LedgerItem, event: said.ItemRepointed) -> None:
        """The list goes with the unit."""
        self.unit_id = event.to_unit_id

    def entity_keys(self) -> Iterable[str]:
        """Found by its items, and by their units: `unit|ledger`."""
        yield from Aggregate.entity_keys(self)
        for unit in {self.opened_for, *map(self.unit_of, self.items.values())} - {None}:
            yield f"{unit}|{self.stream}"

    def unit_of(self, item: LedgerItem) -> UUID | None:
        """Whose problem it is: the unit that took it over last, else the one it was found at."""
        return item.to_unit_id or self.opened_for

    def timers(self) -> Timers:
        """An open item lapses at its deadline, not while the body itself is checking it."""
        for item in self.items.values():
            if item.state in LAPSABLE and item.due_at is not None and item.item_id is not None:
                yield item.due_at, said.LapseDeadline(item_id=item.item_id, due_at=item.due_at)

    def _closed(self, written: int = 0) -> said.LedgerClosed:
        counts: dict[str, int] = {"WRITTEN_OFF": written} if written else {}
        for item in self.items.values():
            if not (written and item.state == "VERIFIED"):
                counts[item.state] = counts.get(item.state, 0) + 1
        return said.LedgerClosed(ledger_id=self.stream, counts=counts)
