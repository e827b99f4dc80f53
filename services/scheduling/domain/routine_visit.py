"""RoutineVisit (经常性督导): one visit of a school's listed inspector, from date to report (domain 3.2.4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.scheduling import routine_visit as said
from contracts.values import CalendarKind, Window
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.scheduling.domain.activity_guards import window_reversed
from services.scheduling.domain.periods import end_of
from services.scheduling.domain.team_guards import member_without_credential
from services.scheduling.domain.visit_guards import (
    items_missing,
    not_listed,
    not_the_inspector,
    not_within_window,
    place_missing,
    report_missing,
    window_not_over,
)

VISIT = LifeCycle("visit", "经常性督导", "SCHEDULED CHECKED_IN RECORDED CLOSED MISSED", (
    row(NEW, said.ScheduleVisit, {said.VisitScheduled: "SCHEDULED"}, when=[window_reversed, not_listed]),
    row("SCHEDULED", said.CheckIn, {said.VisitCheckedIn: "CHECKED_IN"}, who=[not_the_inspector],
        when=[member_without_credential, place_missing]),
    row("MISSED", said.CheckIn, {said.VisitCheckedIn: "CHECKED_IN"}, who=[not_the_inspector],
        when=[not_within_window, member_without_credential, place_missing]),
    row("CHECKED_IN", said.RecordVisit, {said.VisitRecorded: "RECORDED"}, who=[not_the_inspector],
        when=[items_missing]),
    row("RECORDED", said.ReportVisit, {said.VisitReported: "CLOSED"}, who=[not_the_inspector],
        when=[report_missing]),
    row("SCHEDULED", said.MissVisit, {said.VisitMissed: "MISSED"}, when=[window_not_over]),
))


class RoutineVisit(Aggregate, kw_only=True):
    """One visit; a check-in made in time but told late annuls that it was missed."""

    life_cycles = (VISIT,)
    school_id: UUID | None = None
    inspector_id: UUID | None = None
    window: Window | None = None
    occurred_at: datetime | None = None

    def check_in(self, _: Any, command: Any, facts: Facts) -> said.VisitCheckedIn:
        """When it happened, which offline is not when it is told."""
        return fill(said.VisitCheckedIn, command, facts, occurred_at=now(facts), inspector_id=self.inspector_id)

    def report_visit(self, _: Any, command: Any, facts: Facts) -> said.VisitReported:
        """Late beyond what the place calls promptly (policy window.promptly), counted from the check-in."""
        promptly, late = facts.policy.get("window.promptly"), False
        if promptly is not None and self.occurred_at is not None:
            kind = CalendarKind(promptly["calendar"])
            late = facts.at >= facts.calendar.due(self.occurred_at, promptly["amount"], kind).due_at
        return fill(said.VisitReported, command, facts, late=late)

    def timers(self) -> Timers:
        """The window passes without anyone at the gate."""
        if self.state == "SCHEDULED" and self.window is not None:
            yield end_of(self.window), said.MissVisit(visit_id=self.stream)
