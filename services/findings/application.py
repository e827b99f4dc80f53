"""What is special about findings: the activities it remembers, who belongs where, and what follows a letter."""

from collections.abc import Iterator
from typing import Any

from contracts.findings import feedback, finding
from contracts.letter import Letter
from contracts.record import Command
from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts
from services.chassis.listening import Policy
from services.findings.copies import COPIES, Activity, Belonging, Found, Visit
from services.findings.domain.feedback import Feedback
from services.findings.domain.finding import Finding

Given = dict[str, Any]


def the_activity(app: ServiceApplication, aggregate: Any, command: Any, __: Facts) -> Given:
    """The activity, or the visit, as scheduling last described it."""
    activity_id = getattr(command, "activity_id", None) or aggregate.activity_id
    visit_id = getattr(command, "visit_id", None)
    return {
        "activity": app.kept.find(Activity, activity_id) if activity_id else None,
        "visit": app.kept.find(Visit, visit_id) if visit_id else None,
    }


def whose_it_is(app: ServiceApplication, aggregate: Any, command: Any, facts: Facts) -> Given:
    """Whether the sender belongs to the unit, and which department answers for the unit now."""
    unit_id = getattr(command, "unit_id", None) or aggregate.unit_id
    if unit_id is None:
        return {}
    unit = app.reference.unit(unit_id)
    places = {b.place for b in app.kept.below(Belonging, facts.actor.person_id)}
    own = places | {str(p) for p in (facts.actor.body_id, facts.actor.unit_id, facts.actor.acts_for) if p}
    return {
        "unit_kind": unit.kind, "about_own_department": any(_same(app, unit, place) for place in own),
        "competent_department_id": unit.managed(facts.at).competent_department_id,
    }


def _same(app: ServiceApplication, unit: Any, place: str) -> bool:
    """A department is the same as body and as unit when it has one id, or one name at one place."""
    if place == str(unit.unit_id):
        return True
    body = app.reference.body_if_known(place)
    return body is not None and (body.name, body.place) == (unit.name, unit.place)


def both(app: ServiceApplication, aggregate: Any, command: Any, facts: Facts) -> Given:
    """The activity and whose it is."""
    return the_activity(app, aggregate, command, facts) | whose_it_is(app, aggregate, command, facts)


def the_feedback(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """The feedback that is said to name the finding."""
    return {"feedback": app.load(Feedback, command.feedback_id)}


def all_substantiated(app: ServiceApplication, aggregate: Any, command: Any, facts: Facts) -> Given:
    """Every substantiated finding of the activity and unit that was not fed back yet."""
    found = app.kept.below(Found, aggregate.activity_id, aggregate.unit_id)
    loaded = (app.load(Finding, one.finding_id) for one in found)
    waiting = tuple(one.stream for one in loaded if one is not None and one.state == "SUBSTANTIATED")
    return {"substantiated": waiting, **whose_it_is(app, aggregate, command, facts)}


# --- what follows a letter --------------------------------------------------------------------------


def include_each(_: Any, letter: Letter) -> Iterator[Command]:
    """What was delivered is fed back, finding by finding."""
    event: Any = letter.event
    for item in event.items:
        yield finding.IncludeInFeedback(finding_id=item.finding_id, feedback_id=event.feedback_id)


def hand_over(_: Any, letter: Letter) -> Iterator[Command]:
    """The item stands on the unit's list."""
    event: Any = letter.event
    if event.finding_id is not None:
        yield finding.HandToLedger(finding_id=event.finding_id, ledger_id=event.ledger_id, item_id=event.item_id)


class Findings(ServiceApplication):
    """问题."""

    name = "findings"
    aggregates = (Finding, Feedback)
    gatherers = {
        finding.RecordFinding: both,
        finding.SubstantiateFinding: both,
        finding.ReferUrgently: whose_it_is,
        finding.IncludeInFeedback: the_feedback,
        finding.DecideDefence: whose_it_is,
        finding.ConfirmFinding: whose_it_is,
        finding.HandToLedger: whose_it_is,
        finding.WithdrawFinding: whose_it_is,
        feedback.PrepareFeedback: the_activity,
        feedback.DeliverFeedback: all_substantiated,
    }
    copies = COPIES
    policies = {
        "findings.FeedbackDelivered": Policy(include_each),
        "rectification.ItemRegistered": Policy(hand_over),
    }
