"""What findings looks up for a command: the activity, whose a matter is, the findings and the evidence behind it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts, body
from services.chassis.scope import unit_named
from services.findings.copies import Activity, Attached, Belonging, Found, Informed, Visit
from services.findings.copies_measured import Roster
from services.findings.domain.evidence_item import EvidenceItem
from services.findings.domain.feedback import Feedback
from services.findings.domain.finding import Finding
from services.findings.domain.public_lead import PublicLead

Given = dict[str, Any]
App = ServiceApplication
PARTY = frozenset({"PARTY_COMMITTEE", "PARTY_WORKING_COMMITTEE"})


def unit_of(*named: Any) -> UUID | None:
    """The unit that a command or an aggregate is about."""
    return next((unit for each in named if (unit := unit_named(each)) is not None), None)


def the_activity(app: App, aggregate: Any, command: Any, __: Facts) -> Given:
    """The activity, or the visit, as scheduling last described it."""
    activity_id = getattr(command, "activity_id", None) or aggregate.activity_id
    visit_id = getattr(command, "visit_id", None)
    return {
        "activity": app.kept.find(Activity, activity_id) if activity_id else None,
        "visit": app.kept.find(Visit, visit_id) if visit_id else None,
    }


def whose_it_is(app: App, aggregate: Any, command: Any, facts: Facts) -> Given:
    """Whether the sender belongs to the unit, and which department answers for the unit now."""
    unit_id = unit_of(command, aggregate)
    if unit_id is None:
        return {}
    unit = app.reference.unit(unit_id)
    return {
        "unit_kind": unit.kind, "about_own_department": _own(app, facts, unit),
        "competent_department_id": unit.managed(facts.at).competent_department_id,
    }


def _own(app: App, facts: Facts, unit: Any) -> bool:
    places = {b.place for b in app.kept.below(Belonging, facts.actor.person_id)}
    own = places | {str(p) for p in (facts.actor.body_id, facts.actor.unit_id, facts.actor.acts_for) if p}
    return any(_same(app, unit, place) for place in own)


def _same(app: App, unit: Any, place: str) -> bool:
    """A department is the same as body and as unit when it has one id, or one name at one place."""
    if place == str(unit.unit_id):
        return True
    named = app.reference.body_if_known(place)
    return named is not None and (named.name, named.place) == (unit.name, unit.place)


def both(app: App, aggregate: Any, command: Any, facts: Facts) -> Given:
    """The activity and whose it is."""
    return the_activity(app, aggregate, command, facts) | whose_it_is(app, aggregate, command, facts)


def above(app: App, body_id: UUID | None) -> Iterator[UUID]:
    """Every body above one, the next first."""
    known = app.reference.body_if_known(body_id) if body_id else None
    while known is not None and known.parent is not None:
        yield known.parent
        known = app.reference.body_if_known(known.parent)


def standing(app: App, aggregate: Any, command: Any, facts: Facts) -> Given:
    """Whose it is, whether the sender's body owns it or stands above, and the body above the owner."""
    owner = facts.origin.owner_body
    ranks = (owner, *above(app, owner))
    return whose_it_is(app, aggregate, command, facts) | {
        "at_or_above_owner": body(facts) in ranks, "upper_body_id": ranks[1] if len(ranks) > 1 else None,
    }


# --- findings and feedback --------------------------------------------------------------------------


def the_feedback(app: App, _: Any, command: Any, __: Facts) -> Given:
    """The feedback that is said to name the finding."""
    return {"feedback": app.load(Feedback, command.feedback_id)}


def all_substantiated(app: App, aggregate: Any, command: Any, facts: Facts) -> Given:
    """Every substantiated finding of the activity and unit that was not fed back yet."""
    found = app.kept.below(Found, aggregate.activity_id, aggregate.unit_id)
    loaded = (app.load(Finding, one.finding_id) for one in found)
    waiting = tuple(one.stream for one in loaded if one is not None and one.state == "SUBSTANTIATED")
    return {"substantiated": waiting, **whose_it_is(app, aggregate, command, facts)}


def the_findings(app: App, opinion: Any, command: Any, facts: Facts) -> Given:
    """The findings an opinion is about, as they stand now."""
    items = opinion.items or command.items
    return {"findings": {item: app.load(Finding, item) for item in items}, **both(app, opinion, command, facts)}


# --- the report -------------------------------------------------------------------------------------


def the_reported(app: App, report: Any, command: Any, facts: Facts) -> Given:
    """The activity, whether the sender belongs to one of its units, to whom it goes, what it must not show."""
    given = the_activity(app, report, command, facts)
    activity = given["activity"]
    if activity is None:
        return given
    upper = next(above(app, activity.body_id), None)
    return given | {
        "about_own_department": any(_own(app, facts, app.reference.unit(unit)) for unit in activity.targets),
        "upper_body_id": upper, "upper_of_organiser": upper,
        "registered_recipients": _recipients(app, activity.body_id, facts),
    }


def the_publication(app: App, report: Any, command: Any, facts: Facts) -> Given:
    """As above, and everything sealed behind the report."""
    given = the_reported(app, report, command, facts)
    return given | {"to_redact": tuple(dict.fromkeys(_sealed(app, given["activity"])))}


def _recipients(app: App, body_id: UUID, facts: Facts) -> tuple[UUID, ...]:
    roster = app.kept.find(Roster, body_id)
    if roster is None:
        return ()
    asked = facts.policy.get("report.submission.to") or ()
    found = (roster.party_committee_body_id if each in PARTY else roster.government_body_id for each in asked)
    return tuple(dict.fromkeys(found))


def _sealed(app: App, activity: Activity | None) -> Iterator[UUID]:
    """Sealed evidence of the activity and of its findings; leads with a source that led to it or to them."""
    if activity is None:
        return
    findings = [found.finding_id for found in app.kept.below(Found, activity.activity_id)]
    evidence = [attached.evidence_id for attached in app.kept.below(Attached, activity.activity_id)]
    leads = [activity.lead_id] if activity.lead_id else []
    for finding_id in findings:
        finding = app.load(Finding, finding_id)
        evidence += finding.evidence_ids if isinstance(finding, Finding) else ()
        leads += [informed.lead_id for informed in app.kept.below(Informed, finding_id)]
    for key in evidence:
        item = app.load(EvidenceItem, key)
        if item is not None and item.state == "SEALED":
            yield key
    for key in leads:
        lead = app.load(PublicLead, key)
        if isinstance(lead, PublicLead) and lead.source_sealed is not None:
            yield key


# --- leads ------------------------------------------------------------------------------------------


def the_sealed_words(app: App, lead: PublicLead, command: Any, facts: Facts) -> Given:
    """Source and words as ciphertext; of a lead that is known, whether the words are the same."""
    words = {"source_sealed": command.source or None, "text_sealed": command.text}
    if lead.version:
        kept = {name: getattr(lead, name) for name in words}
        opened = {name: app.sealing.open(text, lead.stream) if text else None for name, text in kept.items()}
        return {"said_otherwise": opened != words, **whose_it_is(app, lead, command, facts)}
    sealed = {name: app.sealing.seal(text, lead.stream) for name, text in words.items() if text}
    return {**sealed, **whose_it_is(app, lead, command, facts)}


def the_other_lead(app: App, lead: Any, command: Any, facts: Facts) -> Given:
    """The lead that this one is said to repeat, or the finding it is said to have led to."""
    other, finding = getattr(command, "duplicate_of", None), getattr(command, "finding_id", None)
    return {
        "duplicated": app.load(PublicLead, other) if other else None,
        "finding": app.load(Finding, finding) if finding else None,
        **whose_it_is(app, lead, command, facts),
    }
