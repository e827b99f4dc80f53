"""What becomes of obligations when a unit is merged, split or closed (P12): they go to its successors."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import coverage_obligation as owed
from contracts.scheduling.coverage_obligation import ObligationAnchor, ObligationKind, ReanchorCause
from contracts.values import natural_id
from services.chassis.reference import Unit
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.listings import ListedAt
from services.scheduling.traces import Obliged

Wishes = Iterator[Command]
PENDING = frozenset({"OPEN", "SCHEDULED"})
PERIODIC = frozenset({
    ObligationAnchor.SCHOOL_YEAR, ObligationAnchor.CALENDAR_YEAR, ObligationAnchor.TERM, ObligationAnchor.MONTH,
})


def hand_on(app: Any, letter: Letter) -> Wishes:
    """The first successor owes what is not done; every other one owes the same period anew.

    Without a successor it stays where it is: what was owed to a unit that is closed lapses on record.
    """
    event: Any = letter.event
    for unit_id in set(event.unit_ids) - set(event.successor_ids) if event.successor_ids else ():
        for obliged in list(app.kept.below(Obliged, unit_id)):
            one = app.load(CoverageObligation, obliged.obligation_id)
            if one.state in PENDING:
                yield from _to_the_first(app, one, event.successor_ids[0])
                yield from _to_the_others(one, event.successor_ids[1:])


def _to_the_first(app: Any, one: CoverageObligation, unit_id: UUID) -> Wishes:
    yield owed.ReanchorObligation(
        obligation_id=one.stream, cause=ReanchorCause.UNIT_CHANGED, new_window=one.window, to_unit_id=unit_id)
    plate = plate_at(app, unit_id)
    if one.kind is ObligationKind.SCHOOL_LISTING and plate is not None:
        yield owed.SatisfyObligation(obligation_id=one.stream, activity_id=plate)


def _to_the_others(one: CoverageObligation, units: tuple[UUID, ...]) -> Wishes:
    if one.anchor not in PERIODIC or one.kind is None or one.anchor is None:
        return
    for unit_id in units:
        key = (one.kind, unit_id, one.anchor, one.anchor_ref)
        yield owed.OpenObligation(
            obligation_id=natural_id("CoverageObligation", *key), kind=one.kind, unit_id=unit_id, anchor=one.anchor,
            anchor_ref=one.anchor_ref, window_from=one.window_from, window_to=one.window_to)


def plate_at(app: Any, school_id: UUID) -> UUID | None:
    """The listing whose name hangs at a school's gate, or None."""
    for one in app.kept.below(ListedAt, school_id):
        if one.inspector_id is not None and one.since is not None:
            listing_id: UUID | None = one.listing_id
            return listing_id
    return None


def schools_to_list(app: Any, school_id: UUID) -> Iterator[UUID]:
    """Who needs a plate after one was taken down: the school, or its successors that have none."""
    known = app.reference.unit(school_id) if app.reference.knows(Unit, school_id) else None
    if known is None or known.gone_from is None:
        yield school_id
    else:
        yield from (unit_id for unit_id in known.successors if plate_at(app, unit_id) is None)
