"""督导活动登记: one page per activity, each of its nine axes a field of its own, so that each can be asked for.

Activities under seal stand here too, for the bodies above their owner only: a page has no unit path.
"""

from datetime import date, datetime
from enum import Enum
from typing import Any

from contracts.letter import Letter
from contracts.scheduling import inspection_activity as said
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View

AXES = said.Axes.__struct_fields__
"""function, target, scope, rhythm, focus, visibility, channel, posting, purpose (domain 3.2.1)."""


class Activity(Page, kw_only=True, gc=False):
    """One activity; `noticed` says when each unit was told of it, `days` those of the field work."""

    activity: str
    body: str = ""
    plan: str | None = None
    cause: str | None = None
    state: str = "PLANNED"
    function: str = ""
    target: str = ""
    scope: str | None = None
    rhythm: str | None = None
    focus: str | None = None
    visibility: str = ""
    channel: str = ""
    posting: str = ""
    purpose: str = ""
    targets: tuple[str, ...] = ()
    window_from: date | None = None
    window_to: date | None = None
    leader: str | None = None
    team: tuple[str, ...] = ()
    noticed: dict[str, datetime] = {}
    started_at: datetime | None = None
    days: int | None = None
    seen: tuple[str, ...] = ()
    report: str | None = None
    reason: str | None = None
    report_overdue: bool = False

    def known_to(self, unit: str) -> bool:
        """A unit knows of what it was told of, and of what has begun there (row 23)."""
        return unit in self.noticed or self.started_at is not None


def _plan(page: Activity, event: Any, _: Letter) -> None:
    page.body, page.targets = str(event.body_id), tuple(map(str, event.targets))
    page.window_from, page.window_to = event.window.from_, event.window.to
    for axis in AXES:
        value = getattr(event.axes, axis)
        setattr(page, axis, value.value if isinstance(value, Enum) else value)


def _planned(page: Activity, event: said.ActivityPlanned, letter: Letter) -> None:
    _plan(page, event, letter)
    page.plan = str(event.plan_id)


def _proposed(page: Activity, event: said.ActivityProposedOutOfPlan, letter: Letter) -> None:
    _plan(page, event, letter)
    page.cause = event.cause.value


def _team(page: Activity, event: said.TeamFormed, _: Letter) -> None:
    page.state, page.leader = "TEAMED", str(event.leader_id)
    page.team = tuple(str(member.inspector_id) for member in event.members)


def _leave(page: Activity, inspector: object) -> None:
    page.team = tuple(one for one in page.team if one != str(inspector))


def _recused(page: Activity, event: said.RecusalDecided, _: Letter) -> None:
    if event.outcome is said.RecusalOutcome.GRANTED:
        _leave(page, event.inspector_id)


def _removed(page: Activity, event: said.TeamMemberRemoved, _: Letter) -> None:
    _leave(page, event.inspector_id)


def _notice(page: Activity, event: said.NoticeServed, _: Letter) -> None:
    page.state = "NOTIFIED"
    page.noticed.setdefault(str(event.unit_id), event.served_at)


def _finish(page: Activity, event: said.FieldworkFinished, _: Letter) -> None:
    page.state, page.days, page.seen = "FIELDWORK_DONE", event.days, tuple(map(str, event.units_seen))


def _close(page: Activity, event: said.ActivityClosed, _: Letter) -> None:
    page.state, page.reason = "CLOSED", event.reason
    page.report = str(event.report_id) if event.report_id else None


def _overdue(page: Activity, _: said.ReportOverdueRaised, __: Letter) -> None:
    page.report_overdue = True


HAPPENINGS: Happenings = {
    said.ActivityPlanned: _planned,
    said.ActivityProposedOutOfPlan: _proposed,
    said.TeamFormed: _team,
    said.RecusalDecided: _recused,
    said.TeamMemberRemoved: _removed,
    said.NoticeServed: _notice,
    said.ActivitySealed: moves("SEALED"),
    said.ActivityStarted: moves("IN_PROGRESS", started_at="started_at"),
    said.FieldworkFinished: _finish,
    said.ActivityClosed: _close,
    said.ActivityCancelled: moves("CANCELLED"),
    said.ReportOverdueRaised: _overdue,
}
OPENING = (said.ActivityPlanned, said.ActivityProposedOutOfPlan)


def _activity(letter: Letter, key: str) -> Activity | None:
    return Activity(activity=key, **owned(letter)) if isinstance(letter.event, OPENING) else None


ACTIVITIES = View(
    name="activities", title="督导活动登记", fold_version=1, page=Activity, listens=names_of(HAPPENINGS),
    keys=keyed_by("activity_id"), fold=told_by(HAPPENINGS, _activity), show=plainly, sealed=True,
)
