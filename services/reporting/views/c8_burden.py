"""C8 督导频次: one row per school, period and body: who exceeds the cap, who overlaps?

Letters under seal do not reach these pages; the days of a sealed activity are told by what it consumes once it has
started, and a row says nothing of what remains in the burden ledger, from which sealed days could be guessed.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.scheduling import burden_ledger as said
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum
from services.reporting.views.telling import Happenings, names_of, plainly, told_by
from services.reporting.views.view import Page, View

UNKNOWN = "unknown"


class Visit(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """What one activity asks of the unit."""

    body: str = UNKNOWN
    kind: str = UNKNOWN
    reserved: int = 0
    consumed: int = 0
    override: str | None = None


class Period(Page, kw_only=True, gc=False):
    """One unit's period, over all bodies; a kind that is not in the budget has no cap."""

    unit: str
    period: str
    closed: bool = False
    budget: dict[str, int] = {}
    visits: dict[str, Visit] = {}
    merges: int = 0
    refused: int = 0

    @property
    def days(self) -> int:
        """Days consumed, over all bodies."""
        return sum(visit.consumed for visit in self.visits.values())

    @property
    def over(self) -> dict[str, int]:
        """By kind, the days beyond the cap, without those that an override allowed."""
        used = Counter[str]()
        for visit in self.visits.values():
            if visit.override is None:
                used[visit.kind] += visit.consumed
        return {kind: used[kind] - cap for kind, cap in sorted(self.budget.items()) if used[kind] > cap}


def keys(letter: Letter) -> Iterable[str]:
    """The unit and the period."""
    event: Any = letter.event
    return (f"{event.unit_id}/{event.period}",)


def _visit(page: Period, event: Any) -> Visit:
    return page.visits.setdefault(str(event.activity_id), Visit())


def _open(page: Period, event: said.BurdenPeriodOpened, _: Letter) -> None:
    page.budget = {kind.value: cap for kind, cap in event.budget.items()}


def _reserve(page: Period, event: said.BurdenReserved, _: Letter) -> None:
    visit = _visit(page, event)
    visit.body, visit.kind, visit.reserved = str(event.body_id), event.kind.value, event.days


def _override(page: Period, event: said.BurdenOverrideApproved, _: Letter) -> None:
    _visit(page, event).override = event.ground.value


def _consume(page: Period, event: said.BurdenConsumed, _: Letter) -> None:
    visit = _visit(page, event)
    visit.consumed, visit.reserved = visit.consumed + event.days, 0
    visit.body = str(event.body_id) if event.body_id else visit.body
    visit.kind = event.kind.value if event.kind else visit.kind


def _release(page: Period, event: said.BurdenReleased, _: Letter) -> None:
    page.visits.pop(str(event.activity_id), None)


def _merge(page: Period, _: said.MergeSuggested, __: Letter) -> None:
    page.merges += 1


def _refuse(page: Period, _: said.BurdenRefused, __: Letter) -> None:
    page.refused += 1


def _close(page: Period, _: said.BurdenPeriodClosed, __: Letter) -> None:
    page.closed = True


HAPPENINGS: Happenings = {
    said.BurdenPeriodOpened: _open,
    said.BurdenReserved: _reserve,
    said.BurdenOverrideApproved: _override,
    said.BurdenConsumed: _consume,
    said.BurdenReleased: _release,
    said.MergeSuggested: _merge,
    said.BurdenRefused: _refuse,
    said.BurdenPeriodClosed: _close,
}


def _period(letter: Letter, _: str) -> Period:
    event: Any = letter.event
    head = letter.head
    return Period(
        unit=str(event.unit_id), period=event.period, owner_path=head.owner_path, unit_path=head.unit_path,
    )


PERIODS = View(
    name="burden", title="督导频次登记", fold_version=1, page=Period, listens=names_of(HAPPENINGS), keys=keys,
    fold=told_by(HAPPENINGS, _period), show=plainly,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """Each body with what it asked of the unit, beside what all of them asked together."""
    for piece in sources.each(PERIODS):
        for body in sorted({visit.body for visit in piece.page.visits.values()}):
            yield _row(piece, body)


def _row(piece: Piece, body: str) -> Sum:
    page: Period = piece.page
    visits = [visit for visit in page.visits.values() if visit.body == body]
    overrides = Counter(visit.override for visit in visits if visit.override)
    cells = {
        "unit": page.unit, "period": page.period, "body": body, "activities": len(visits),
        "days": sum(visit.consumed for visit in visits), "reserved": sum(visit.reserved for visit in visits),
        "overrides": sum(overrides.values()), "override_grounds": dict(sorted(overrides.items())),
        "bodies": len({visit.body for visit in page.visits.values()}), "all_days": page.days,
        "budget": page.budget, "over": page.over, "merges": page.merges, "refused": page.refused,
    }
    return Sum(f"{piece.key}/{body}", cells, (piece,), page.owner_path, page.unit_path, page.delegates)


VIEW = RollUp(name="C8", title="督导频次", of=(PERIODS,), rows=rows)
