"""What becomes of obligations when terms begin and end (P8), activities come and go (P15), and periods pass."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import coverage_obligation as owed
from contracts.scheduling.coverage_obligation import ObligationAnchor, ObligationKind, ReanchorCause
from contracts.values import Window, natural_id
from services.chassis.copies import kept
from services.chassis.facts import AppliedPolicy
from services.chassis.life_cycle import Refused
from services.chassis.loading import origin_of
from services.chassis.memos import Memo
from services.chassis.policy_values import china_day
from services.chassis.reference import Unit
from services.scheduling.burdening import slot_known
from services.scheduling.domain.burden_rules import BurdenKind
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.domain.periods import DAY, named, overlap
from services.scheduling.obligations import PrincipalTerm, term_window
from services.scheduling.succession import PERIODIC, schools_to_list
from services.scheduling.traces import Obliged, Pledge

Wishes = Iterator[Command | Memo]
Kind = ObligationKind


def principal_term(app: Any, letter: Letter) -> Wishes:
    """P8: the window follows the term, from its first day, its announced end or its real one."""
    event: Any = letter.event
    if not app.reference.knows(Unit, event.unit_id) or app.reference.unit(event.unit_id).kind != "SCHOOL":
        return
    known = app.kept.find(PrincipalTerm, event.unit_id)
    if known is None or known.person_id != event.person_id or hasattr(event, "started_at"):
        first = getattr(event, "started_at", letter.head.occurred_at)
        known = PrincipalTerm(person_id=event.person_id, started=f"{china_day(first)}")
        yield kept(known, event.unit_id)
    ends = getattr(event, "ended_at", None) or getattr(event, "ends_at", None)
    last = china_day(ends) if ends else None
    window = term_window(_policy(app, letter, event.unit_id), date.fromisoformat(known.started), last)
    if window is not None:
        yield from _follow(app, event, known, window)


def _follow(app: Any, event: Any, term: PrincipalTerm, window: Window) -> Wishes:
    key = (Kind.COMPREHENSIVE_SCHOOL, event.unit_id, ObligationAnchor.PRINCIPAL_TERM,
           f"{event.person_id}/{term.started}")
    obligation_id = natural_id("CoverageObligation", *key)
    found = app.load(CoverageObligation, obligation_id)
    if found is None:
        yield owed.OpenObligation(
            obligation_id=obligation_id, kind=key[0], unit_id=key[1], anchor=key[2], anchor_ref=key[3],
            window_from=window.from_, window_to=window.to)
    elif found.window != window:
        early = window.to < found.window.to
        cause = ReanchorCause.PRINCIPAL_LEFT_EARLY if early else ReanchorCause.TERM_EXTENDED
        yield owed.ReanchorObligation(obligation_id=obligation_id, cause=cause, new_window=window)


# --- arranged, done, called off -------------------------------------------------------------------------


def arrange(app: Any, letter: Letter) -> Wishes:
    """A comprehensive inspection, a visit or a meeting is what some obligation waits for."""
    event: Any = letter.event
    made_for = _made_for(app, event)
    for unit_id, kinds, window, deed in made_for:
        for one in _open(app, unit_id, kinds, window):
            yield owed.ScheduleObligation(obligation_id=one.stream, activity_id=deed)


def settle(app: Any, letter: Letter) -> Wishes:
    """Done: whatever waited for it is satisfied."""
    event: Any = letter.event
    deed = _deed_of(event)
    for one in _pledged(app, deed):
        yield owed.SatisfyObligation(obligation_id=one.stream, activity_id=deed)


def call_off(app: Any, letter: Letter) -> Wishes:
    """P15: cancelled or missed, what waited for it is open again."""
    for one in _pledged(app, _deed_of(letter.event)):
        yield owed.ReanchorObligation(
            obligation_id=one.stream, cause=ReanchorCause.ACTIVITY_CANCELLED, new_window=one.window)


def merged(app: Any, letter: Letter) -> Wishes:
    """P15: what waited for a merged activity waits for the one that goes on."""
    event: Any = letter.event
    for activity_id in event.activity_ids:
        for one in _pledged(app, activity_id) if activity_id != event.lead_activity_id else ():
            yield owed.ReanchorObligation(
                obligation_id=one.stream, cause=ReanchorCause.ACTIVITY_CANCELLED, new_window=one.window)
            yield owed.ScheduleObligation(obligation_id=one.stream, activity_id=event.lead_activity_id)


def renew(app: Any, letter: Letter) -> Wishes:
    """What is owed every period is owed in the next one, whatever became of this one."""
    event: Any = letter.event
    one = app.load(CoverageObligation, event.obligation_id)
    if one.anchor not in PERIODIC or one.unit_id is None:
        return
    policy = app.applied(origin_of(letter.head), app.clock())
    _, mark, number = one.anchor_ref.partition("#")
    try:
        following = f"{named(one.anchor.value, one.window_to + DAY, policy.require)}{mark}{number}"
    except Refused:
        return
    key = (one.kind, one.unit_id, one.anchor, following)
    yield owed.OpenObligation(obligation_id=natural_id("CoverageObligation", *key), kind=one.kind,
                              unit_id=one.unit_id, anchor=one.anchor, anchor_ref=following)


def listing_gone(app: Any, letter: Letter) -> Wishes:
    """P7, P12: a school without its inspector's name at the gate, or its successor, must have another promptly."""
    event: Any = letter.event
    for school_id in schools_to_list(app, event.school_id):
        key = (Kind.SCHOOL_LISTING, school_id, ObligationAnchor.INCIDENT, f"{letter.head.event_id}")
        yield owed.OpenObligation(obligation_id=natural_id("CoverageObligation", *key), kind=key[0], unit_id=key[1],
                                  anchor=key[2], anchor_ref=key[3])


def school_listed(app: Any, letter: Letter) -> Wishes:
    """Listed again."""
    event: Any = letter.event
    for one in _open(app, event.school_id, {Kind.SCHOOL_LISTING}, None):
        yield owed.SatisfyObligation(obligation_id=one.stream, activity_id=event.listing_id)


def _made_for(app: Any, event: Any) -> Iterator[tuple[UUID, set[Kind], Window | None, UUID]]:
    if hasattr(event, "meeting_id"):
        yield event.body_id, {Kind.PLENARY_MEETING}, Window(from_=event.date, to=event.date), event.meeting_id
        return
    slot = slot_known(app, _deed_of(event))
    if slot is None or slot.hidden:
        return
    if slot.kind is BurdenKind.COMPREHENSIVE:
        yield slot.body_id, {Kind.COMPREHENSIVE_COMMITTEE}, slot.window, slot.activity_id
        for unit_id in slot.targets:
            yield unit_id, {Kind.COMPREHENSIVE_SCHOOL, Kind.GOVERNMENT}, slot.window, slot.activity_id
    elif hasattr(event, "visit_id"):
        yield event.school_id, {Kind.ROUTINE_VISIT}, slot.window, event.visit_id


def _open(app: Any, unit_id: UUID, kinds: set[Kind], window: Window | None) -> Iterator[CoverageObligation]:
    """Open obligations of these kinds that the window meets, of each kind the one that ends first.

    What a school took over from one that is gone (P12) is settled with its own duty of the same period.
    """
    found = [app.load(CoverageObligation, one.obligation_id) for one in app.kept.below(Obliged, unit_id)]
    fitting = [one for one in found if one.state == "OPEN" and one.kind in kinds
               and (window is None or overlap(one.window, window))]
    for kind in sorted({one.kind for one in fitting}, key=lambda kind: kind.value):
        first = min((one for one in fitting if one.kind is kind), key=lambda one: (one.window_to, one.anchor_ref))
        yield from (one for one in fitting if one.kind is kind and _same_duty(one, first))


def _same_duty(one: CoverageObligation, other: CoverageObligation) -> bool:
    plates = one.kind is Kind.SCHOOL_LISTING and one.anchor is ObligationAnchor.INCIDENT
    return (one.anchor, one.anchor_ref) == (other.anchor, other.anchor_ref) or (plates and one.anchor is other.anchor)


def _pledged(app: Any, deed: UUID) -> Iterator[CoverageObligation]:
    for pledge in app.kept.below(Pledge, deed):
        one = app.load(CoverageObligation, pledge.obligation_id)
        if one.state == "SCHEDULED" and one.activity_id == deed:
            yield one


def _deed_of(event: Any) -> UUID:
    names = ("activity_id", "visit_id", "meeting_id")
    found: UUID = next(getattr(event, name) for name in names if hasattr(event, name))
    return found


def _policy(app: Any, letter: Letter, unit_id: UUID) -> AppliedPolicy:
    origin = origin_of(letter.head)
    place = app.reference.unit(unit_id).place
    at_unit = f"{app.reference.path_of(place)}{unit_id}"
    found: AppliedPolicy = app.applied(
        type(origin)(jurisdiction=place, tier=origin.tier, owner_body=None, owner_path=at_unit), app.clock())
    return found
