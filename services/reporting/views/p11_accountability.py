"""P11 问责: one row per accountability case: is accountability used and published?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contracts.accountability import accountability_case as case
from contracts.accountability import private_school_measure as measure
from contracts.letter import Letter
from services.reporting.views.registers.unit import UNITS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, beside
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View, china_date


class Case(Page, kw_only=True, gc=False):
    """One case; the unit sees it from the service of the decision on."""

    case: str
    unit: str | None = None
    subject: str = ""
    state: str = "PROPOSED"
    grounds: tuple[str, ...] = ()
    tier: str = ""
    measures: list[str] = []
    serious: bool | None = None
    scope: str | None = None
    published_at: datetime | None = None
    remedy: str | None = None


class Measure(Page, kw_only=True, gc=False):
    """What was done to a private school because of a case."""

    case: str
    kind: str
    state: str = "PROPOSED"


def _propose(page: Case, event: case.CaseProposed, _: Letter) -> None:
    page.subject, page.tier = event.subject.kind.value, event.tier.value
    page.grounds = tuple(ground.value for ground in event.ground_codes)
    unit = event.unit_id or (event.subject.id if event.subject.kind is case.SubjectKind.UNIT else None)
    page.unit = str(unit) if unit else None


def _decide(page: Case, event: case.CaseDecided, _: Letter) -> None:
    page.state, page.serious = "DECIDED", event.serious_consequences
    page.measures = [one.kind.value for one in event.measures]


def _serve(page: Case, _: case.CaseServed, letter: Letter) -> None:
    page.state, page.unit_path = "SERVED", letter.head.unit_path


def _publish(page: Case, event: case.CasePublished, _: Letter) -> None:
    page.state, page.scope, page.published_at = "PUBLISHED", event.scope.value, event.published_at


def _outcome(page: Case, event: Any, _: Letter) -> None:
    page.remedy = event.outcome.value


HAPPENINGS: Happenings = {
    case.CaseProposed: _propose,
    case.CaseOpened: moves("OPEN"),
    case.CaseDeclined: moves("DECLINED"),
    case.CaseFactsEstablished: moves("FACTS_ESTABLISHED"),
    case.CaseFactsNotified: moves("FACTS_NOTIFIED"),
    case.CaseHeard: moves("HEARD"),
    case.CaseDecided: _decide,
    case.CaseServed: _serve,
    case.CaseEnforced: moves("ENFORCED"),
    case.CasePublished: _publish,
    case.CaseReviewRequested: moves("UNDER_REVIEW"),
    case.CaseReviewDecided: _outcome,
    case.CaseAppealed: moves("APPEALED"),
    case.CaseAppealDecided: _outcome,
    case.CaseCorrected: moves("CORRECTED"),
    case.CaseArchived: moves("ARCHIVED"),
}
MEASURES: Happenings = {
    measure.MeasureProposed: moves("PROPOSED"),
    measure.MeasureTransferred: moves("TRANSFERRED"),
    measure.MeasureAccepted: moves("ACCEPTED"),
    measure.MeasureRefused: moves("REFUSED"),
    measure.MeasureExecuted: moves("EXECUTED"),
    measure.MeasureVerified: moves("VERIFIED"),
}


def _measure(letter: Letter, _: str) -> Measure | None:
    event = letter.event
    if not isinstance(event, measure.MeasureProposed):
        return None
    return Measure(case=str(event.accountability_case_id), kind=event.kind.value, **owned(letter))


CASES = View(
    name="cases", title="问责案登记", fold_version=1, page=Case, listens=names_of(HAPPENINGS),
    keys=keyed_by("accountability_case_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, key: Case(case=key, **owned(letter))),
)
PRIVATE = View(
    name="private-measures", title="民办学校处理登记", fold_version=1, page=Measure, listens=names_of(MEASURES),
    keys=keyed_by("measure_id"), fold=told_by(MEASURES, _measure), show=plainly,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """A case with what it led to for a private school."""
    measures: dict[str, list[Piece]] = {}
    for piece in sources.each(PRIVATE):
        measures.setdefault(piece.page.case, []).append(piece)
    cases = sources.each(CASES)
    units = sources.some(UNITS, {piece.page.unit for piece in cases if piece.page.unit})
    for piece in cases:
        yield _row(piece, units.get(piece.page.unit or ""), measures.get(piece.key, []), sources.as_of)


def _row(piece: Piece, unit: Piece | None, measures: list[Piece], as_of: datetime) -> Sum:
    page: Case = piece.page
    profile = unit.page.profile(china_date(as_of)) if unit else None
    return beside(piece, {
        "case": page.case, "unit": page.unit, "subject": page.subject, "state": page.state, "grounds": page.grounds,
        "tier": page.tier, "measures": page.measures, "serious_consequences": page.serious,
        "private_school": profile is not None and profile.ownership == "PRIVATE",
        "private_measures": [{"kind": one.page.kind, "state": one.page.state} for one in measures],
        "published": page.published_at is not None, "publicity": page.scope, "remedy": page.remedy,
    }, *([unit] if unit else []), *measures)


VIEW = RollUp(name="P11", title="问责", of=(CASES, PRIVATE, UNITS), rows=rows)
