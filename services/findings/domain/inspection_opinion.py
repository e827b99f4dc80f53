"""InspectionOpinion (督导意见书、整改决定): demands and deadlines, item by item, under a number (domain 3.3.3)."""

from typing import Any
from uuid import UUID

from contracts.findings import inspection_opinion as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.findings.domain.feedback import copy_missing
from services.findings.domain.finding_guards import inspected_department
from services.findings.domain.guards import not_organiser, reason_missing
from services.findings.domain.opinion_guards import (
    changes_of_other_items,
    deadline_past,
    defence_undecided,
    demand_missing,
    demands_incomplete,
    item_of_another_unit,
    items_missing,
    legal_basis_missing,
    not_fed_back,
    not_listed,
)

OPINION = LifeCycle("opinion", "督导意见书", "DRAFT ISSUED SERVED", (
    row(NEW, said.DraftOpinion, {said.OpinionDrafted: "DRAFT"}, who=[inspected_department],
        when=[items_missing, item_of_another_unit, not_fed_back]),
    row("DRAFT", said.IssueOpinion, {said.OpinionIssued: "ISSUED"}, who=[inspected_department, not_organiser],
        when=[not_listed, demands_incomplete, defence_undecided, demand_missing, deadline_past, legal_basis_missing]),
    row("ISSUED", said.ServeOpinion, {said.OpinionServed: "SERVED"}, who=[not_organiser], when=[copy_missing],
        fills={"served_at": now}),
    row("SERVED", said.AmendOpinion, {said.OpinionAmended: "SERVED"}, who=[inspected_department, not_organiser],
        when=[reason_missing, changes_of_other_items, demand_missing, deadline_past]),
    row("ISSUED, SERVED", said.RecalculateOpinionDeadline, {said.OpinionDeadlineRecalculated: SAME}),
))


class InspectionOpinion(Aggregate, kw_only=True):
    """One document to one unit; the id of a finding is the stable id of its item (SH §10)."""

    life_cycles = (OPINION,)
    activity_id: UUID | None = None
    unit_id: UUID | None = None
    kind: said.OpinionKind = said.OpinionKind.OPINION
    items: tuple[UUID, ...] = ()
    issued: dict[str, said.OpinionItem] = {}

    def issue_opinion(self, _: Any, command: Any, facts: Facts) -> said.OpinionIssued:
        """With a number without gaps, and for each item the date named or set by policy."""
        items = tuple(self._item(demand, facts) for demand in command.items)
        return fill(said.OpinionIssued, command, facts, items=items, unit_id=self.unit_id)

    def serve_opinion(self, _: Any, command: Any, facts: Facts) -> said.OpinionServed:
        """On the unit, with the copies."""
        return fill(said.OpinionServed, command, facts, unit_id=self.unit_id, served_at=facts.at,
                    copies=command.copies)

    def amend_opinion(self, _: Any, command: Any, facts: Facts) -> said.OpinionAmended:
        """A date that is not named stays as it was."""
        changes = tuple(self._amended(change) for change in command.changes)
        return fill(said.OpinionAmended, command, facts, changes=changes)

    def recalculate_opinion_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        item = self.issued.get(str(command.finding_id))
        holds = item is not None and item.provisional and item.due_at == command.old_due_at
        return (fill(said.OpinionDeadlineRecalculated, command, facts),) if holds else ()

    def repeats_issue_opinion(self, command: Any, event: Any) -> bool:
        """The same demands; dates and number came from elsewhere."""
        return _same(command.items, event.items)

    def repeats_amend_opinion(self, command: Any, event: Any) -> bool:
        """The same changes for the same reason."""
        changes = getattr(event, "changes", ())
        return bool(changes) and _same(command.changes, changes) and event.reason == command.reason

    def on_opinion_issued(self, _: Any, event: said.OpinionIssued) -> None:
        """The drafted ids stay the items' ids."""
        self.items = tuple(item.finding_id for item in event.items)
        self.issued = {str(item.finding_id): item for item in event.items}

    def on_opinion_amended(self, _: Any, event: said.OpinionAmended) -> None:
        """Other items stay as they were."""
        self.issued |= {str(item.finding_id): item for item in event.changes}

    def on_opinion_deadline_recalculated(self, _: Any, event: said.OpinionDeadlineRecalculated) -> None:
        """From provisional to final."""
        before = self.issued[str(event.finding_id)]
        self.issued[str(event.finding_id)] = said.OpinionItem(
            finding_id=before.finding_id, demand=before.demand, due_at=event.new_due_at, calendar=before.calendar)

    def _item(self, demand: said.OpinionDemand, facts: Facts) -> said.OpinionItem:
        if demand.due_at is not None:
            return said.OpinionItem(finding_id=demand.finding_id, demand=demand.demand, due_at=demand.due_at)
        due = facts.due("rectification.item.defaultDeadline")
        return said.OpinionItem(finding_id=demand.finding_id, demand=demand.demand, due_at=due.due_at,
                                calendar=due.calendar, provisional=due.provisional)

    def _amended(self, change: said.OpinionDemand) -> said.OpinionItem:
        before = self.issued[str(change.finding_id)]
        if change.due_at in (None, before.due_at):
            return said.OpinionItem(finding_id=change.finding_id, demand=change.demand, due_at=before.due_at,
                                    calendar=before.calendar, provisional=before.provisional)
        return said.OpinionItem(finding_id=change.finding_id, demand=change.demand, due_at=change.due_at)


def _same(demands: tuple[said.OpinionDemand, ...], items: tuple[said.OpinionItem, ...]) -> bool:
    return len(demands) == len(items) and all(
        (d.finding_id, d.demand, d.due_at or i.due_at) == (i.finding_id, i.demand, i.due_at)
        for d, i in zip(demands, items, strict=True)
    )
