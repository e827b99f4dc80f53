"""What scheduling does about letters: its part of P7, P15 and of the draws."""

from collections.abc import Iterator
from typing import Any

from contracts.letter import Letter
from contracts.record import Command
from contracts.scheduling import double_random_draw, inspection_activity
from services.chassis.listening import Policy
from services.scheduling import burden_letters
from services.scheduling.draws import last_draw

Wishes = Iterator[Command]


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


POLICIES = {
    "scheduling.ActivityPlanned": Policy(burden_letters.reserve),
    "scheduling.ActivityProposedOutOfPlan": Policy(burden_letters.reserve),
    "scheduling.ActivityStarted": Policy(started),
    "scheduling.ActivityCancelled": Policy(burden_letters.release),
    "scheduling.ActivitiesMerged": Policy(cancel_the_merged),
    "scheduling.BurdenOverrideApproved": Policy(burden_letters.reserve_overridden),
    "scheduling.DrawExecuted": Policy(burden_letters.release_undrawn),
    "scheduling.DrawSubstituted": Policy(burden_letters.reserve_substitute),
    "findings.ReportApproved": Policy(close_the_reported),
}
