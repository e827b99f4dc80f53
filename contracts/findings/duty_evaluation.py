"""DutyEvaluation (履行教育职责评价、学校评价): a first stage, perhaps a sample to confirm it, a grade.

Scores are text, because they may have decimals.
"""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, PublicationChannel


class EvaluationGrade(Enum):
    """等次：优秀、良好、合格、基本合格、不合格；用哪些由评价标准决定。"""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    QUALIFIED = "QUALIFIED"
    BASICALLY_QUALIFIED = "BASICALLY_QUALIFIED"
    UNQUALIFIED = "UNQUALIFIED"


# --- commands ---------------------------------------------------------------------------------


class _OfEvaluation(Command, kw_only=True):
    stream_key = ("evaluation_id",)
    evaluation_id: UUID


class OpenEvaluation(_OfEvaluation, kw_only=True):
    """开始对一个政府、部门、乡镇街道或学校的评价。"""

    roles = BODY | SYSTEM
    natural_key = ("target_id", "round_id", "indicator_version")
    target_id: UUID
    round_id: UUID | None = None
    indicator_version: str


class RecordFirstStage(_OfEvaluation, kw_only=True):
    """记录初评得分和结果。"""

    roles = BODY
    scores: dict[str, str]
    result: EvaluationGrade


class SampleForConfirmation(_OfEvaluation, kw_only=True):
    """上级抽查抽中这项评价，写明所依据的抽取。"""

    roles = BODY | SYSTEM
    draw_id: UUID


class ConfirmResult(_OfEvaluation, kw_only=True):
    """上级认定初评结果，附证据。"""

    roles = BODY
    evidence_hashes: tuple[str, ...]


class OverturnResult(_OfEvaluation, kw_only=True):
    """上级推翻初评结果，写明新的结果和理由。"""

    roles = BODY
    new_result: EvaluationGrade
    reason: str


class GradeEvaluation(_OfEvaluation, kw_only=True):
    """评定等次。"""

    roles = BODY
    grade: EvaluationGrade


class AnnounceEvaluation(_OfEvaluation, kw_only=True):
    """公布评价结果。"""

    roles = BODY
    channels: tuple[PublicationChannel, ...]


class AdjustEvaluation(_OfEvaluation, kw_only=True):
    """因更正或申诉调整已公布的等次，写明理由。"""

    roles = BODY
    new_grade: EvaluationGrade
    reason: str


# --- events -----------------------------------------------------------------------------------


class EvaluationOpened(Event, kw_only=True):
    """评价已开始。"""

    evaluation_id: UUID
    target_id: UUID
    round_id: UUID | None = None
    indicator_version: str


class FirstStageResultRecorded(Event, kw_only=True):
    """初评结果已记录。"""

    evaluation_id: UUID
    by_body_id: UUID
    scores: dict[str, str]
    result: EvaluationGrade


class ConfirmationSampled(Event, kw_only=True):
    """评价已被抽中复核。"""

    evaluation_id: UUID
    draw_id: UUID


class ResultConfirmed(Event, kw_only=True):
    """初评结果已认定。"""

    evaluation_id: UUID
    by_body_id: UUID
    evidence_hashes: tuple[str, ...]


class ResultOverturned(Event, kw_only=True):
    """初评结果已推翻。"""

    evaluation_id: UUID
    by_body_id: UUID
    new_result: EvaluationGrade
    reason: str


class EvaluationGraded(Event, kw_only=True):
    """等次已评定；写明所用标准的版本，一并写明对象。"""

    evaluation_id: UUID
    grade: EvaluationGrade
    scale_version: str
    target_id: UUID | None = None


class EvaluationAnnounced(Event, kw_only=True):
    """评价结果已公布。"""

    evaluation_id: UUID
    channels: tuple[PublicationChannel, ...]


class EvaluationAdjusted(Event, kw_only=True):
    """已公布的等次已调整；写明被更正的记录。"""

    evaluation_id: UUID
    corrects_event_id: UUID
    new_grade: EvaluationGrade
    reason: str
    target_id: UUID | None = None
