"""LookBack (回头看、复查、回访核查): whether what was written off stayed mended, item by item (domain 3.4.4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.rectification import look_back as said
from contracts.values import CalendarKind
from services.chassis.aggregates import Aggregate, Entity, fill
from services.chassis.facts import Facts, now, person
from services.chassis.guards import evidence_missing, reasons_missing
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.rectification.domain.guards import due_in_past
from services.rectification.domain.look_back_guards import (
    contradiction_missing,
    description_missing,
    draw_missing,
    draw_not_executed,
    item_not_drawn,
    item_not_eligible,
    item_undecided,
    items_missing,
    methods_missing,
    never_verified,
    not_performed,
    outcome_missing,
    outside_own_area,
    same_checker,
    too_few_evidences,
    unit_not_heard,
)


class LookBackItem(Entity, kw_only=True):
    """One problem looked at again."""

    item_id: UUID | None = None


def published(facts: Facts) -> datetime | None:
    """Fill: the body publishes with the report, where that is its task (WH §15b)."""
    return facts.at if "BODY" in (facts.policy.get("lookback.publication.by") or ()) else None


LOOK_BACK = LifeCycle("look-back", "“回头看”", "SCHEDULED PERFORMED CLOSED", (
    row(NEW, said.ScheduleLookBack, {said.LookBackScheduled: "SCHEDULED"},
        when=[items_missing, item_not_eligible, outside_own_area, draw_missing, draw_not_executed,
              item_not_drawn, due_in_past]),
    row("SCHEDULED", said.PerformLookBack, {said.LookBackPerformed: "PERFORMED"},
        who=[same_checker], when=[methods_missing, evidence_missing], fills={"checker_id": person, "at": now}),
    row("any", said.ReportLookBack, {said.LookBackReported: "CLOSED"},
        when=[item_undecided], fills={"published_at": published}),
))

ITEM = LifeCycle("item", "“回头看”的问题", "PENDING SUSTAINED REBOUNDED FALSE_ALLEGED FALSE", (
    row("PENDING", said.DecideSustained, {said.LookBackSustained: "SUSTAINED"},
        who=[same_checker], when=[not_performed]),
    row("PENDING", said.DecideRebounded, {said.LookBackRebounded: "REBOUNDED"},
        who=[same_checker], when=[not_performed, description_missing]),
    row("PENDING", said.AllegeFalseRectification, {said.FalseRectificationAlleged: "FALSE_ALLEGED"},
        when=[not_performed, never_verified, contradiction_missing]),
    row("FALSE_ALLEGED", said.EstablishFalseRectification, {said.FalseRectificationEstablished: "FALSE"},
        who=[same_checker], when=[too_few_evidences, unit_not_heard]),
    row("FALSE_ALLEGED", said.DismissFalseRectification, {said.FalseRectificationDismissed: "SUSTAINED or REBOUNDED"},
        who=[same_checker], when=[reasons_missing, outcome_missing]),
), entities=("items", "item_id", LookBackItem))


class LookBack(Aggregate, kw_only=True):
    """One look-back at some items; it is closed when every item is decided."""

    life_cycles = (LOOK_BACK, ITEM)
    look_back_id: UUID | None = None
    items: dict[str, LookBackItem] = {}

    def schedule_look_back(self, _: Any, command: Any, facts: Facts) -> said.LookBackScheduled:
        """A date named is a natural date."""
        calendar = CalendarKind.NATURAL_DATE if command.due_at else None
        return fill(said.LookBackScheduled, command, facts, calendar=calendar)

    def on_look_back_scheduled(self, _: Any, event: said.LookBackScheduled) -> None:
        """Every item waits for its own decision."""
        self.items = {str(item): LookBackItem(state="PENDING", item_id=item) for item in event.item_ids}

    def on_false_rectification_dismissed(
        self, item: LookBackItem, event: said.FalseRectificationDismissed
    ) -> None:
        """As the decision says."""
        item.state = event.outcome.value if event.outcome else "SUSTAINED"
