"""The attempts at drawing for an activity, found by their natural keys."""

from typing import Any
from uuid import UUID

from contracts.values import natural_id
from services.scheduling.domain.double_random_draw import DoubleRandomDraw


def attempt(app: Any, activity_id: UUID, number: int) -> DoubleRandomDraw | None:
    """One attempt at drawing for an activity, if there was one."""
    found: DoubleRandomDraw | None = app.load(
        DoubleRandomDraw, natural_id("DoubleRandomDraw", activity_id, number)) if number > 0 else None
    return found


def last_draw(app: Any, activity_id: UUID) -> DoubleRandomDraw | None:
    """The last attempt for an activity; those before it were abandoned."""
    number, last = 1, None
    while (found := attempt(app, activity_id, number)) is not None:
        number, last = number + 1, found
    return last
