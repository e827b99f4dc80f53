"""Appointment (聘期): its end is never edited, only a renewal makes a new term (domain 3.1.2)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.personnel import appointment as said
from contracts.personnel.assessment import AssessmentGrade, AssessmentKind
from contracts.values import Role
from services.chassis.aggregates import Aggregate, Entity, Timers, fill
from services.chassis.facts import Facts, now
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.personnel.domain.appointment_guards import (
    appointment_running,
    assessment_not_confirmed,
    assessment_not_passed,
    decision_not_found,
    not_annual_or_term,
    not_later,
    renewal_reason_missing,
    term_assessment_missing,
    term_limit_reached,
    term_too_long,
)
from services.personnel.domain.guards import dates_reversed, end_of, not_in_service

APPOINTMENT = LifeCycle("appointment", "聘期", "IN_FORCE ENDED TERMINATED", (
    row(NEW, said.OpenAppointment, {said.AppointmentOpened: "IN_FORCE"},
        when=[not_in_service, dates_reversed, appointment_running, term_too_long, term_limit_reached]),
    row("IN_FORCE", said.AttachAssessment, {said.AppointmentAssessed: "IN_FORCE"},
        when=[not_annual_or_term, assessment_not_confirmed]),
    row("IN_FORCE", said.RenewAppointment, {said.AppointmentRenewed: "IN_FORCE"},
        when=[not_in_service, term_assessment_missing, assessment_not_passed, renewal_reason_missing, not_later,
              term_too_long, term_limit_reached]),
    row("IN_FORCE", said.EndAppointment, {said.AppointmentEnded: "ENDED"}, when=[reason_missing]),
    row("IN_FORCE", said.TerminateAppointment, {said.AppointmentTerminated: "TERMINATED"},
        when=[decision_not_found], fills={"at": now}),
))


class Attached(Entity, kw_only=True):
    """An assessment of the running term."""

    kind: AssessmentKind
    grade: AssessmentGrade


class Appointment(Aggregate, kw_only=True):
    """One inspector's engagement, term after term."""

    life_cycles = (APPOINTMENT,)
    inspector_id: UUID | None = None
    from_: date | None = None
    to: date | None = None
    term_number: int = 0
    assessments: dict[str, Attached] = {}
    ran_out: bool = False

    def renew_appointment(self, _: Any, command: Any, facts: Facts) -> said.AppointmentRenewed:
        """The old end stays visible."""
        return fill(said.AppointmentRenewed, command, facts, old_to=self.to, term_number=self.term_number + 1)

    def end_appointment(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """The clock is quiet before the last day is over; a resignation ends the term at once."""
        early = facts.actor.role is Role.TIMER and facts.at < self.ends_at()
        return () if early else (fill(said.AppointmentEnded, command, facts, ended_at=facts.at),)

    def on_appointment_assessed(self, _: Any, event: said.AppointmentAssessed) -> None:
        """A grade that was changed takes the place of the first."""
        self.assessments[str(event.assessment_id)] = Attached(kind=event.kind, grade=event.grade)

    def on_appointment_renewed(self, _: Any, event: said.AppointmentRenewed) -> None:
        """A new term needs its own assessments."""
        self.to, self.assessments = event.new_to, {}

    def on_appointment_ended(self, _: Any, event: said.AppointmentEnded) -> None:
        """Whether it ran to its end: then the next one follows consecutively."""
        self.ran_out = event.ended_at >= self.ends_at()

    def ends_at(self) -> datetime:
        """24:00 China time of the last day."""
        return end_of(self.to or date(9999, 12, 30))

    def entity_keys(self) -> tuple[str, ...]:
        """Found by its inspector."""
        return (f"Appointment|{self.inspector_id}|{self.stream}",)

    def timers(self) -> Timers:
        """An appointment that is not renewed ends by itself."""
        if self.state == "IN_FORCE":
            yield self.ends_at(), said.EndAppointment(appointment_id=self.stream, reason="聘期届满")
