"""What scheduling remembers of its own streams: who sits where, and which days an activity takes of whom."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from contracts.scheduling.burden_ledger import BurdenKind
from contracts.scheduling.double_random_draw import Pool
from contracts.values import Window
from services.chassis.copies import kept
from services.chassis.memos import Memo
from services.scheduling.copies import Inspector
from services.scheduling.domain.activity_guards import overt
from services.scheduling.domain.burden_rules import Slot, kind_of
from services.scheduling.domain.coverage_obligation import CoverageObligation
from services.scheduling.domain.drawing import eligible
from services.scheduling.domain.inspection_activity import InspectionActivity


class Seat(msgspec.Struct, kw_only=True):
    """An activity in whose team an inspector sits."""

    activity_id: UUID


class Lot(msgspec.Struct, kw_only=True):
    """A draw in whose register an inspector stands."""

    draw_id: UUID


class Call(msgspec.Struct, kw_only=True):
    """A routine visit that an inspector is to make."""

    visit_id: UUID


class Obliged(msgspec.Struct, kw_only=True):
    """Something owed to a unit, or by a body."""

    obligation_id: UUID


class Pledge(msgspec.Struct, kw_only=True):
    """Something owed that waits for an activity, a visit or a meeting."""

    obligation_id: UUID


class Asked(msgspec.Struct, kw_only=True):
    """A campaign that asks for a data item, and whom."""

    participants: tuple[UUID, ...]


class Served(msgspec.Struct, kw_only=True):
    """Days that an inspector served in one activity."""

    days: int


def slot_of(app: Any, said: Any) -> Slot:
    """The days that a planned activity takes: those named, else the working days of its window."""
    return Slot(
        activity_id=said.activity_id, body_id=said.body_id, kind=kind_of(said.axes), targets=said.targets,
        window=said.window, days=said.days or worked_days(app, said.window), hidden=not overt(said.axes),
        cause=getattr(said, "cause", None),
    )


def worked_days(app: Any, window: Window) -> int:
    """Working days of a window, at least one."""
    span = (window.to - window.from_).days + 1
    days: list[date] = [window.from_ + timedelta(days=n) for n in range(span)]
    return max(1, sum(app.reference.calendar.is_working_day(day) for day in days))


def _planned(app: Any, event: Any) -> Iterator[Memo]:
    yield kept(slot_of(app, event), event.activity_id)


def _seated(_: Any, event: Any) -> Iterator[Memo]:
    for one in event.members:
        yield kept(Seat(activity_id=event.activity_id), one.inspector_id, event.activity_id)


def _served(app: Any, event: Any) -> Iterator[Memo]:
    activity = app.load(InspectionActivity, event.activity_id)
    for inspector_id in activity.members if activity and activity.window else ():
        yield kept(Served(days=event.days), inspector_id, activity.window.to.year, event.activity_id)


def _listed(_: Any, event: Any) -> Iterator[Memo]:
    for inspector_id in eligible(event.inspector_pool, event.exclusions, Pool.INSPECTORS):
        yield kept(Lot(draw_id=event.draw_id), inspector_id, event.draw_id)


def _called(app: Any, event: Any) -> Iterator[Memo]:
    yield kept(Call(visit_id=event.visit_id), event.inspector_id, event.visit_id)
    inspector = app.kept.find(Inspector, event.inspector_id)
    if inspector is not None:
        slot = Slot(
            activity_id=event.visit_id, body_id=inspector.body_id, kind=BurdenKind.ROUTINE,
            targets=(event.school_id,), window=event.window, days=1,
        )
        yield kept(slot, event.visit_id)


def _owed(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Obliged(obligation_id=event.obligation_id), event.unit_id, event.obligation_id)


def _handed_on(app: Any, event: Any) -> Iterator[Memo]:
    if event.to_unit_id is not None:
        before = app.load(CoverageObligation, event.obligation_id)
        listed = Obliged(obligation_id=event.obligation_id)
        yield kept(listed, before.unit_id, event.obligation_id)._replace(value=None)
        yield kept(listed, event.to_unit_id, event.obligation_id)


def _pledged(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Pledge(obligation_id=event.obligation_id), event.activity_id, event.obligation_id)


def _asked(_: Any, event: Any) -> Iterator[Memo]:
    for element in event.elements:
        yield kept(Asked(participants=event.participants), element, event.campaign_id)


TRACES: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
    "scheduling.ActivityPlanned": _planned,
    "scheduling.ActivityProposedOutOfPlan": _planned,
    "scheduling.TeamFormed": _seated,
    "scheduling.FieldworkFinished": _served,
    "scheduling.DrawPrepared": _listed,
    "scheduling.VisitScheduled": _called,
    "scheduling.ObligationOpened": _owed,
    "scheduling.ObligationScheduled": _pledged,
    "scheduling.ObligationReanchored": _handed_on,
    "scheduling.CampaignDefined": _asked,
}
