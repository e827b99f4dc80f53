"""What scheduling does about letters: its part of P7, P8, P9, P15 and of the draws."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import double_random_draw, inspection_activity
from contracts.values import CalendarKind, Function, Window, natural_id
from services.chassis.listening import Policy
from services.chassis.loading import origin_of
from services.chassis.memos import Memo
from services.chassis.policy_values import china_day
from services.chassis.reference import Unit
from services.chassis.scope import last_of
from services.scheduling import burden_letters, obligation_letters, succession
from services.scheduling.draws import last_draw
from services.scheduling.leaving import REASONS, leave
from services.scheduling.recalculation import recalculate

Wishes = Iterator[Command | Memo]
DEFAULT = timedelta(days=14)


def cancel_the_merged(_: Any, letter: Letter) -> Wishes:
    """Of merged activities one goes on."""
    event: Any = letter.event
    for activity_id in event.activity_ids:
        if activity_id != event.lead_activity_id:
            yield inspection_activity.CancelActivity(activity_id=activity_id, reason="已并入其他督导活动")


def close_the_reported(_: Any, letter: Letter) -> Wishes:
    """An activity ends with its approved report."""
    event: Any = letter.event
    if event.activity_id is not None:
        yield inspection_activity.CloseActivity(activity_id=event.activity_id, report_id=event.report_id)


def started(app: Any, letter: Letter) -> Wishes:
    """The days are spent, and what was drawn for it may be known."""
    event: Any = letter.event
    yield from burden_letters.consume(app, letter)
    draw = last_draw(app, event.activity_id)
    if draw is not None and draw.state == "DRAWN":
        yield double_random_draw.RevealDraw(draw_id=draw.stream)


def follow_lead(app: Any, letter: Letter) -> Wishes:
    """P9: what was reported and is true is looked into; neither who said it nor what was said is repeated."""
    event: Any = letter.event
    body_id = last_of(letter.head.owner_path)
    if body_id is None or event.school_id is None or not app.reference.knows(Unit, event.school_id):
        return
    training = app.reference.unit(event.school_id).kind == "TRAINING_INSTITUTION"
    target = inspection_activity.Target.TRAINING_INSTITUTION if training else inspection_activity.Target.SCHOOL
    yield inspection_activity.ProposeOutOfPlan(
        activity_id=natural_id("InspectionActivity", "lead", event.lead_id), lead_id=event.lead_id, body_id=body_id,
        cause=inspection_activity.OutOfPlanCause.LEAD_DRIVEN, reason="群众反映经核实属实", targets=(event.school_id,),
        axes=inspection_activity.Axes(
            function=Function.SCHOOL, target=target, scope=inspection_activity.Scope.SPECIAL),
        window=_promptly(app, letter))


def _promptly(app: Any, letter: Letter) -> Window:
    """As soon as the place calls prompt; the body moves it by planning otherwise."""
    at = app.clock()
    rule = app.applied(origin_of(letter.head), at).get("window.promptly")
    if rule is None:
        return Window(from_=china_day(at), to=china_day(at + DEFAULT))
    due = app.reference.calendar.due(at, rule["amount"], CalendarKind(rule["calendar"]))
    return Window(from_=china_day(at), to=due.last_day)


def both(*parts: Callable[[Any, Letter], Wishes]) -> Policy:
    """One letter, several consequences."""

    def obey(app: Any, letter: Letter) -> Wishes:
        for part in parts:
            yield from part(app, letter)

    return Policy(obey)


TERMS = ("PrincipalTermStarted", "PrincipalTermEndingAnnounced", "PrincipalTermEnded")
POLICIES = {
    "registry.CalendarYearPublished": Policy(recalculate),
    "scheduling.ActivityPlanned": both(burden_letters.reserve, obligation_letters.arrange),
    "scheduling.ActivityProposedOutOfPlan": both(burden_letters.reserve, obligation_letters.arrange),
    "scheduling.ActivityStarted": Policy(started),
    "scheduling.ActivityClosed": Policy(obligation_letters.settle),
    "scheduling.ActivityCancelled": both(burden_letters.release, obligation_letters.call_off),
    "scheduling.ActivitiesMerged": both(obligation_letters.merged, cancel_the_merged),
    "scheduling.VisitScheduled": both(burden_letters.reserve, obligation_letters.arrange),
    "scheduling.VisitCheckedIn": Policy(burden_letters.consume),
    "scheduling.VisitReported": Policy(obligation_letters.settle),
    "scheduling.VisitMissed": both(burden_letters.release, obligation_letters.call_off),
    "scheduling.MeetingConvened": Policy(obligation_letters.arrange),
    "scheduling.MeetingHeld": Policy(obligation_letters.settle),
    "scheduling.MeetingCancelled": Policy(obligation_letters.call_off),
    "scheduling.ObligationSatisfied": Policy(obligation_letters.renew),
    "scheduling.ObligationWaived": Policy(obligation_letters.renew),
    "scheduling.ObligationLapsed": Policy(obligation_letters.renew),
    "scheduling.BurdenOverrideApproved": Policy(burden_letters.reserve_overridden),
    "scheduling.DrawExecuted": Policy(burden_letters.release_undrawn),
    "scheduling.DrawSubstituted": Policy(burden_letters.reserve_substitute),
    "findings.ReportApproved": Policy(close_the_reported),
    "findings.LeadSubstantiated": Policy(follow_lead),
    "personnel.ListingWithdrawn": Policy(obligation_letters.listing_gone),
    "personnel.SchoolListed": Policy(obligation_letters.school_listed),
    **{name: Policy(leave) for name in REASONS},
    **{f"registry.{name}": Policy(succession.hand_on) for name in ("UnitMerged", "UnitSplit", "UnitClosed")},
    **{f"registry.{name}": Policy(obligation_letters.principal_term) for name in TERMS},
}
