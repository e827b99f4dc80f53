"""What a command of accountability is told: looked up in the reference data, the small copies and own streams."""

from typing import Any
from uuid import UUID

from contracts.accountability.accountability_case import MeasureKind
from contracts.accountability.private_school_measure import PrivateMeasureKind
from contracts.values import natural_id
from services.accountability.domain.accountability_case import AccountabilityCase
from services.accountability.domain.case_transfer import CaseTransfer
from services.accountability.domain.decision_guards import ACCEPTED, PRIVATE, private_measures
from services.accountability.domain.private_school_measure import PrivateSchoolMeasure
from services.accountability.remembered import (
    Blemish,
    Evaluation,
    Handed,
    HeadOfUnit,
    Item,
    Listed,
    Order,
    Overturned,
    Profile,
)
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts
from services.chassis.reference import Unit

Given = dict[str, Any]
INSTITUTION = "TRAINING_INSTITUTION"


def kind_of_unit(app: Any, interview: Any, command: Any, facts: Facts) -> Given:
    """What kind of unit is interviewed, and which department answers for it."""
    unit = app.reference.unit(getattr(command, "unit_id", None) or interview.unit_id)
    return {"unit_kind": unit.kind, "competent_department_id": unit.managed(facts.at).competent_department_id}


def heads(app: Any, interview: Any, _: Any, __: Facts) -> Given:
    """Who answers for the unit, as far as the registry knows."""
    return {"responsible": {head.person_id for head in app.kept.below(HeadOfUnit, interview.unit_id)}}


def open_items(app: Any, circular: Any, _: Any, __: Facts) -> Given:
    """The items for which a circular was issued that were not verified yet."""
    items = [one for source in circular.source_ids for one in _items_of(app, source)]
    return {"open_items": {item.item_id for item in items if item.state == "OPEN"}}


def _items_of(app: Any, source: UUID) -> list[Item]:
    order = app.kept.find(Order, source)
    found = (app.kept.find(Item, item) for item in (order.item_ids if order else (source,)))
    return [item for item in found if item is not None]


def unit_of_subject(app: Any, _: Any, command: Any, __: Facts) -> Given:
    """The unit a case is about: the one named, else its subject."""
    known = app.reference.knows(Unit, command.subject.id)
    return {"unit_id": command.unit_id or (command.subject.id if known else None)}


def private(app: Any, unit_id: UUID | None, facts: Facts) -> bool:
    """Whether it is a private school, or an institution where institutions are supervised."""
    if unit_id is None or not app.reference.knows(Unit, unit_id):
        return False
    if app.reference.unit(unit_id).kind == INSTITUTION:
        return bool(facts.policy.get("units.trainingInstitutions"))
    day = facts.at.astimezone(CHINA_TIME).date()
    held = [profile for profile in app.kept.below(Profile, unit_id) if profile.valid_from <= day]
    return bool(held) and max(held, key=lambda profile: profile.valid_from).ownership == "PRIVATE"


def whether_private(app: Any, case: Any, _: Any, facts: Facts) -> Given:
    """Whether measures against private schools apply to the subject."""
    return {"private": private(app, case.against.id if case.against else None, facts)}


def handed_over(app: Any, case: Any, _: Any, __: Facts) -> Given:
    """How far each measure that others carry out has come, by kind."""
    handed: dict[str, str] = {}
    for measure in private_measures(case.measures):
        kind = PrivateMeasureKind(measure.kind.value)
        stream = natural_id("PrivateSchoolMeasure", case.stream, measure.subject_id, kind)
        found = app.load(PrivateSchoolMeasure, stream)
        handed[measure.kind.value] = found.state if found else "-"
    loaded = [app.load(CaseTransfer, one.transfer_id) for one in app.kept.below(Handed, case.stream)]
    accepted = {transfer.to_authority_id for transfer in loaded if transfer and transfer.state in ACCEPTED}
    for measure in case.measures:
        if measure.kind.value not in PRIVATE and measure.executor in accepted:
            handed[measure.kind.value] = "ACCEPTED"
    return {"handed": handed}


def next_upper_body(app: Any, case: Any, _: Any, __: Facts) -> Given:
    """The body above the one that decided."""
    known = app.reference.body_if_known(case.authority_body_id)
    return {"upper_body_id": known.parent if known else None}


def the_decision(app: Any, _: Any, command: Any, facts: Facts) -> Given:
    """The measures of the case, by kind, with their modality."""
    case = app.load(AccountabilityCase, command.accountability_case_id)
    measures = case.measures if case else ()
    decided = {measure.kind.value: measure.modality for measure in measures if measure.subject_id == command.unit_id}
    return {
        "private": private(app, command.unit_id, facts), "decided": decided,
        "modality": decided.get(command.kind.value),
    }


def answering_department(app: Any, measure: Any, _: Any, facts: Facts) -> Given:
    """The education department replaces a head, the approving department revokes a licence."""
    managed = app.reference.unit(measure.unit_id).managed(facts.at)
    revokes = measure.kind.value == MeasureKind.REVOKE_LICENCE.value
    return {"answering_department_id": managed.approving_department_id if revokes else managed.competent_department_id}


def kind_of_addressee(app: Any, _: Any, command: Any, __: Facts) -> Given:
    """What kind of body it goes to; an authority that nobody registered is taken as named."""
    known = app.reference.body_if_known(command.to_authority_id)
    return {"addressee_kind": known.kind if known else None}


def state_of_case(app: Any, exposure: Any, _: Any, __: Facts) -> Given:
    """What became of the decision that an exposure stands on."""
    case_id = exposure.accountability_case_id
    case = app.load(AccountabilityCase, case_id) if case_id else None
    return {"case_state": case.state if case else None}


def case_known(app: Any, _: Any, command: Any, __: Facts) -> Given:
    """Whether there is such a case."""
    case_id = command.accountability_case_id
    return {"case_known": case_id is not None and app.load(AccountabilityCase, case_id) is not None}


def obstacles(app: Any, incentive: Any, command: Any, __: Facts) -> Given:
    """What is known of the results, and what stands against the subject."""
    subject = getattr(command, "subject_id", None) or incentive.subject_id
    known = {one: app.kept.find(Evaluation, one) for one in getattr(command, "basis_ids", ())}
    items = [app.kept.find(Item, listed.item_id) for listed in app.kept.below(Listed, subject)]
    return {
        "grades": {one: found.grade for one, found in known.items() if found},
        "severe_items": [item.item_id for item in items if item.severe and item.state != "DONE"],
        "open_cases": [blemish.source_id for blemish in app.kept.below(Blemish, subject, "CASE")],
        "circulars": [blemish.source_id for blemish in app.kept.below(Blemish, subject, "CIRCULAR")],
    }


def what_was_overturned(app: Any, incentive: Any, _: Any, __: Facts) -> Given:
    """False rectification of the subject, or a result it was rewarded for that did not stand."""
    asked = (incentive.subject_id, *incentive.basis_ids)
    return {"overturned": any(app.kept.find(Overturned, one) for one in asked)}


def whether_corrected(app: Any, file: Any, command: Any, __: Facts) -> Given:
    """Whether the case a reference comes from was corrected; of other sources the reason must tell."""
    reference = file.references.get(str(command.reference_id))
    case = app.load_if(AccountabilityCase, reference.source_id) if reference else None
    return {"source_corrected": case.state == "CORRECTED"} if case else {}


def sealing(app: Any, _: Any, command: Any, __: Facts) -> Given:
    """How the account is sealed."""
    return {"seal": lambda text: app.sealing.seal(text, command.report_id)}
