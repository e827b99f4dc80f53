"""Assessment (督学考核): self-report, scores, confirmation by the own tier, contest (domain 3.1.5)."""

from typing import Any
from uuid import UUID

from contracts.personnel import assessment as said
from contracts.personnel.assessment import AssessmentGrade, AssessmentKind
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.guards import reasons_missing
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.personnel.domain.assessment_guards import (
    already_contested,
    contest_too_late,
    dimensions_missing,
    new_grade_missing,
    not_contested,
    not_own_tier,
    period_unclear,
    score_out_of_range,
    standard_missing,
    text_missing,
)
from services.personnel.domain.guards import not_in_service, not_oneself

ASSESSMENT = LifeCycle("assessment", "督学考核", "OPEN REPORTED SCORED CONFIRMED", (
    row(NEW, said.OpenAssessment, {said.AssessmentOpened: "OPEN"},
        when=[not_in_service, standard_missing, period_unclear]),
    row("OPEN", said.SubmitSelfReport, {said.AssessmentSelfReported: "REPORTED"}, who=[not_oneself]),
    row("REPORTED", said.ScoreAssessment, {said.AssessmentScored: "SCORED"},
        when=[dimensions_missing, score_out_of_range]),
    row("SCORED", said.ConfirmAssessment, {said.AssessmentConfirmed: "CONFIRMED"}, who=[not_own_tier]),
    row("CONFIRMED", said.ContestAssessment, {said.AssessmentContested: "CONFIRMED"},
        who=[not_oneself], when=[already_contested, contest_too_late, text_missing]),
    row("CONFIRMED", said.DecideContest, {said.AssessmentContestDecided: "CONFIRMED"},
        who=[not_own_tier], when=[not_contested, reasons_missing, new_grade_missing]),
))


class Assessment(Aggregate, kw_only=True):
    """One inspector, one kind, one period."""

    life_cycles = (ASSESSMENT,)
    inspector_id: UUID | None = None
    kind: AssessmentKind | None = None
    period: str = ""
    grade: AssessmentGrade | None = None
    contested: bool = False
    decided: bool = False

    def confirm_assessment(self, _: Any, command: Any, facts: Facts) -> said.AssessmentConfirmed:
        """With the inspector and the kind, so that the appointment can take it up."""
        return said.AssessmentConfirmed(
            assessment_id=command.assessment_id, grade=command.grade, assessor_body_id=facts["assessor_body_id"],
            inspector_id=self.inspector_id, kind=self.kind,
        )

    def on_assessment_contested(self, _: Any, __: said.AssessmentContested) -> None:
        """Until it is decided."""
        self.contested = True

    def on_assessment_contest_decided(self, _: Any, event: said.AssessmentContestDecided) -> None:
        """Once; a changed grade takes the place of the first."""
        self.contested, self.decided = False, True
        self.grade = event.new_grade or self.grade

    def entity_keys(self) -> tuple[str, ...]:
        """Found by its inspector."""
        return (f"Assessment|{self.inspector_id}|{self.stream}",)
