"""DutyEvaluation (履行教育职责评价、学校评价): first stage, sample, confirmed or overturned, graded (domain 3.3.6)."""

from typing import Any
from uuid import UUID

from contracts.findings import duty_evaluation as said
from contracts.record import event_id
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.findings.domain.evaluation_guards import (
    first_stage_of_another_level,
    grade_not_in_scale,
    grade_not_result,
    grade_unchanged,
    not_drawn,
    not_upper_level,
    result_unchanged,
    scores_missing,
)
from services.findings.domain.finding_guards import inspected_department
from services.findings.domain.guards import (
    below_owner,
    channel_not_allowed,
    channels_missing,
    indicator_version_missing,
    indicators_of_another_version,
    proof_missing,
    reason_missing,
    score_unreadable,
)

EVALUATION = LifeCycle("evaluation", "评价", "OPEN FIRST_STAGE SAMPLED CONFIRMED GRADED ANNOUNCED", (
    row(NEW, said.OpenEvaluation, {said.EvaluationOpened: "OPEN"}, who=[inspected_department],
        when=[indicator_version_missing]),
    row("OPEN", said.RecordFirstStage, {said.FirstStageResultRecorded: "FIRST_STAGE"},
        who=[inspected_department, first_stage_of_another_level],
        when=[scores_missing, indicators_of_another_version, score_unreadable, grade_not_in_scale],
        fills={"by_body_id": body}),
    row("FIRST_STAGE", said.SampleForConfirmation, {said.ConfirmationSampled: "SAMPLED"},
        who=[not_upper_level], when=[not_drawn]),
    row("SAMPLED", said.ConfirmResult, {said.ResultConfirmed: "CONFIRMED"},
        who=[inspected_department, not_upper_level], when=[proof_missing], fills={"by_body_id": body}),
    row("FIRST_STAGE, SAMPLED", said.OverturnResult, {said.ResultOverturned: "CONFIRMED"},
        who=[inspected_department, not_upper_level], when=[reason_missing, result_unchanged, grade_not_in_scale],
        fills={"by_body_id": body}),
    row("FIRST_STAGE, CONFIRMED", said.GradeEvaluation, {said.EvaluationGraded: "GRADED"},
        who=[inspected_department, below_owner], when=[grade_not_result, grade_not_in_scale]),
    row("GRADED", said.AnnounceEvaluation, {said.EvaluationAnnounced: "ANNOUNCED"},
        who=[inspected_department, below_owner], when=[channels_missing, channel_not_allowed]),
    row("ANNOUNCED", said.AdjustEvaluation, {said.EvaluationAdjusted: "ANNOUNCED"},
        who=[inspected_department, below_owner], when=[reason_missing, grade_unchanged, grade_not_in_scale]),
))


class DutyEvaluation(Aggregate, kw_only=True):
    """One target in one round by one version of indicators."""

    life_cycles = (EVALUATION,)
    target_id: UUID | None = None
    round_id: UUID | None = None
    indicator_version: str = ""
    result: said.EvaluationGrade | None = None
    first_stage_by: UUID | None = None
    grade: said.EvaluationGrade | None = None
    graded_at_version: int = 0

    def grade_evaluation(self, _: Any, command: Any, facts: Facts) -> said.EvaluationGraded:
        """With the edition of the scale, so that a later scale changes nothing."""
        facts.policy.require("evaluation.grades")
        scale = facts.policy.refs["evaluation.grades"]
        return fill(said.EvaluationGraded, command, facts, target_id=self.target_id,
                    scale_version=f"{scale.found_at}/{scale.version}")

    def adjust_evaluation(self, _: Any, command: Any, facts: Facts) -> said.EvaluationAdjusted:
        """Names the record that it answers."""
        return fill(said.EvaluationAdjusted, command, facts, target_id=self.target_id,
                    corrects_event_id=event_id(self.stream, self.graded_at_version))

    def on_first_stage_result_recorded(self, _: Any, event: said.FirstStageResultRecorded) -> None:
        """Whoever stands above may confirm."""
        self.first_stage_by = event.by_body_id

    def on_result_overturned(self, _: Any, event: said.ResultOverturned) -> None:
        """The new result stands."""
        self.result = event.new_result

    def on_evaluation_graded(self, _: Any, __: said.EvaluationGraded) -> None:
        """A later adjustment names this record."""
        self.graded_at_version = self.version + 1

    def on_evaluation_adjusted(self, _: Any, event: said.EvaluationAdjusted) -> None:
        """The next adjustment answers this one."""
        self.grade, self.graded_at_version = event.new_grade, self.version + 1
