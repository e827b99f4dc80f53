"""SatisfactionSurvey (公众满意度调查): no response is an event; what is published are cells of a table."""

from datetime import date
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY, Value


class SurveyCell(Value, kw_only=True):
    """One figure of the result: what it is about, from how many responses, and the score as text."""

    cell: str
    responses: int
    score: str


# --- commands ---------------------------------------------------------------------------------


class _OfSurvey(Command, kw_only=True):
    stream_key = ("survey_id",)
    survey_id: UUID


class DesignSurvey(_OfSurvey, kw_only=True):
    """设计一次满意度调查，写明系列、抽样框和问卷版本。"""

    roles = BODY
    series: str
    frame: str
    questionnaire_version: str


class OpenSurvey(_OfSurvey, kw_only=True):
    """调查开始，写明起止日期。"""

    roles = BODY
    from_: date = msgspec.field(name="from")
    to: date


class CloseSurvey(_OfSurvey, kw_only=True):
    """调查结束，写明答卷数和抽样框大小。"""

    roles = BODY
    responses: int
    frame_size: int


class PublishSurvey(_OfSurvey, kw_only=True):
    """公布调查结果；答卷数低于最小值的单元不得公布。"""

    roles = BODY
    results: tuple[SurveyCell, ...]


# --- events -----------------------------------------------------------------------------------


class SurveyDesigned(Event, kw_only=True):
    """满意度调查已设计。"""

    survey_id: UUID
    series: str
    frame: str
    questionnaire_version: str


class SurveyOpened(Event, kw_only=True):
    """调查已开始。"""

    survey_id: UUID
    from_: date = msgspec.field(name="from")
    to: date


class SurveyClosed(Event, kw_only=True):
    """调查已结束。"""

    survey_id: UUID
    responses: int
    frame_size: int


class SurveyPublished(Event, kw_only=True):
    """调查结果已公布；写明公布单元的最小答卷数。"""

    survey_id: UUID
    results: tuple[SurveyCell, ...]
    min_cell: int
