"""What is owed: its window from policy, and what was done about it – what obligations are told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from contracts.scheduling.coverage_obligation import ObligationAnchor, ObligationKind
from contracts.scheduling.inspection_activity import Scope
from contracts.values import CalendarKind, Role, Window
from services.chassis.facts import AppliedPolicy, Facts
from services.chassis.policy_values import china_day
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.domain.inspection_activity import InspectionActivity
from services.scheduling.domain.obligation_guards import Deed
from services.scheduling.domain.periods import window_of
from services.scheduling.domain.plenary_meeting import PlenaryMeeting
from services.scheduling.domain.routine_visit import RoutineVisit
from services.scheduling.listings import ListedAt

Given = dict[str, Any]
YEARS = {ObligationAnchor.FIVE_YEARS: 5, ObligationAnchor.THREE_TO_FIVE_YEARS: 5}


class PrincipalTerm(msgspec.Struct, kw_only=True):
    """The running term of a school's principal, as the registry last said."""

    person_id: UUID
    window: Window | None = None
    started: str


def the_window(_: Any, obligation: Any, command: Any, facts: Facts) -> Given:
    """The days named, else those that policy makes of the anchor; an obligation there is keeps its own."""
    first, last = getattr(command, "window_from", None), getattr(command, "window_to", None)
    if first is not None and last is not None:
        return {"window": Window(from_=first, to=last)}
    if obligation.state != "-" or not hasattr(command, "anchor"):
        return {"window": obligation.window}
    return {"window": anchored(command, facts)}


def anchored(command: Any, facts: Facts) -> Window | None:
    """The period an anchor names (`2026`, `2025-2026-2`; `#2` counts the second of its kind), or promptly."""
    if command.anchor is ObligationAnchor.INCIDENT:
        rule = facts.policy.get("window.promptly")
        return within(rule, facts) if rule else None
    named = command.anchor_ref.partition("#")[0]
    window = window_of(named, facts.policy.require)
    years = YEARS.get(command.anchor)
    if window is None or years is None:
        return window
    return Window(from_=window.from_, to=window.to.replace(year=window.to.year + years - 1))


def within(rule: Any, facts: Facts) -> Window:
    """From the day of the command to the last day of a deadline."""
    due = facts.calendar.due(facts.at, rule["amount"], CalendarKind(rule["calendar"]))
    return Window(from_=china_day(facts.at), to=due.last_day)


def term_window(policy: AppliedPolicy, started: Any, ends: Any) -> Window | None:
    """When a principal's term asks for a comprehensive inspection: within it (BJ), at its end (HN), or never (WH)."""
    rule = policy.get("cycle.comprehensive.school") or {}
    if rule.get("anchor") != "PRINCIPAL_TERM" or ends is None:
        return None
    if rule.get("window") != "AT_END":
        return Window(from_=started, to=ends)
    around = policy.get("cycle.comprehensive.atEndWindow") or {"daysBefore": 0, "daysAfter": 0}
    return Window(from_=ends - timedelta(days=around["daysBefore"]), to=ends + timedelta(days=around["daysAfter"]))


def the_deed(app: Any, obligation: CoverageObligation, command: Any, facts: Facts) -> Given:
    """What was arranged or done, by the kind of the obligation; a letter that says a school is listed is the deed."""
    if obligation.kind is None:
        return {"deed": None}
    if obligation.kind is ObligationKind.SCHOOL_LISTING and facts.actor.role is Role.POLICY:
        return {"deed": Deed(frozenset({obligation.unit_id}), fits=True, done=True, on=china_day(facts.at))}
    return {"deed": DEEDS.get(obligation.kind, _inspected)(app, obligation, command.activity_id)}


def _inspected(app: Any, obligation: CoverageObligation, activity_id: UUID) -> Deed | None:
    """What is secret serves nothing yet: the obligation is open, and its letter would name the activity (row 23)."""
    activity = app.load(InspectionActivity, activity_id)
    if activity is None or activity.hidden:
        return None
    committee = obligation.kind is ObligationKind.COMPREHENSIVE_COMMITTEE
    internal = obligation.kind is ObligationKind.INTERNAL_SUPERVISION
    return Deed(
        concerns=frozenset({activity.body_id}) if committee else frozenset(activity.targets),
        fits=internal or activity.axes.scope is Scope.COMPREHENSIVE, done=activity.state == "CLOSED",
        on=china_day(activity.started_at) if activity.started_at else None)


def _met(app: Any, _: CoverageObligation, meeting_id: UUID) -> Deed | None:
    meeting = app.load(PlenaryMeeting, meeting_id)
    if meeting is None:
        return None
    held = meeting.state in ("HELD", "MINUTED") and meeting.quorum_met
    return Deed(concerns=frozenset({meeting.body_id}), fits=True, done=held, on=meeting.date)


def _visited(app: Any, _: CoverageObligation, visit_id: UUID) -> Deed | None:
    visit = app.load(RoutineVisit, visit_id)
    if visit is None:
        return None
    seen = china_day(visit.occurred_at) if visit.occurred_at else None
    return Deed(concerns=frozenset({visit.school_id}), fits=True, done=visit.state == "CLOSED", on=seen)


def _listed(app: Any, obligation: CoverageObligation, listing_id: UUID) -> Deed | None:
    listing = app.kept.find(ListedAt, obligation.unit_id, listing_id)
    if listing is None:
        return None
    return Deed(concerns=frozenset({listing.school_id}), fits=True, done=listing.since is not None, on=listing.since)


DEEDS = {
    ObligationKind.PLENARY_MEETING: _met,
    ObligationKind.ROUTINE_VISIT: _visited,
    ObligationKind.SCHOOL_LISTING: _listed,
}
