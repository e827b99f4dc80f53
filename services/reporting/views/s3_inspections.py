"""S3 我的督导活动: one row per activity and unit: what happened here, what is announced?

A row is the unit's from the notice or the start on; before that it is the body's alone, whether under seal or not.
"""

from collections.abc import Iterable
from datetime import date

from services.reporting.views import c9_draws as c9
from services.reporting.views.activities import ACTIVITIES, AXES, Activity
from services.reporting.views.registers.unit import UNITS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum
from services.reporting.views.view import china_date

DRAWN = ("DRAWN", "REVEALED")


def rows(sources: Sources) -> Iterable[Sum]:
    """Where units were drawn, those that were; else all that are named."""
    units = {piece.key: piece for piece in sources.each(UNITS)}
    draws = {piece.page.activity: piece for piece in sources.each(c9.VIEW) if piece.page.state in DRAWN}
    day = china_date(sources.as_of)
    for piece in sources.each(ACTIVITIES):
        draw = draws.get(piece.key)
        for unit in piece.page.targets if draw is None else drawn_units(draw.page):
            yield _row(unit, piece, draw, units.get(unit), day)


def drawn_units(draw: c9.Draw) -> tuple[str, ...]:
    """The units drawn, with those that were put in their places."""
    instead = {removed: new for removed, _, new, _ in draw.substitutes}
    return tuple(_last(unit, instead) for unit in draw.drawn[0])


def _last(unit: str, instead: dict[str, str]) -> str:
    passed = {unit}
    while (new := instead.get(unit)) is not None and new not in passed:
        unit = new
        passed.add(new)
    return unit


def _row(unit: str, piece: Piece, draw: Piece | None, registered: Piece | None, day: date) -> Sum:
    page: Activity = piece.page
    cells = {
        "activity": page.activity, "unit": unit, "name": registered.page.named(day) if registered else "",
        "body": page.body, "state": page.state, **{axis: getattr(page, axis) for axis in AXES},
        "out_of_plan": page.cause, "drawn": draw is not None, "window_from": page.window_from,
        "window_to": page.window_to, "noticed_at": page.noticed.get(unit), "started_at": page.started_at,
        "leader": page.leader, "team": page.team, "days": page.days, "seen": unit in page.seen,
        "report": page.report, "reason": page.reason, "report_overdue": page.report_overdue,
    }
    behind = [found for found in (piece, draw, registered) if found is not None]
    path = registered.page.unit_path if registered and page.known_to(unit) else None
    return Sum(f"{page.activity}/{unit}", cells, behind, page.owner_path, path)


VIEW = RollUp(name="S3", title="我的督导活动", of=(ACTIVITIES, c9.VIEW, UNITS), rows=rows)
