"""What of a row whoever asks may see, and whether it is what they asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from services.chassis.casebook import Filed
from services.chassis.pages import Row, Scope, check_fields
from services.reporting.views.folding import page_of
from services.reporting.views.rolling import Shown
from services.reporting.views.view import Cells, View, china_date, owner_path_of, under_seal


class Line(NamedTuple):
    """One row as shown, and the number of the last letter behind it."""

    key: str
    number: int
    cells: Cells


def is_seen(row: Shown, scope: Scope) -> bool:
    """Whether a rolled-up row lies within a scope."""
    return scope.admits(row.owner_path, row.unit_path, row.delegates)


def is_readable(filed: Filed, scope: Scope) -> bool:
    """What is under seal is for its owner only."""
    return not under_seal(filed.letter) or scope.admits(owner_path_of(filed.letter), None, ())


def is_asked_for(row: Row, scope: Scope, where: Mapping[str, object] | None) -> bool:
    """Whether a living row lies within a scope and its page has these fields."""
    if row.document is None or not scope.admits(row.owner_path, row.unit_path, row.delegates):
        return False
    return not where or holds(msgspec.json.decode(row.document), where)


def holds(cells: Mapping[str, Any], where: Mapping[str, object] | None) -> bool:
    """Whether cells have these values."""
    return all(cells.get(name) == value for name, value in check_fields(where).items())


def lines_of(view: View, row: Row, as_of: datetime, scope: Scope) -> list[Line]:
    """The row as shown, unless who asks could see it on another day only."""
    page = page_of(view.page, row)
    admitted = scope.admits(page.owner_path, page.unit_path, page.delegates_on(china_date(as_of)))
    return [Line(row.key, row.number, view.show(page, as_of))] if admitted else []
