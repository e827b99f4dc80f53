"""C5 督学培训学时: one row per inspector and year: who has not met the year's hours?"""

from collections.abc import Iterable
from typing import Any

from contracts.letter import Letter
from contracts.personnel import training_year as said
from services.reporting.views.registers.inspector import INSPECTORS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, beside
from services.reporting.views.telling import Happenings, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View

CONCENTRATED = "CONCENTRATED"


class Year(Page, kw_only=True, gc=False):
    """One inspector's year; `kinds` remembers of what kind each record was, for what corrects it."""

    inspector: str
    year: int
    required: int | None = None
    hours: dict[str, int] = {}
    kinds: dict[str, str] = {}
    closed: bool = False
    satisfied: bool | None = None
    counted: int | None = None
    total: int | None = None
    rule: str | None = None


def keys(letter: Letter) -> Iterable[str]:
    """The inspector and the year."""
    event: Any = letter.event
    return (f"{event.inspector_id}/{event.year}",)


def _open(page: Year, event: said.TrainingYearOpened, _: Letter) -> None:
    page.required = event.required


def _record(page: Year, event: said.TrainingHoursRecorded, letter: Letter) -> None:
    kind = event.kind.value
    page.kinds[str(letter.head.event_id)] = kind
    page.hours[kind] = page.hours.get(kind, 0) + event.hours


def _correct(page: Year, event: said.TrainingHoursCorrected, _: Letter) -> None:
    """A correction of what this year never recorded changes no hours."""
    kind = page.kinds.get(str(event.corrects_event_id))
    if kind is not None:
        page.hours[kind] += event.delta


def _close(page: Year, event: said.TrainingYearClosed, _: Letter) -> None:
    page.closed, page.required, page.satisfied = True, event.required, event.satisfied
    page.counted, page.total, page.rule = event.concentrated, event.total, event.rule_version


HAPPENINGS: Happenings = {
    said.TrainingYearOpened: _open,
    said.TrainingHoursRecorded: _record,
    said.TrainingHoursCorrected: _correct,
    said.TrainingYearClosed: _close,
}


def _year(letter: Letter, _: str) -> Year:
    event: Any = letter.event
    return Year(inspector=str(event.inspector_id), year=event.year, **owned(letter))


YEARS = View(
    name="training", title="培训学时登记", fold_version=1, page=Year, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, _year), show=plainly,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """`satisfied` is what was found when the year was closed, under the rule named; None before."""
    inspectors = {piece.key: piece for piece in sources.each(INSPECTORS)}
    for piece in sources.each(YEARS):
        inspector = inspectors.get(piece.page.inspector)
        yield _row(piece, inspector)


def _row(piece: Piece, inspector: Piece | None) -> Sum:
    year: Year = piece.page
    concentrated = year.hours.get(CONCENTRATED, 0)
    missing = None if year.required is None else max(0, year.required - concentrated)
    return beside(piece, {
        "inspector": year.inspector, "year": year.year, "concentrated": concentrated,
        "hours": dict(sorted(year.hours.items())), "required": year.required, "missing": missing,
        "closed": year.closed, "satisfied": year.satisfied, "had_to": year.closed and year.required is not None,
        "rule": year.rule, "pre_service": inspector is not None and inspector.page.pre_service_at is not None,
    }, *([inspector] if inspector else []))


VIEW = RollUp(name="C5", title="督学培训学时", of=(YEARS, INSPECTORS), rows=rows)
