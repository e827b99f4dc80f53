"""What findings looks up for assessments, evaluations, indicators and monitoring data."""

from typing import Any

from contracts.findings.indicator_set import indicators_for
from contracts.values import Tier, natural_id
from services.chassis.facts import Facts, body
from services.findings.copies_measured import Campaign, Drawn, Edition, Head, Profile
from services.findings.domain.indicator_set import IndicatorSet
from services.findings.domain.monitoring_data_set import MonitoringDataSet
from services.findings.domain.self_assessment import SelfAssessment
from services.findings.gathering import App, Given, above, standing, unit_of, whose_it_is

DISTRICT = frozenset({Tier.COUNTY, Tier.ZONE})


def edition_of(app: App, unit_id: Any, version: str) -> Edition | None:
    """The published version of indicators for a unit of this kind, where one is registered here."""
    profile = app.kept.find(Profile, unit_id)
    kind = indicators_for(app.reference.unit(unit_id).kind, profile.school_type if profile else None)
    found: Edition | None = app.kept.find(Edition, kind, version)
    return found


def the_scored(app: App, aggregate: Any, command: Any, facts: Facts) -> Given:
    """The codes of the version that is scored, who heads the unit, and whose it is."""
    unit_id = unit_of(command, aggregate)
    edition = edition_of(app, unit_id, aggregate.indicator_version) if unit_id else None
    head = app.kept.find(Head, unit_id)
    return standing(app, aggregate, command, facts) | {
        "indicator_codes": edition.codes if edition else None,
        "indicator_leaves": edition.leaves if edition else frozenset(),
        "head_of_unit": head.person_id if head else None,
    }


# --- self-assessments -------------------------------------------------------------------------------


def the_collected(app: App, assessment: SelfAssessment, command: Any, facts: Facts) -> Given:
    """Elements that were collected from this unit in this period, with the record of each."""
    found = app.load(MonitoringDataSet, natural_id("MonitoringDataSet", assessment.unit_id, assessment.period))
    collected = {}
    if isinstance(found, MonitoringDataSet):
        collected = {key: found.elements[key].collected_by_event for key in found.standing}
    return {"collected": collected, **whose_it_is(app, assessment, command, facts)}


def the_government(app: App, assessment: Any, command: Any, facts: Facts) -> Given:
    """Whether the body that approves is the government that assesses itself."""
    given = whose_it_is(app, assessment, command, facts)
    government, unit = app.reference.body(command.government_body_id), app.reference.unit(assessment.unit_id)
    return given | {"government_is_own": government.kind == "GOVERNMENT" and government.place == unit.place}


def the_accepted(app: App, _: Any, command: Any, __: Facts) -> Given:
    """The self-assessments that a bulletin collects, and those that lie outside the body's area."""
    found = {each: app.load(SelfAssessment, each) for each in command.assessment_ids}
    area = app.reference.path_of(app.reference.body(command.body_id).place)
    paths = {each: (one.origin.unit_path if one.origin else None) or "" for each, one in found.items() if one}
    return {"assessments": found, "outside": [each for each, path in paths.items() if not path.startswith(area)]}


# --- evaluations ------------------------------------------------------------------------------------


def the_stage(app: App, evaluation: Any, command: Any, facts: Facts) -> Given:
    """At which level the sender acts, whether above the first stage, and what was drawn."""
    actor, draw_id = body(facts), getattr(command, "draw_id", None)
    draw = app.kept.find(Drawn, draw_id) if draw_id else None
    known = app.reference.body_if_known(actor)
    return the_scored(app, evaluation, command, facts) | {
        "acting_tier": known.tier.value.upper() if known else None,
        "target_level": _level(app, evaluation.target_id or getattr(command, "target_id", None), facts),
        "above_first_stage": actor in set(above(app, evaluation.first_stage_by)),
        "drawn": draw is not None and evaluation.target_id in draw.units,
    }


def _level(app: App, target_id: Any, facts: Facts) -> str:
    """A county's or district's government, or a school that a county or district manages; else nothing."""
    unit = app.reference.unit(target_id)
    if unit.kind == "GOVERNMENT":
        return "COUNTY_GOVERNMENT" if app.reference.place(unit.place).kind in {"COUNTY", "DISTRICT"} else ""
    manager = app.reference.body_if_known(unit.managed(facts.at).managed_by)
    return "SCHOOL" if unit.kind == "SCHOOL" and manager is not None and manager.tier in DISTRICT else ""


# --- indicators -------------------------------------------------------------------------------------


def the_versions(app: App, indicators: IndicatorSet, command: Any, __: Facts) -> Given:
    """Whether the version exists already, the codes of other versions, and the successor."""
    kind = indicators.unit_type.value if indicators.unit_type else ""
    version = getattr(command, "version", None)
    named = {getattr(command, "from_version", None), getattr(command, "to_version", None)} - {None, indicators.edition}
    editions = {name: app.kept.find(Edition, kind, name) for name in named}
    successor = getattr(command, "by", None)
    return {
        "version_taken": version is not None and app.kept.find(Edition, kind, version) is not None,
        "other_codes": {name: edition.codes for name, edition in editions.items() if edition},
        "successor": app.load(IndicatorSet, successor) if successor else None,
    }


# --- monitoring data and internal supervision -------------------------------------------------------


def the_campaign(app: App, data_set: Any, command: Any, facts: Facts) -> Given:
    """What the campaign asks for, where it is known here."""
    campaign = app.kept.find(Campaign, command.campaign_id)
    return {"asked": campaign.elements if campaign else (), **whose_it_is(app, data_set, command, facts)}


def the_school(app: App, aggregate: Any, command: Any, facts: Facts) -> Given:
    """What kind of school it is, and whose it is."""
    profile = app.kept.find(Profile, unit_of(command, aggregate))
    return {"school_type": profile.school_type if profile else None, **whose_it_is(app, aggregate, command, facts)}


def the_commissioner(app: App, _: Any, __: Any, facts: Facts) -> Given:
    """Which department answers for the unit that commissions."""
    unit = app.reference.unit(facts.actor.unit_id) if facts.actor.unit_id else None
    return {"competent_department_id": unit.managed(facts.at).competent_department_id} if unit else {}
