"""Rows of a view that a step expects, held against the view as it stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from services.chassis.as_of import Happened as HappenedBy
from services.chassis.as_of import Moment
from services.chassis.pages import Scope
from services.cli.scenario.checks import Difference
from services.cli.scenario.format import Happened, ViewRows
from services.cli.scenario.names import Names
from services.cli.wiring import Library
from services.reporting.views.ask import cells_of


def wrong_view(expected: ViewRows | None, library: Library, names: Names) -> Difference | None:
    """Whether each row named stands in the view; raises Refused VIEW_UNKNOWN, PLACE_UNKNOWN, AS_OF_IN_FUTURE."""
    if expected is None:
        return None
    scope = Scope(paths=(library.reference.path_of(expected.scope),))
    answer = library.ask.view(expected.name, scope, at=_moment(expected.as_of))
    found = [_plain(cells) for cells in cells_of(answer)]
    for row in expected.rows:
        wanted = {word: _real(value, names) for word, value in row.items()}
        if not any(_matches(wanted, cells) for cells in found):
            return Difference(f"视图 {expected.name} 有一行 {_shown(row)}", _nearest(wanted, found, names))
    return None


def _moment(as_of: datetime | Happened | None) -> Moment:
    return HappenedBy(as_of.happened) if isinstance(as_of, Happened) else as_of


def _matches(wanted: Mapping[str, Any], cells: Mapping[str, Any]) -> bool:
    return all(name in cells and _same(value, cells[name]) for name, value in wanted.items())


def _same(wanted: Any, found: Any) -> bool:
    if wanted == found:
        return True
    try:
        return datetime.fromisoformat(wanted) == datetime.fromisoformat(found)
    except (TypeError, ValueError):
        return False


def _real(value: Any, names: Names) -> Any:
    known = names.known(value) if isinstance(value, str) else None
    return value if known is None else str(known)


def _plain(cells: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(dict(cells), enc_hook=str)
    return plain


def _nearest(wanted: Mapping[str, Any], found: list[dict[str, Any]], names: Names) -> str:
    """The named cells of every row, the row that has most of them first."""
    def right(cells: dict[str, Any]) -> int:
        return -sum(_same(value, cells.get(name)) for name, value in wanted.items())

    rows = [{name: cells.get(name, "（无此栏）") for name in wanted} for cells in sorted(found, key=right)]
    return "；".join(names.short_of(_shown(row)) for row in rows) or "没有一行"


def _shown(row: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in row.items()) + "}"
