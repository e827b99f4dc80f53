"""What personnel looks up for a command about training, assessment, areas, committees, claims and schools."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.chassis.facts import Facts, body
from services.chassis.policy_values import china_day
from services.chassis.scope import covers
from services.personnel.copies import Joined, Profile, work_done
from services.personnel.domain.appointment import Appointment
from services.personnel.domain.assessment_guards import years_of
from services.personnel.domain.committee import Committee
from services.personnel.domain.eligibility import FULL_TIME
from services.personnel.domain.inspector import Inspector
from services.personnel.domain.responsibility_area import ResponsibilityArea
from services.personnel.finding import App, Given, found, naming, standing

FULL_TIME_WORDS = {category.value for category in FULL_TIME}


# --- of the training year, the workload and the quota ---------------------------------------------------


def active_in_year(app: App, _: Any, command: Any, facts: Facts) -> Given:
    """Whether the inspector serves, or served at some time of the year, and since when within it."""
    inspector = found(app, Inspector, command.inspector_id)
    if inspector is None:
        return {}
    gone = china_day(inspector.exited_at).year if inspector.exited_at else command.year
    active = inspector.state in {"ACTIVE", "SUSPENDED"} or (inspector.state == "EXITED" and gone >= command.year)
    begun = command.year <= china_day(facts.at).year
    return {"active_in_year": active and begun, "engaged_on": _engaged_within(app, command)}


def _engaged_within(app: App, command: Any) -> date | None:
    firsts = [term.from_ for term in naming(app, Appointment, command.inspector_id) if term.from_ is not None]
    first = min(firsts, default=None)
    return first if first is not None and first.year == command.year else None


def the_years_work(app: App, _: Any, command: Any, __: Facts) -> Given:
    """What the inspector did in activities that are closed."""
    return {"work_done": work_done(app, command.inspector_id, range(command.year, command.year + 1))}


def for_the_quota(app: App, _: Any, command: Any, __: Facts) -> Given:
    """Whether the inspector serves part-time."""
    held = standing(app, command.inspector_id)
    return {**held, "part_time": held.get("inspector_category") not in FULL_TIME_WORDS}


# --- of the assessment ------------------------------------------------------------------------------------


def actual_results(app: App, assessment: Any, _: Any, __: Facts) -> Given:
    """What was done in the period (BJ §二(四)¶4: stress on actual results)."""
    if assessment.inspector_id is None:
        return {}
    return {"actual_results": work_done(app, assessment.inspector_id, years_of(assessment.period))}


def own_tier(app: App, assessment: Any, _: Any, facts: Facts) -> Given:
    """Whether the acting body stands at the inspector's own level and place."""
    home = app.reference.body_if_known(standing(app, assessment.inspector_id).get("home_body_id"))
    acting = app.reference.body_if_known(body(facts))
    same = home is not None and acting is not None and (home.tier, home.place) == (acting.tier, acting.place)
    return {"own_tier": same, "assessor_body_id": acting.body_id if acting else None}


def when_confirmed(app: App, assessment: Any, _: Any, __: Facts) -> Given:
    """The instant of the confirmation, as its record says."""
    records: list[Any] = list(app.events.get(assessment.stream))
    at: list[datetime] = [r.head.occurred_at for r in records if type(r.event).__name__ == "AssessmentConfirmed"]
    return {"confirmed_at": at[-1] if at else None}


# --- of the area ------------------------------------------------------------------------------------------


def for_the_area(app: App, area: Any, command: Any, _: Facts) -> Given:
    """Schools outside the body's scope, schools that other areas of it hold, inspectors who are not active."""
    body_id = getattr(command, "body_id", None) or area.body_id
    if body_id is None:
        return {}
    coming = [*getattr(command, "schools", ()), *getattr(command, "added", ())]
    return {
        "schools_outside": _outside(app, body_id, coming),
        "not_active": [i for i in getattr(command, "inspectors", ()) if not _active(app, i)],
        "elsewhere": frozenset(s for s in getattr(command, "removed", ()) if _elsewhere(app, area, s)),
    }


def schools_outside(app: App, _: Any, command: Any, __: Facts) -> Given:
    """Schools outside the body's scope."""
    return {"schools_outside": _outside(app, command.body_id, command.schools)}


def _outside(app: App, body_id: UUID, schools: Iterable[UUID]) -> list[UUID]:
    scope = app.reference.scope_of(body_id)
    return [school for school in schools if not covers(scope, app.reference.unit_path(school))]


def _active(app: App, inspector_id: UUID) -> bool:
    return bool(standing(app, inspector_id)["inspector_state"] == "ACTIVE")


def _elsewhere(app: App, area: Any, school: UUID) -> bool:
    others = (a for a in naming(app, ResponsibilityArea, school) if a.stream != area.stream)
    return any(a.body_id == area.body_id and a.state == "ESTABLISHED" and school in a.schools for a in others)


# --- of the committee, experts, observers, claims, schools -------------------------------------------------


def the_committee(app: App, _: Any, command: Any, __: Facts) -> Given:
    """Whether the unit has a seat."""
    committee = found(app, Committee, command.committee_id)
    seats = committee.seats.values() if committee else ()
    return {"is_member": any(seat.member_unit_id == command.member_unit_id for seat in seats)}


def known_bodies(app: App, _: Any, command: Any, __: Facts) -> Given:
    """Homes and hosts are registered bodies."""
    named = getattr(command, "home_body_id", None) or command.host_body_id
    return {"known_body": app.reference.body(named).body_id}


def whoever_is_invited(app: App, _: Any, command: Any, __: Facts) -> Given:
    """Whether that person inspects."""
    return standing(app, command.person_id)


def whether_they_took_part(app: App, _: Any, command: Any, __: Facts) -> Given:
    """In the team of the activity, now or once."""
    return {"took_part": app.kept.find(Joined, command.person_id, command.activity_id) is not None}


def type_of_school(app: App, _: Any, command: Any, __: Facts) -> Given:
    """As the register of units describes it."""
    profile = app.kept.find(Profile, command.school_id)
    return {"school_type": profile.school_type if profile else None}
