"""IndicatorSet (指标体系): one version for one kind of unit; versions are mapped, never mixed (domain 3.3.7)."""

from typing import Any
from uuid import UUID

from contracts.findings import indicator_set as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.findings.domain.guards import date_past, not_own_body
from services.findings.domain.indicator_guards import (
    code_twice,
    code_unknown,
    items_missing,
    map_missing,
    owner_tier_too_low,
    parent_unknown,
    same_version,
    successor_not_published,
    version_missing,
    version_not_own,
    version_taken,
    weight_unreadable,
    year_past,
)

SET = LifeCycle("indicator-set", "指标体系", "DRAFT PUBLISHED SUPERSEDED", (
    row(NEW, said.DraftIndicatorSet, {said.IndicatorSetDrafted: "DRAFT"}, who=[not_own_body],
        when=[owner_tier_too_low]),
    row("DRAFT", said.PublishIndicatorSet, {said.IndicatorSetPublished: "PUBLISHED"}, who=[not_own_body],
        when=[version_missing, version_taken, items_missing, code_twice, parent_unknown, weight_unreadable]),
    row("PUBLISHED", said.ReleaseStandardYear, {said.StandardYearReleased: "PUBLISHED"}, who=[not_own_body],
        when=[year_past, date_past]),
    row("PUBLISHED", said.MapIndicators, {said.IndicatorCrosswalkDefined: "PUBLISHED"}, who=[not_own_body],
        when=[map_missing, same_version, version_not_own, code_unknown]),
    row("PUBLISHED", said.SupersedeIndicatorSet, {said.IndicatorSetSuperseded: "SUPERSEDED"}, who=[not_own_body],
        when=[successor_not_published]),
))


class IndicatorSet(Aggregate, kw_only=True):
    """`edition` is the version it was published as."""

    life_cycles = (SET,)
    unit_type: said.IndicatorUnitType | None = None
    owner_body_id: UUID | None = None
    edition: str = ""
    codes: frozenset[str] = frozenset()

    def publish_indicator_set(self, _: Any, command: Any, facts: Facts) -> said.IndicatorSetPublished:
        """For the kind of unit it was drafted for."""
        return fill(said.IndicatorSetPublished, command, facts, unit_type=self.unit_type)

    def supersede_indicator_set(self, _: Any, command: Any, facts: Facts) -> said.IndicatorSetSuperseded:
        """Its version is no longer used for new work; what was measured by it stays measured by it."""
        return fill(said.IndicatorSetSuperseded, command, facts, version=self.edition)

    def on_indicator_set_published(self, _: Any, event: said.IndicatorSetPublished) -> None:
        """What the version is called, and which codes it has."""
        self.edition, self.codes = event.version, frozenset(item.code for item in event.items)
