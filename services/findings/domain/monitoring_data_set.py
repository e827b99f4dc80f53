"""MonitoringDataSet (监测数据): one unit and period; each element is filled in once, then reused (domain 3.3.10)."""

import hashlib
from typing import Any
from uuid import UUID

from contracts.findings import monitoring_data_set as said
from contracts.record import event_id
from services.chassis.aggregates import Aggregate, Entity, fill
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.findings.domain.element_guards import (
    campaign_asks_otherwise,
    element_not_audited,
    element_unknown,
    rule_missing,
    set_frozen,
    source_not_collected,
    value_hash_missing,
)
from services.findings.domain.finding_guards import inspected_department
from services.findings.domain.guards import unit_foreign


class Element(Entity, kw_only=True):
    """One figure, with the record that collected it and the campaigns that reused it."""

    value_hash: str = ""
    collected_by_event: UUID | None = None
    campaigns: tuple[UUID, ...] = ()


DATA_SET = LifeCycle("data-set", "数据集", "OPEN FROZEN", (
    row("OPEN", said.FreezeDataSet, {said.DataFrozen: "FROZEN"}, when=[element_not_audited]),
))

ELEMENT = LifeCycle("element", "数据项", "COLLECTED VALIDATED REJECTED", (
    row(NEW, said.CollectElement, {said.DataCollected: "COLLECTED"},
        who=[unit_foreign], when=[set_frozen, element_unknown, value_hash_missing]),
    row("REJECTED", said.CollectElement, {said.DataCollected: "COLLECTED"},
        who=[unit_foreign], when=[set_frozen, element_unknown, value_hash_missing]),
    row("COLLECTED, VALIDATED", said.ReuseElement, {said.DataReused: SAME},
        when=[source_not_collected, campaign_asks_otherwise]),
    row("COLLECTED", said.ValidateElement, {said.DataValidated: "VALIDATED"},
        who=[inspected_department], when=[set_frozen], fills={"validator_id": person}),
    row("COLLECTED, VALIDATED", said.RejectElement, {said.DataRejected: "REJECTED"},
        who=[inspected_department], when=[set_frozen, rule_missing]),
), entities=("elements", "element_id", Element))


class MonitoringDataSet(Aggregate, kw_only=True):
    """The first element opens the set; a second form with the same element finds it collected."""

    life_cycles = (DATA_SET, ELEMENT)
    unit_id: UUID | None = None
    period: str = ""
    elements: dict[str, Element] = {}

    def reuse_element(self, element: Element, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when this campaign has it already."""
        reused = fill(said.DataReused, command, facts, unit_id=self.unit_id)
        return () if command.campaign_id in element.campaigns else (reused,)

    def validate_element(self, _: Element, command: Any, facts: Facts) -> said.DataValidated:
        """Of this unit."""
        return fill(said.DataValidated, command, facts, unit_id=self.unit_id, validator_id=person(facts))

    def reject_element(self, _: Element, command: Any, facts: Facts) -> said.DataRejected:
        """Of this unit; it may be filled in again."""
        return fill(said.DataRejected, command, facts, unit_id=self.unit_id)

    def freeze_data_set(self, _: Any, command: Any, facts: Facts) -> said.DataFrozen:
        """One hash over all that stands."""
        lines = (f"{key}:{self.elements[key].value_hash}\n" for key in sorted(self.standing))
        digest = hashlib.sha256("".join(lines).encode()).hexdigest()
        return fill(said.DataFrozen, command, facts, period=self.period, hash=digest)

    def repeats_collect_element(self, command: Any, event: Any) -> bool:
        """What was rejected may be filled in again as it was."""
        element = self.elements.get(command.element_id)
        same = (command.value_hash, command.value, command.source) == (event.value_hash, event.value, event.source)
        return same and element is not None and element.state != "REJECTED"

    def on_data_collected(self, element: Element, event: said.DataCollected) -> None:
        """The first one opens the set."""
        self.state = "FROZEN" if self.state == "FROZEN" else "OPEN"
        self.unit_id, self.period = event.unit_id, event.period
        element.collected_by_event = event_id(self.stream, self.version + 1)

    def on_data_reused(self, element: Element, event: said.DataReused) -> None:
        """Another campaign that need not ask."""
        element.campaigns = (*element.campaigns, event.campaign_id)

    @property
    def standing(self) -> frozenset[str]:
        """Elements that hold: collected or validated, not rejected."""
        return frozenset(key for key, element in self.elements.items() if element.state in {"COLLECTED", "VALIDATED"})
