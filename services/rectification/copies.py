"""What rectification remembers of scheduling: on which units a lot fell."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from services.chassis.copies import kept
from services.chassis.memos import Memo


class Drawn(msgspec.Struct, kw_only=True):
    """The units of a draw that was executed, substitutes in the place of whom they replace."""

    units: tuple[UUID, ...]


def _executed(_: Any, event: Any) -> Iterator[Memo]:
    yield kept(Drawn(units=event.units), event.draw_id)


def _substituted(app: Any, event: Any) -> Iterator[Memo]:
    drawn = app.kept.find(Drawn, event.draw_id)
    units = tuple(event.new_id if unit == event.removed_id else unit for unit in drawn.units)
    yield kept(Drawn(units=units), event.draw_id)


COPIES: Mapping[str, Callable[[Any, Any], Iterator[Memo]]] = {
    "scheduling.DrawExecuted": _executed,
    "scheduling.DrawSubstituted": _substituted,
}
