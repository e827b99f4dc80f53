"""P7 报送备案登记: one row per body: who reports late – plans at the start of the year, major matters, receipts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from contracts.letter import Letter
from contracts.scheduling import annual_plan as plan
from contracts.scheduling import major_matter_filing as matter
from services.reporting.views.registers.place import BODIES
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, ratio
from services.reporting.views.telling import Happening, Happenings, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View

PLAN = "ANNUAL_PLAN"


class Filing(Page, kw_only=True, gc=False):
    """One thing owed to the body above; a plan that came back is owed again, its first day stays."""

    body: str
    kind: str = PLAN
    state: str = "DUE"
    due_at: datetime | None = None
    filed_at: datetime | None = None
    late: bool = False
    work_report: bool = False

    @property
    def owed(self) -> bool:
        """Something is to be filed by a day, or was filed without one."""
        return self.due_at is not None or self.filed_at is not None


def keys(letter: Letter) -> Iterable[str]:
    """The plan or the filing."""
    event: Any = letter.event
    return (str(getattr(event, "filing_id", None) or event.plan_id),)


def _drafted(page: Filing, event: plan.PlanDrafted, _: Letter) -> None:
    page.due_at = event.filing_due_at


def _due(page: Filing, event: matter.FilingDue, _: Letter) -> None:
    page.kind, page.due_at = event.kind.value, event.due_at


def _filed(page: Filing, event: Any, _: Letter) -> None:
    page.state, page.filed_at = "FILED", event.filed_at
    page.late = page.late or (page.due_at is not None and event.filed_at > page.due_at)


def _lapsed(page: Filing, _: object, __: Letter) -> None:
    page.late = True


def _reported(page: Filing, _: plan.WorkReportFiled, __: Letter) -> None:
    page.work_report = True


def _stands(state: str) -> Happening:
    def happen(page: Filing, _: object, __: Letter) -> None:
        page.state = state

    return happen


HAPPENINGS: Happenings = {
    plan.PlanDrafted: _drafted,
    plan.PlanFiledUpward: _filed,
    plan.PlanReceiptAcknowledged: _stands("ACKNOWLEDGED"),
    plan.PlanReturned: _stands("RETURNED"),
    plan.PlanFilingLapsed: _lapsed,
    plan.WorkReportFiled: _reported,
    matter.FilingDue: _due,
    matter.FiledUpward: _filed,
    matter.FilingAcknowledged: _stands("ACKNOWLEDGED"),
    matter.FilingLapsed: _lapsed,
}


def _filing(letter: Letter, _: str) -> Filing | None:
    body = getattr(letter.event, "body_id", None)
    return Filing(body=str(body), **owned(letter)) if body else None


FILINGS = View(
    name="filings", title="报送备案", fold_version=1, page=Filing, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, _filing), show=plainly,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """Every body that owes something; what is behind a row are its filings, one by one."""
    bodies = {piece.key: piece for piece in sources.each(BODIES)}
    held: dict[str, list[Piece]] = {}
    for piece in sources.each(FILINGS):
        held.setdefault(piece.page.body, []).append(piece)
    for body, filings in sorted(held.items()):
        yield _row(body, bodies.get(body), filings)


def _row(key: str, body: Piece | None, filings: list[Piece]) -> Sum:
    pages: list[Filing] = [piece.page for piece in filings]
    owed = [page for page in pages if page.owed]
    return Sum(key, {
        "body": key, "name": body.page.name if body else "", "plans": sum(page.kind == PLAN for page in pages),
        "plans_late": sum(page.late for page in pages if page.kind == PLAN),
        "matters": sum(page.kind != PLAN for page in pages),
        "matters_late": sum(page.late for page in pages if page.kind != PLAN),
        "filed": sum(page.filed_at is not None for page in pages),
        "acknowledged": sum(page.state == "ACKNOWLEDGED" for page in pages),
        "returned": sum(page.state == "RETURNED" for page in pages),
        "work_reports": sum(page.work_report for page in pages),
        **ratio("punctuality", sum(page.filed_at is not None and not page.late for page in owed), len(owed)),
    }, [*filings, *([body] if body else [])], pages[0].owner_path)


VIEW = RollUp(name="P7", title="报送备案登记", of=(FILINGS, BODIES), rows=rows)
