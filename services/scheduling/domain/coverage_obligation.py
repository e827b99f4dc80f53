"""CoverageObligation (应督导而须完成的事项): what must happen within a window, and whether it did (domain 3.2.7)."""

from datetime import date
from typing import Any
from uuid import UUID

from contracts.registry.policy_document import Modality
from contracts.scheduling import coverage_obligation as said
from contracts.values import Window
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.scheduling.domain.burden_guards import approver_is_requester
from services.scheduling.domain.obligation_guards import (
    KEYS,
    activity_unfit,
    anchor_not_of_policy,
    new_window_unknown,
    not_done,
    not_in_principle,
    outside_window,
    successor_not_named,
    window_unknown,
)
from services.scheduling.domain.periods import end_of

OBLIGATION = LifeCycle("obligation", "应督导事项", "OPEN SCHEDULED SATISFIED WAIVED LAPSED", (
    row(NEW, said.OpenObligation, {said.ObligationOpened: "OPEN"}, when=[anchor_not_of_policy, window_unknown]),
    row("OPEN", said.ScheduleObligation, {said.ObligationScheduled: "SCHEDULED"}, when=[activity_unfit]),
    row("OPEN, SCHEDULED", said.SatisfyObligation, {said.ObligationSatisfied: "SATISFIED"},
        when=[activity_unfit, not_done, outside_window], fills={"at": now}),
    row("OPEN, SCHEDULED", said.WaiveObligation, {said.ObligationWaived: "WAIVED"},
        who=[approver_is_requester], when=[not_in_principle, reason_missing]),
    row("OPEN, SCHEDULED", said.ReanchorObligation, {said.ObligationReanchored: "OPEN"},
        when=[new_window_unknown, successor_not_named]),
    row("OPEN, SCHEDULED", said.LapseObligation, {said.ObligationLapsed: "LAPSED"}),
))


class CoverageObligation(Aggregate, kw_only=True):
    """One thing owed to one unit (or by one committee) in one window."""

    life_cycles = (OBLIGATION,)
    kind: said.ObligationKind | None = None
    unit_id: UUID | None = None
    anchor: said.ObligationAnchor | None = None
    anchor_ref: str = ""
    window_from: date | None = None
    window_to: date | None = None
    modality: Modality | None = None
    activity_id: UUID | None = None

    @property
    def window(self) -> Window | None:
        """Its days."""
        known = self.window_from is not None and self.window_to is not None
        return Window(from_=self.window_from, to=self.window_to) if known else None  # type: ignore[arg-type]

    def open_obligation(self, _: Any, command: Any, facts: Facts) -> said.ObligationOpened:
        """The window named, else the one policy makes of the anchor; as binding as the policy says."""
        window = facts["window"]
        modality = facts.policy.modality(KEYS[command.kind]) if command.kind in KEYS else None
        return fill(said.ObligationOpened, command, facts, window_from=window.from_, window_to=window.to,
                    modality=Modality(modality or "D"))

    def reanchor_obligation(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when nothing moves."""
        window = command.new_window or facts["window"]
        if self.state == "OPEN" and window == self.window and command.to_unit_id in (None, self.unit_id):
            return ()
        return (fill(said.ObligationReanchored, command, facts, new_window=window),)

    def lapse_obligation(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when the window was moved meanwhile."""
        holds = self.window is not None and end_of(self.window) == command.at <= facts.at
        return (fill(said.ObligationLapsed, command, facts),) if holds else ()

    def on_obligation_reanchored(self, _: Any, event: said.ObligationReanchored) -> None:
        """Another window or another unit, and nothing arranged for it yet."""
        self.window_from, self.window_to, self.activity_id = event.new_window.from_, event.new_window.to, None
        self.unit_id = event.to_unit_id or self.unit_id

    def timers(self) -> Timers:
        """The window passes."""
        if self.state in ("OPEN", "SCHEDULED") and self.window is not None:
            yield end_of(self.window), said.LapseObligation(obligation_id=self.stream, at=end_of(self.window))
