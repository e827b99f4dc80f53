"""T4 督导机构工作质量: one row per body: do the bodies below us do their job?

Draws of sealed activities count, for nobody but the body itself and those above it: a row has no unit path.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from contracts.findings import inspection_report as report
from contracts.letter import Letter
from contracts.rectification import look_back
from contracts.scheduling import annual_plan as plan
from contracts.scheduling import double_random_draw as draw
from contracts.scheduling import inspection_activity as activity
from services.reporting.views.registers.place import BODIES
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, beside, ratio
from services.reporting.views.telling import Happening, Happenings, names_of, plainly, told_by
from services.reporting.views.view import Page, View, owner_path_of


class Filing(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """A plan on its way upward."""

    due_at: datetime | None = None
    filed_at: datetime | None = None
    lapsed: bool = False
    state: str = "DRAFT"

    @property
    def on_time(self) -> bool:
        """Filed by its day; without a day any filing is on time."""
        return self.filed_at is not None and (self.due_at is None or self.filed_at <= self.due_at)


class Quality(Page, kw_only=True, gc=False):
    """What one body did, each thing under its own id."""

    body: str
    plans: dict[str, Filing] = {}
    reports: dict[str, str] = {}
    overdue: dict[str, bool] = {}
    look_backs: dict[str, bool] = {}
    draws: dict[str, str] = {}


def keys(letter: Letter) -> Iterable[str]:
    """The body that owns the record."""
    body = owner_path_of(letter).rpartition("/")[2]
    return (body,) if body else ()


def _filing(page: Quality, event: object) -> Filing:
    return page.plans.setdefault(str(event.plan_id), Filing())  # type: ignore[attr-defined]


def _drafted(page: Quality, event: plan.PlanDrafted, _: Letter) -> None:
    _filing(page, event).due_at = event.filing_due_at


def _filed(page: Quality, event: plan.PlanFiledUpward, _: Letter) -> None:
    filing = _filing(page, event)
    filing.state, filing.filed_at = "FILED", event.filed_at
    filing.due_at = event.due_at or filing.due_at


def _acknowledged(page: Quality, event: plan.PlanReceiptAcknowledged, _: Letter) -> None:
    _filing(page, event).state = "ACKNOWLEDGED"


def _returned(page: Quality, event: plan.PlanReturned, _: Letter) -> None:
    filing = _filing(page, event)
    filing.state, filing.filed_at = "RETURNED", None


def _lapsed(page: Quality, event: plan.PlanFilingLapsed, _: Letter) -> None:
    filing = _filing(page, event)
    filing.lapsed, filing.due_at = True, event.due_at


def _puts(shelf: str, field: str, state: object) -> Happening:
    """The event puts a thing under its id into a state."""

    def happen(page: Quality, event: object, _: Letter) -> None:
        getattr(page, shelf)[str(getattr(event, field))] = state

    return happen


def _executed(page: Quality, event: draw.DrawExecuted, _: Letter) -> None:
    key = str(event.draw_id)
    page.draws[key] = "PROVED" if page.draws.get(key) == "COMMITTED" else "UNPROVED"


HAPPENINGS: Happenings = {
    plan.PlanDrafted: _drafted,
    plan.PlanFiledUpward: _filed,
    plan.PlanReceiptAcknowledged: _acknowledged,
    plan.PlanReturned: _returned,
    plan.PlanFilingLapsed: _lapsed,
    report.ReportApproved: _puts("reports", "report_id", "DUE"),
    report.ReportPublished: _puts("reports", "report_id", "PUBLISHED"),
    report.ReportPublicationWithheld: _puts("reports", "report_id", "WITHHELD"),
    report.ReportRetracted: _puts("reports", "report_id", "RETRACTED"),
    activity.ReportOverdueRaised: _puts("overdue", "activity_id", state=True),
    look_back.LookBackScheduled: _puts("look_backs", "look_back_id", state=False),
    look_back.LookBackPerformed: _puts("look_backs", "look_back_id", state=True),
    draw.DrawPrepared: _puts("draws", "draw_id", "PREPARED"),
    draw.DrawCommitted: _puts("draws", "draw_id", "COMMITTED"),
    draw.DrawAbandoned: _puts("draws", "draw_id", "ABANDONED"),
    draw.DrawExecuted: _executed,
}

QUALITY = View(
    name="quality", title="督导机构工作登记", fold_version=2, page=Quality, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, lambda letter, key: Quality(body=key, owner_path=owner_path_of(letter))),
    show=plainly, sealed=True,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """Punctuality by the day each plan was due; a report is due when it is approved, a retracted one is not."""
    bodies = {piece.key: piece for piece in sources.each(BODIES)}
    for piece in sources.each(QUALITY):
        yield _row(piece, bodies.get(piece.key))


def _row(piece: Piece, body: Piece | None) -> Sum:
    page: Quality = piece.page
    plans, draws = page.plans.values(), list(page.draws.values())
    reports = [state for state in page.reports.values() if state != "RETRACTED"]
    answered = reports.count("PUBLISHED") + reports.count("WITHHELD")
    proved, spun = draws.count("PROVED"), draws.count("PROVED") + draws.count("UNPROVED")
    return beside(piece, {
        "body": page.body, "name": body.page.name if body else "", "tier": body.page.tier if body else None,
        **ratio("punctuality", sum(plan.on_time for plan in plans), len(plans)),
        "late": sum(plan.lapsed for plan in plans), "returned": sum(plan.state == "RETURNED" for plan in plans),
        **ratio("publication_rate", answered, len(reports)), "withheld": reports.count("WITHHELD"),
        "reports_overdue": len(page.overdue),
        **ratio("look_backs_done", sum(page.look_backs.values()), len(page.look_backs)),
        **ratio("draws_proved", proved, spun), "draws_abandoned": draws.count("ABANDONED"),
    }, *([body] if body else []))


VIEW = RollUp(name="T4", title="督导机构工作质量", of=(QUALITY, BODIES), rows=rows)
