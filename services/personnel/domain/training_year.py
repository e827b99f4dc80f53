"""TrainingYear (年度培训): hours recorded, corrected, counted by kind, exported (domain 3.1.4)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.personnel import training_year as said
from contracts.personnel.training_year import TrainingKind
from contracts.record import event_id
from services.chassis.aggregates import Aggregate, Entity, Timers, fill
from services.chassis.facts import Facts
from services.chassis.guards import evidence_missing, reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.chassis.policy_values import china_day
from services.personnel.domain.guards import end_of, not_for_oneself
from services.personnel.domain.training_guards import (
    attendance_twice,
    hours_below_zero,
    hours_not_positive,
    not_active_in_year,
    not_an_attendance,
    other_year,
    receiver_missing,
    year_not_over,
)
from services.personnel.domain.training_rule import counted, required_hours, rule_of_year, satisfied

TRAINING = LifeCycle("training_year", "年度培训", "OPEN CLOSED", (
    row(NEW, said.OpenTrainingYear, {said.TrainingYearOpened: "OPEN"}, when=[not_active_in_year]),
    row("OPEN", said.RecordTrainingHours, {said.TrainingHoursRecorded: "OPEN"},
        who=[not_for_oneself], when=[hours_not_positive, evidence_missing, other_year, attendance_twice]),
    row("OPEN, CLOSED", said.CorrectTrainingHours, {said.TrainingHoursCorrected: SAME},
        when=[reason_missing, not_an_attendance, hours_below_zero]),
    row("OPEN", said.CloseTrainingYear, {said.TrainingYearClosed: "CLOSED"}, when=[year_not_over]),
    row("CLOSED", said.ExportContinuingEducation, {said.ContinuingEducationExported: "CLOSED"},
        when=[receiver_missing]),
))


class Attendance(Entity, kw_only=True):
    """One course attended, with its hours as corrected."""

    course_id: UUID
    day: date
    kind: TrainingKind
    hours: int


class TrainingYear(Aggregate, kw_only=True):
    """One inspector, one calendar year."""

    life_cycles = (TRAINING,)
    inspector_id: UUID | None = None
    year: int = 0
    required: int | None = None
    attended: dict[str, Attendance] = {}

    def open_training_year(self, _: Any, command: Any, facts: Facts) -> said.TrainingYearOpened:
        """With the hours that policy asks for."""
        return fill(said.TrainingYearOpened, command, facts, required=required_hours(facts))

    def close_training_year(self, _: Any, command: Any, facts: Facts) -> said.TrainingYearClosed:
        """By the rule of the place, which is named: which kinds of hours count, and whether online does."""
        by_kind = self.by_kind()
        return fill(
            said.TrainingYearClosed, command, facts, required=self.required,
            concentrated=counted(by_kind, facts), total=sum(by_kind.values()),
            satisfied=satisfied(self.required, by_kind, facts), rule_version=rule_of_year(facts),
        )

    def export_continuing_education(self, _: Any, command: Any, facts: Facts) -> said.ContinuingEducationExported:
        """All hours, as corrected."""
        return fill(said.ContinuingEducationExported, command, facts, hours=sum(self.by_kind().values()))

    def on_training_hours_recorded(self, _: Any, event: said.TrainingHoursRecorded) -> None:
        """Under the id of its own record, so that a correction can refer to it."""
        self.attended[str(event_id(self.stream, self.version + 1))] = Attendance(
            course_id=event.course_id, day=china_day(event.attended_at), kind=event.kind, hours=event.hours,
        )

    def on_training_hours_corrected(self, _: Any, event: said.TrainingHoursCorrected) -> None:
        """More or less."""
        self.attended[str(event.corrects_event_id)].hours += event.delta

    def by_kind(self) -> dict[TrainingKind, int]:
        """The hours of each kind."""
        kinds = dict.fromkeys(TrainingKind, 0)
        for attendance in self.attended.values():
            kinds[attendance.kind] += attendance.hours
        return kinds

    def ends_at(self) -> datetime:
        """24:00 China time of 31 December."""
        return end_of(date(self.year, 12, 31))

    def timers(self) -> Timers:
        """A year closes by itself; what is found later is a correction."""
        if self.state == "OPEN" and self.inspector_id is not None:
            yield self.ends_at(), said.CloseTrainingYear(inspector_id=self.inspector_id, year=self.year)
