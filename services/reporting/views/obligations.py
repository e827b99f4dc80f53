"""应完成事项登记: one page per coverage obligation: what is owed, by when and why, and whether it was done.

What may be planned for it can be under seal, so a page has no unit path: it is for bodies.
"""

from datetime import date, datetime

from contracts.letter import Letter
from contracts.scheduling import coverage_obligation as said
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View

OPEN, SATISFIED, LAPSED, WAIVED = "OPEN", "SATISFIED", "LAPSED", "WAIVED"


class Obligation(Page, kw_only=True, gc=False):
    """Something owed to a unit, or by a body; `unit` is whose it is."""

    obligation: str
    unit: str = ""
    kind: str = ""
    anchor: str = ""
    anchor_ref: str = ""
    modality: str = ""
    window_from: date | None = None
    window_to: date | None = None
    state: str = OPEN
    scheduled: bool = False
    satisfied_at: datetime | None = None
    lapsed_at: datetime | None = None
    waived_reason: str | None = None


def _open(page: Obligation, event: said.ObligationOpened, _: Letter) -> None:
    page.unit, page.kind, page.modality = str(event.unit_id), event.kind.value, event.modality.value
    page.anchor, page.anchor_ref = event.anchor.value, event.anchor_ref
    page.window_from, page.window_to = event.window_from, event.window_to


def _schedule(page: Obligation, _: said.ObligationScheduled, __: Letter) -> None:
    page.scheduled = True


def _waive(page: Obligation, event: said.ObligationWaived, _: Letter) -> None:
    page.state, page.waived_reason = WAIVED, event.reason


def _anew(page: Obligation, event: said.ObligationReanchored, _: Letter) -> None:
    page.state, page.scheduled = OPEN, False
    page.window_from, page.window_to = event.new_window.from_, event.new_window.to
    if event.to_unit_id is not None:
        page.unit = str(event.to_unit_id)


HAPPENINGS: Happenings = {
    said.ObligationOpened: _open,
    said.ObligationScheduled: _schedule,
    said.ObligationSatisfied: moves(SATISFIED, satisfied_at="at"),
    said.ObligationWaived: _waive,
    said.ObligationReanchored: _anew,
    said.ObligationLapsed: moves(LAPSED, lapsed_at="at"),
}


def _obligation(letter: Letter, key: str) -> Obligation | None:
    return Obligation(obligation=key, **owned(letter)) if isinstance(letter.event, said.ObligationOpened) else None


OBLIGATIONS = View(
    name="obligations", title="应完成事项登记", fold_version=1, page=Obligation, listens=names_of(HAPPENINGS),
    keys=keyed_by("obligation_id"), fold=told_by(HAPPENINGS, _obligation), show=plainly,
)
