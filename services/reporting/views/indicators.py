"""指标登记: versions of indicators with their crosswalks, and evaluations with the scores given by one version."""

from datetime import date

import msgspec

from contracts.findings import duty_evaluation, indicator_set
from contracts.letter import Letter
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View, china_date


class Line(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """One line of a crosswalk."""

    from_version: str
    from_code: str
    to_version: str
    to_code: str
    note: str | None = None


class Edition(Page, kw_only=True, gc=False):
    """A set of indicators for one kind of unit, as published: codes with their texts."""

    set_id: str
    unit_type: str = ""
    version: str = ""
    state: str = "PUBLISHED"
    texts: dict[str, str] = {}
    crosswalk: list[Line] = []


class Evaluation(Page, kw_only=True, gc=False):
    """The scores of one unit by one version; a score is a decimal written as text."""

    evaluation: str
    target: str = ""
    target_path: str | None = None
    version: str = ""
    scored_on: date | None = None
    scores: dict[str, str] = {}
    grade: str | None = None


def _publish(page: Edition, event: indicator_set.IndicatorSetPublished, _: Letter) -> None:
    page.version, page.unit_type = event.version, event.unit_type.value
    page.texts = {item.code: item.text for item in event.items}


def _map(page: Edition, event: indicator_set.IndicatorCrosswalkDefined, _: Letter) -> None:
    """A later crosswalk between the same two versions takes the place of the earlier one."""
    ends = (event.from_version, event.to_version)
    kept = [line for line in page.crosswalk if (line.from_version, line.to_version) != ends]
    page.crosswalk = kept + [Line(
        from_version=event.from_version, from_code=line.from_code, to_version=event.to_version,
        to_code=line.to_code, note=line.note,
    ) for line in event.map]


def _open(page: Evaluation, event: duty_evaluation.EvaluationOpened, letter: Letter) -> None:
    page.target, page.version, page.target_path = str(event.target_id), event.indicator_version, letter.head.unit_path


def _score(page: Evaluation, event: duty_evaluation.FirstStageResultRecorded, letter: Letter) -> None:
    page.scores, page.scored_on = event.scores, china_date(letter.head.occurred_at)


def _grade(page: Evaluation, event: duty_evaluation.EvaluationGraded, _: Letter) -> None:
    page.grade = event.grade.value


def _adjust(page: Evaluation, event: duty_evaluation.EvaluationAdjusted, _: Letter) -> None:
    page.grade = event.new_grade.value


EDITION_HAPPENINGS: Happenings = {
    indicator_set.IndicatorSetPublished: _publish,
    indicator_set.IndicatorCrosswalkDefined: _map,
    indicator_set.IndicatorSetSuperseded: moves("SUPERSEDED"),
}
EVALUATION_HAPPENINGS: Happenings = {
    duty_evaluation.EvaluationOpened: _open,
    duty_evaluation.FirstStageResultRecorded: _score,
    duty_evaluation.EvaluationGraded: _grade,
    duty_evaluation.EvaluationAdjusted: _adjust,
}

EDITIONS = View(
    name="indicators", title="指标体系登记", fold_version=1, page=Edition, listens=names_of(EDITION_HAPPENINGS),
    keys=keyed_by("set_id"), show=plainly,
    fold=told_by(EDITION_HAPPENINGS, lambda letter, key: Edition(set_id=key, **owned(letter))),
)
EVALUATIONS = View(
    name="evaluations", title="评价得分登记", fold_version=1, page=Evaluation,
    listens=names_of(EVALUATION_HAPPENINGS), keys=keyed_by("evaluation_id"), show=plainly,
    fold=told_by(EVALUATION_HAPPENINGS, lambda letter, key: Evaluation(evaluation=key, **owned(letter))),
)
