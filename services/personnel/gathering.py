"""What personnel looks up for a command about persons: standing, credentials, terms, conduct, former schools."""

from typing import Any
from uuid import UUID

from contracts.personnel.appointment import TerminationGround
from contracts.personnel.assessment import AssessmentGrade
from contracts.personnel.conduct_case import ConductOutcome
from contracts.values import natural_id
from services.chassis.facts import Facts, body
from services.chassis.policy_values import china_day
from services.chassis.scope import covers
from services.personnel.copies import Register, shared_activities
from services.personnel.domain.appointment import Appointment
from services.personnel.domain.assessment import Assessment
from services.personnel.domain.career_exchange import CareerExchange
from services.personnel.domain.conduct_case import ConductCase
from services.personnel.domain.eligibility import FULL_TIME
from services.personnel.domain.inspector import Inspector
from services.personnel.domain.school_listing import SchoolListing
from services.personnel.finding import App, Given, cards, credential_valid, found, naming, standing

FULL_TIME_WORDS = {category.value for category in FULL_TIME}
OUTCOMES_ENDING = frozenset({"EXIT", "REFERRAL"})
STANDING_PLATES = frozenset({"ASSIGNED", "PUBLISHED"})


# --- of the inspector and the credential ---------------------------------------------------------------


def kind_of_authority(app: App, subject: Any, command: Any, __: Facts) -> Given:
    """What kind of body appoints or engages, and who stands above the one that decided an exit."""
    body_id = getattr(command, "appointing_body_id", None) or command.engaging_body_id
    decider = app.reference.body_if_known(subject.decided_by)
    return {
        "authority_kind": app.reference.body(body_id).kind,
        "upper_of_decider": decider.parent if decider else None,
    }


def how_they_stand(app: App, subject: Any, command: Any, __: Facts) -> Given:
    """The inspector that a command or its stream is about."""
    return standing(app, getattr(command, "inspector_id", None) or subject.inspector_id)


def next_number(app: App, _: Any, command: Any, facts: Facts) -> Given:
    """The issuer's kind, and its next number of the year."""
    year = china_day(facts.at).year
    register = app.kept.find(Register, command.issuer_body_id, year)
    issuer = app.reference.body(command.issuer_body_id)
    return {"authority_kind": issuer.kind, "number": f"督学证〔{year}〕{register.last + 1 if register else 1}号"}


def known_decider(app: App, _: Any, command: Any, __: Facts) -> Given:
    """An exit is decided by a registered body."""
    return {"decider": app.reference.body(command.decided_by).body_id}


def cause_to_suspend(app: App, _: Any, command: Any, __: Facts) -> Given:
    """The open case that is named, else a suspended card."""
    if command.conduct_case_id is None:
        return {"cause_to_suspend": _card_suspended(app, command.inspector_id)}
    case = found(app, ConductCase, command.conduct_case_id)
    mine = case is not None and case.inspector_id == command.inspector_id and case.state != "CLOSED"
    return {"cause_to_suspend": mine}


def cause_remains(app: App, inspector: Any, command: Any, __: Facts) -> Given:
    """Whether what suspended the inspector still stands."""
    if inspector.conduct_case_id is None:
        return {"cause_remains": _card_suspended(app, command.inspector_id)}
    case = found(app, ConductCase, inspector.conduct_case_id)
    return {"cause_remains": case is not None and (case.state != "CLOSED" or case.outcome is ConductOutcome.EXIT)}


def open_case(app: App, card: Any, _: Any, __: Facts) -> Given:
    """Whether a case about the holder is open."""
    return {"open_case": any(case.state != "CLOSED" for case in naming(app, ConductCase, card.inspector_id))}


def _card_suspended(app: App, inspector_id: UUID) -> bool:
    return any(card.state == "SUSPENDED" for card in cards(app, inspector_id))


# --- of the conduct case --------------------------------------------------------------------------------


def sealing(app: Any, _: Any, command: Any, __: Facts) -> Given:
    """How the reporter's name is sealed."""
    return {"seal": lambda text: app.sealing.seal(text, command.conduct_case_id)}


def who_investigates(app: App, case: Any, _: Any, facts: Facts) -> Given:
    """Whether the investigator and the inspector were ever in one team."""
    return {"shared_activities": shared_activities(app, case.inspector_id, facts.actor.person_id)}


def the_body_above(app: App, _: Any, __: Any, facts: Facts) -> Given:
    """The body above the deciding one."""
    own = app.reference.body_if_known(body(facts))
    return {"upper_body_id": own.parent if own else None}


# --- of the appointment ---------------------------------------------------------------------------------


def the_next_term(app: App, appointment: Any, command: Any, __: Facts) -> Given:
    """Which consecutive term this is, and whether another one runs."""
    inspector_id: UUID = command.inspector_id
    others = [a for a in naming(app, Appointment, inspector_id) if a.stream != appointment.stream]
    last = max(others, key=lambda a: str(a.to), default=None)
    inspector = found(app, Inspector, inspector_id)
    before = last.term_number if last is not None and last.ran_out else 0
    return {
        **_part_time(app, inspector_id), "another_in_force": any(a.state == "IN_FORCE" for a in others),
        "term_number": max(before + 1, inspector.consecutive_terms if inspector else 0),
    }


def the_renewal(app: App, appointment: Any, _: Any, __: Facts) -> Given:
    """Whether the inspector still serves, and under whose rules."""
    return _part_time(app, appointment.inspector_id)


def the_assessment(app: App, _: Any, command: Any, __: Facts) -> Given:
    """The assessment as it was confirmed."""
    held = found(app, Assessment, command.assessment_id)
    confirmed = held is not None and held.state == "CONFIRMED"
    return {"confirmed": (held.inspector_id, held.kind, held.grade) if held and confirmed else None}


def the_decision(app: App, appointment: Any, command: Any, __: Facts) -> Given:
    """What speaks for ending the term: a failed assessment, a decided case, or the exit that followed."""
    grounds = set()
    failed = found(app, Assessment, command.decision_id)
    if failed is not None and _of(failed, appointment) and failed.grade is AssessmentGrade.UNQUALIFIED:
        grounds.add(TerminationGround.ASSESSMENT_FAILED.value)
    case = found(app, ConductCase, command.decision_id)
    if case is not None and _of(case, appointment) and case.outcome and case.outcome.value in OUTCOMES_ENDING:
        grounds.add(TerminationGround.MISCONDUCT.value)
    inspector = found(app, Inspector, appointment.inspector_id)
    if inspector is not None and inspector.state == "EXITED" and inspector.exit_ground is not None:
        grounds.add(inspector.exit_ground.value)
    return {"decided_grounds": frozenset(grounds)}


def _of(thing: Any, appointment: Any) -> bool:
    return bool(thing.inspector_id == appointment.inspector_id)


def _part_time(app: App, inspector_id: UUID | None) -> Given:
    held = standing(app, inspector_id)
    return {**held, "part_time": held.get("inspector_category") not in FULL_TIME_WORDS}


# --- of the listing -------------------------------------------------------------------------------------


def may_be_listed(app: App, listing: Any, command: Any, facts: Facts) -> Given:
    """The inspector who is or is to be listed, and the school."""
    school_id = getattr(command, "school_id", None) or listing.school_id
    named = getattr(command, "inspector_id", None) or getattr(command, "new_inspector_id", None)
    inspector_id = named or listing.inspector_id
    if school_id is None or inspector_id is None:
        return {}
    plates = [p for p in naming(app, SchoolListing, school_id) if p.stream != listing.stream]
    exchange = found(app, CareerExchange, natural_id("CareerExchange", inspector_id, school_id))
    return {
        **standing(app, inspector_id), "credential_valid": credential_valid(app, inspector_id, facts.at),
        "unit_kind": app.reference.unit(school_id).kind, "school_outside": _outside(app, school_id, facts),
        "listed_already": any(p.state in STANDING_PLATES for p in plates),
        "exchanged_at": exchange.at if exchange else None,
    }


def _outside(app: App, school_id: UUID, facts: Facts) -> bool:
    own = app.reference.body_if_known(body(facts))
    return own is None or not covers(app.reference.scope_of(own.body_id), app.reference.unit_path(school_id))
