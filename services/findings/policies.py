"""What findings does about letters: feedback and lists, self-assessments asked for, data reused, leads closed."""

from collections.abc import Iterator
from typing import Any

from contracts.findings import finding, monitoring_data_set, public_lead, self_assessment
from contracts.letter import Letter
from contracts.record import Command
from contracts.values import natural_id
from services.chassis.calendar import CHINA_TIME
from services.chassis.listening import Policy
from services.findings.copies_measured import Campaign
from services.findings.domain.monitoring_data_set import MonitoringDataSet
from services.findings.domain.public_lead import PublicLead
from services.findings.gathering import App
from services.findings.recalculation import recalculate


def include_each(_: App, letter: Letter) -> Iterator[Command]:
    """What was delivered is fed back, finding by finding."""
    event: Any = letter.event
    for item in event.items:
        yield finding.IncludeInFeedback(finding_id=item.finding_id, feedback_id=event.feedback_id)


def hand_over(_: App, letter: Letter) -> Iterator[Command]:
    """The item stands on the unit's list."""
    event: Any = letter.event
    if event.finding_id is not None:
        yield finding.HandToLedger(finding_id=event.finding_id, ledger_id=event.ledger_id, item_id=event.item_id)


def open_self_assessment(_: App, letter: Letter) -> Iterator[Command]:
    """An activity asks the unit to assess itself; one asked before for the year is not asked twice."""
    event: Any = letter.event
    version, period = event.indicator_set_version, str(letter.head.occurred_at.astimezone(CHINA_TIME).year)
    yield self_assessment.OpenSelfAssessment(
        assessment_id=natural_id("SelfAssessment", event.unit_id, version, period), unit_id=event.unit_id,
        indicator_version=version, period=period, due_at=event.due_at, activity_id=event.activity_id,
    )


def reuse_what_is_known(app: App, letter: Letter) -> Iterator[Command]:
    """A campaign opens: what its participants filled in for its year is not asked again (WH §13)."""
    event: Any = letter.event
    campaign = app.kept.find(Campaign, event.campaign_id)
    for unit_id in campaign.participants if campaign else ():
        key = natural_id("MonitoringDataSet", unit_id, str(event.from_.year))
        found = app.load(MonitoringDataSet, key)
        known = found if isinstance(found, MonitoringDataSet) else MonitoringDataSet(stream=key)
        for element in sorted(known.standing & set(campaign.elements if campaign else ())):
            source = known.elements[element].collected_by_event
            if source is not None:
                yield monitoring_data_set.ReuseElement(
                    data_set_id=key, element_id=element, campaign_id=event.campaign_id, reused_from_event_id=source,
                )


def close_anonymous(app: App, letter: Letter) -> Iterator[Command]:
    """Nobody can be answered: what was verified or forwarded is closed."""
    event: Any = letter.event
    lead = app.load(PublicLead, event.lead_id)
    if isinstance(lead, PublicLead) and lead.source_sealed is None:
        yield public_lead.AnswerLead(lead_id=event.lead_id)


POLICIES = {
    "registry.CalendarYearPublished": Policy(recalculate),
    "findings.FeedbackDelivered": Policy(include_each),
    "rectification.ItemRegistered": Policy(hand_over),
    "scheduling.SelfAssessmentRequested": Policy(open_self_assessment),
    "scheduling.CampaignOpened": Policy(reuse_what_is_known),
    "findings.LeadSubstantiated": Policy(close_anonymous),
    "findings.LeadUnsubstantiated": Policy(close_anonymous),
    "findings.LeadForwarded": Policy(close_anonymous),
}
