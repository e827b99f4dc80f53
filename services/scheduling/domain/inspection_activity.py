"""InspectionActivity (督导活动): nine axes, team, notice or seal, field work, report (domain 3.2.3, errata 1, 4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.scheduling import inspection_activity as said
from contracts.values import Window
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, now, person
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.scheduling.domain.activity_guards import (
    departments_missing,
    flying_without_basis,
    indicator_set_missing,
    lead_days,
    not_a_target,
    not_overt,
    not_sealable,
    notice_too_short,
    overt,
    plan_not_draft,
    report_or_reason_missing,
    seal_in_past,
    targets_missing,
    window_reversed,
)
from services.scheduling.domain.burden_guards import blackout, cap_reached, too_close
from services.scheduling.domain.guards import not_own_body
from services.scheduling.domain.lot_guards import burden_refused, draw_missing, not_as_drawn, unit_not_drawn
from services.scheduling.domain.team_guards import (
    consultation_missing,
    decided_for_oneself,
    function_not_permitted,
    leader_not_checked_in,
    leader_removed,
    member_not_active,
    member_without_credential,
    not_in_team,
    not_the_leader,
    observer_in_team,
    recusal_not_raised,
    recusal_undecided,
    recused,
    team_complete,
    team_too_small,
)

ACTIVITY = LifeCycle(
    "activity", "督导活动", "PLANNED TEAMED NOTIFIED SEALED IN_PROGRESS FIELDWORK_DONE CLOSED CANCELLED",
    (
        row(NEW, said.PlanActivity, {said.ActivityPlanned: "PLANNED"}, who=[not_own_body],
            when=[plan_not_draft, targets_missing, window_reversed, flying_without_basis,
                  cap_reached, blackout, too_close]),
        row(NEW, said.ProposeOutOfPlan, {said.ActivityProposedOutOfPlan: "PLANNED"}, who=[not_own_body],
            when=[reason_missing, targets_missing, window_reversed, flying_without_basis]),
        row("PLANNED", said.HoldConsultation, {said.ConsultationHeld: "PLANNED"}, when=[departments_missing]),
        row("PLANNED", said.FormTeam, {said.TeamFormed: "TEAMED"}, who=[not_own_body],
            when=[consultation_missing, burden_refused, draw_missing, not_as_drawn, team_too_small,
                  observer_in_team, member_not_active, member_without_credential, function_not_permitted]),
        row("TEAMED, NOTIFIED, SEALED", said.FormTeam, {said.TeamFormed: "TEAMED"}, who=[not_own_body],
            when=[team_complete, draw_missing, not_as_drawn, team_too_small, observer_in_team, member_not_active,
                  member_without_credential, function_not_permitted]),
        row("TEAMED, NOTIFIED, SEALED", said.RemoveTeamMember, {said.TeamMemberRemoved: SAME}, when=[not_in_team]),
        row("TEAMED", said.RaiseRecusal, {said.RecusalRaised: "TEAMED"}, when=[not_in_team],
            fills={"raised_by": person}),
        row("TEAMED", said.DecideRecusal, {said.RecusalDecided: "TEAMED"}, who=[decided_for_oneself],
            when=[recusal_not_raised], fills={"decided_by": person}),
        row("TEAMED", said.ServeNotice, {said.NoticeServed: "NOTIFIED"},
            when=[not_overt, not_a_target, unit_not_drawn, recusal_undecided, notice_too_short]),
        row("NOTIFIED", said.ServeNotice, {said.NoticeServed: "NOTIFIED"},
            when=[not_a_target, unit_not_drawn, notice_too_short]),
        row("TEAMED", said.SealActivity, {said.ActivitySealed: "SEALED"},
            when=[not_sealable, recusal_undecided, seal_in_past]),
        row("NOTIFIED, SEALED", said.StartActivity, {said.ActivityStarted: "IN_PROGRESS"}, who=[not_the_leader],
            when=[recused, leader_removed, leader_not_checked_in, member_not_active, member_without_credential],
            fills={"started_at": now}),
        row("NOTIFIED", said.RequestSelfAssessment, {said.SelfAssessmentRequested: "NOTIFIED"},
            when=[not_a_target, indicator_set_missing]),
        row("IN_PROGRESS", said.FinishFieldwork, {said.FieldworkFinished: "FIELDWORK_DONE"}),
        row("FIELDWORK_DONE", said.CloseActivity, {said.ActivityClosed: "CLOSED"}, who=[not_own_body],
            when=[report_or_reason_missing]),
        row("PLANNED..SEALED", said.CancelActivity, {said.ActivityCancelled: "CANCELLED"}, who=[not_own_body],
            when=[reason_missing]),
        row("FIELDWORK_DONE, CLOSED", said.LapseReport, {said.ReportOverdueRaised: SAME}),
        row("FIELDWORK_DONE, CLOSED", said.RecalculateReportDeadline, {said.ReportDeadlineRecalculated: SAME}),
    ),
)


class InspectionActivity(Aggregate, kw_only=True):
    """One activity of one body; each of its nine axes is kept by itself."""

    life_cycles = (ACTIVITY,)
    body_id: UUID | None = None
    axes: said.Axes | None = None
    targets: tuple[UUID, ...] = ()
    window: Window | None = None
    consulted: bool = False
    leader_id: UUID | None = None
    members: list[UUID] = []
    removed: list[UUID] = []
    recusals: dict[str, str] = {}
    started_at: datetime | None = None
    report_due_at: datetime | None = None
    provisional: bool = False
    report_id: UUID | None = None
    overdue: bool = False

    @property
    def hidden(self) -> bool:
        """Not overt and not begun: for the unit it does not exist."""
        return not overt(self.axes) and self.state in ("PLANNED", "TEAMED", "SEALED", "CANCELLED")

    def form_team(self, _: Any, command: Any, facts: Facts) -> said.TeamFormed:
        """Each member with the body and level he or she comes from."""
        members = tuple(
            said.TeamMember(inspector_id=key, home_body_id=member.body_id, tier=member.tier)
            for key, member in facts["team"].items()
        )
        return fill(said.TeamFormed, command, facts, members=members)

    def repeats_form_team(self, command: Any, _: said.TeamFormed) -> bool:
        """The same leader and the same members."""
        return command.leader_id == self.leader_id and {command.leader_id, *command.members} == {*self.members}

    def serve_notice(self, _: Any, command: Any, facts: Facts) -> said.NoticeServed:
        """With the days it leaves."""
        days = lead_days(facts.calendar, facts.at, self)
        return fill(said.NoticeServed, command, facts, served_at=facts.at, lead_days=days)

    def finish_fieldwork(self, _: Any, command: Any, facts: Facts) -> said.FieldworkFinished:
        """From now on the report is awaited."""
        due = facts.due("report.window")
        return fill(said.FieldworkFinished, command, facts, report_due_at=due.due_at, provisional=due.provisional)

    def recalculate_report_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        holds = self.provisional and self.report_due_at == command.old_due_at
        return (fill(said.ReportDeadlineRecalculated, command, facts),) if holds else ()

    def on_report_deadline_recalculated(self, _: Any, event: said.ReportDeadlineRecalculated) -> None:
        """From provisional to final."""
        self.report_due_at, self.provisional = event.new_due_at, False

    def lapse_report(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when there is a report, or another deadline holds."""
        holds = self.report_id is None and self.report_due_at == command.due_at <= facts.at
        return (fill(said.ReportOverdueRaised, command, facts),) if holds else ()

    def on_consultation_held(self, _: Any, __: said.ConsultationHeld) -> None:
        """The team may be formed."""
        self.consulted = True

    def on_team_formed(self, _: Any, event: said.TeamFormed) -> None:
        """Whoever is in the team."""
        self.members, self.removed = [member.inspector_id for member in event.members], []

    def on_recusal_raised(self, _: Any, event: said.RecusalRaised) -> None:
        """Nobody sets out before it is decided."""
        self.recusals[str(event.inspector_id)] = "RAISED"

    def on_recusal_decided(self, _: Any, event: said.RecusalDecided) -> None:
        """A recused member leaves the team."""
        self.recusals[str(event.inspector_id)] = event.outcome.value
        if event.outcome is said.RecusalOutcome.GRANTED and event.inspector_id in self.members:
            self._leaves(event.inspector_id)

    def on_team_member_removed(self, _: Any, event: said.TeamMemberRemoved) -> None:
        """Whoever may no longer inspect."""
        self._leaves(event.inspector_id)

    def _leaves(self, inspector_id: UUID) -> None:
        self.members = [one for one in self.members if one != inspector_id]
        self.removed.append(inspector_id)

    def on_report_overdue_raised(self, _: Any, __: said.ReportOverdueRaised) -> None:
        """It is raised once."""
        self.overdue = True

    def timers(self) -> Timers:
        """The report is awaited from the end of the field work, closed or not (errata 4)."""
        awaited = self.state in ("FIELDWORK_DONE", "CLOSED") and self.report_id is None and not self.overdue
        if awaited and self.report_due_at is not None:
            yield self.report_due_at, said.LapseReport(activity_id=self.stream, due_at=self.report_due_at)
