"""Finding (问题): from the evidence in the field to the unit's list, with the unit's defence between (domain 3.3.1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.findings import finding as said
from contracts.record import event_id
from contracts.values import CalendarKind, Severity
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now, person
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.findings.domain.finding_guards import (
    activity_not_in_progress,
    authority_missing,
    changes_missing,
    content_code_unknown,
    decider_is_recorder,
    defence_window_closed,
    evidence_missing,
    indicator_missing,
    inspected_department,
    not_in_feedback,
    not_of_the_unit,
    not_team_leader,
    reason_missing,
    text_missing,
    visit_not_checked_in,
    window_still_open,
)

RECORDED_AT = 1
"""The version at which every finding was recorded."""

FINDING = LifeCycle(
    "finding", "问题", "DRAFT SUBSTANTIATED FED_BACK IN_DEFENCE CONFIRMED LEDGERED WITHDRAWN",
    (
        row(NEW, said.RecordFinding, {said.FindingRecorded: "DRAFT"}, who=[inspected_department],
            when=[activity_not_in_progress, visit_not_checked_in, evidence_missing, indicator_missing, text_missing],
            fills={"recorded_by": person}),
        row("DRAFT", said.SubstantiateFinding, {said.FindingSubstantiated: "SUBSTANTIATED"},
            who=[inspected_department, not_team_leader], when=[content_code_unknown],
            fills={"leader_id": person}),
        row("DRAFT, SUBSTANTIATED", said.ReferUrgently, {said.UrgentReferralMade: SAME},
            who=[inspected_department], fills={"referred_at": now}),
        row("SUBSTANTIATED", said.IncludeInFeedback, {said.FindingFedBack: "FED_BACK"}, when=[not_in_feedback]),
        row("FED_BACK", said.SubmitDefence, {said.DefenceSubmitted: "IN_DEFENCE"},
            who=[not_of_the_unit], when=[defence_window_closed, text_missing], fills={"at": now}),
        row("IN_DEFENCE", said.DecideDefence, {
            said.FindingUpheld: "CONFIRMED", said.FindingAmended: "CONFIRMED", said.FindingWithdrawn: "WITHDRAWN",
        }, who=[inspected_department, decider_is_recorder],
            when=[reason_missing, changes_missing, authority_missing]),
        row("FED_BACK", said.ConfirmFinding, {said.FindingConfirmed: "CONFIRMED"},
            who=[inspected_department], when=[window_still_open]),
        row("FED_BACK", said.RecalculateDefenceWindow, {said.DefenceWindowRecalculated: SAME}),
        row("CONFIRMED", said.HandToLedger, {said.FindingHandedToLedger: "LEDGERED"}, who=[inspected_department]),
        row("CONFIRMED, LEDGERED", said.WithdrawFinding, {said.FindingWithdrawn: "WITHDRAWN"},
            who=[inspected_department], when=[reason_missing, authority_missing]),
    ),
    apart=(said.DefenceSubmitted,),
)


class Finding(Aggregate, kw_only=True):
    """One problem, before it is on the unit's list."""

    life_cycles = (FINDING,)
    activity_id: UUID | None = None
    visit_id: UUID | None = None
    unit_id: UUID | None = None
    content_code: str = ""
    indicator_code: str = ""
    indicator_version: str = ""
    severity: Severity = Severity.GENERAL
    text: str = ""
    recorded_by: UUID | None = None
    evidence_ids: tuple[UUID, ...] = ()
    feedback_id: UUID | None = None
    defence_due_at: datetime | None = None
    provisional: bool = False
    confirmed_at_version: int = RECORDED_AT

    def include_in_feedback(self, _: Any, command: Any, facts: Facts) -> said.FindingFedBack:
        """The window runs from the delivery, however late the letter was heard."""
        rule = facts.policy.require("defence.window")
        due = facts.calendar.due(
            facts["feedback"].delivered_at, int(rule["amount"]), CalendarKind(rule["calendar"]),
        )
        return fill(said.FindingFedBack, command, facts, defence_due_at=due.due_at, provisional=due.provisional)

    def recalculate_defence_window(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very window is still provisional."""
        holds = self.provisional and self.defence_due_at == command.old_due_at
        return (fill(said.DefenceWindowRecalculated, command, facts),) if holds else ()

    def on_defence_window_recalculated(self, _: Any, event: said.DefenceWindowRecalculated) -> None:
        """From provisional to final."""
        self.defence_due_at, self.provisional = event.new_due_at, False

    def submit_defence(self, _: Any, command: Any, facts: Facts) -> said.DefenceSubmitted:
        """In the unit's own name."""
        return fill(said.DefenceSubmitted, command, facts, by_unit_id=self.unit_id, at=facts.at)

    def decide_defence(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Upheld or amended, the finding is confirmed in the same commit, for the list to take it up."""
        decider = person(facts)
        if command.outcome is said.DefenceOutcome.WITHDRAWN:
            return (self._withdrawn(command.reasons, command.authority, RECORDED_AT),)
        if command.outcome is said.DefenceOutcome.UPHELD:
            return self._confirmed(facts), fill(said.FindingUpheld, command, facts, decider_id=decider)
        amended = fill(said.FindingAmended, command, facts, decider_id=decider)
        return self._confirmed(facts, command.changes), amended

    def confirm_finding(self, _: Any, __: Any, facts: Facts) -> said.FindingConfirmed:
        """With all that the list needs."""
        return self._confirmed(facts)

    def withdraw_finding(self, _: Any, command: Any, __: Facts) -> said.FindingWithdrawn:
        """Answers the confirmation; the item on the list is compensated."""
        return self._withdrawn(command.reason, command.authority, self.confirmed_at_version)

    def on_finding_amended(self, _: Any, event: said.FindingAmended) -> None:
        """What is absent stays."""
        for name in event.changes.__struct_fields__:
            changed = getattr(event.changes, name)
            setattr(self, name, getattr(self, name) if changed is None else changed)

    def on_finding_confirmed(self, _: Any, __: said.FindingConfirmed) -> None:
        """A later withdrawal names this record."""
        self.confirmed_at_version = self.version + 1

    def timers(self) -> Timers:
        """When the window closes without a defence, the finding stands."""
        if self.state == "FED_BACK" and self.defence_due_at is not None:
            yield self.defence_due_at, said.ConfirmFinding(finding_id=self.stream)

    def _confirmed(self, facts: Facts, changes: said.FindingChanges | None = None) -> said.FindingConfirmed:
        return said.FindingConfirmed(
            finding_id=self.stream, unit_id=self._unit(), severity=(changes and changes.severity) or self.severity,
            text=(changes and changes.text) or self.text, activity_id=self.activity_id, visit_id=self.visit_id,
            competent_department_id=facts.get("competent_department_id"),
        )

    def _withdrawn(self, reason: str, authority: str, version: int) -> said.FindingWithdrawn:
        corrects = event_id(self.stream, version)
        return said.FindingWithdrawn(
            finding_id=self.stream, corrects_event_id=corrects, reason=reason, authority=authority,
        )

    def _unit(self) -> UUID:
        if self.unit_id is None:
            raise ValueError("a finding that was recorded has a unit")
        return self.unit_id
