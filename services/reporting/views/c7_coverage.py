"""C7 综合督导覆盖: one row per unit and kind of obligation: which school is due an inspection, and why?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.reporting.views.obligations import LAPSED, OBLIGATIONS, OPEN, SATISFIED, WAIVED, Obligation
from services.reporting.views.registers.place import BODIES
from services.reporting.views.registers.unit import UNITS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, ratio
from services.reporting.views.view import china_date


def coverage(pages: Iterable[Obligation]) -> dict[str, Any]:
    """Satisfied / (satisfied + lapsed); what was waived stands apart (domain 4.8)."""
    states = [page.state for page in pages]
    done, lapsed = states.count(SATISFIED), states.count(LAPSED)
    return {
        "open": states.count(OPEN), "satisfied": done, "lapsed": lapsed, "waived": states.count(WAIVED),
        **ratio("coverage", done, done + lapsed),
    }


def rows(sources: Sources) -> Iterable[Sum]:
    """What different bodies owe one unit stands apart, so that each sees its own."""
    names = {piece.key: piece for view in (UNITS, BODIES) for piece in sources.each(view)}
    day = china_date(sources.as_of)
    held: dict[tuple[str, str, str], list[Piece]] = {}
    for piece in sources.each(OBLIGATIONS):
        page: Obligation = piece.page
        held.setdefault((page.unit, page.kind, page.owner_path), []).append(piece)
    for (unit, kind, owner_path), pieces in sorted(held.items()):
        yield _row(f"{unit}/{kind}/{owner_path.rpartition('/')[2]}", pieces, names.get(unit), day)


def _row(key: str, pieces: list[Piece], named: Piece | None, day: date) -> Sum:
    pages: list[Obligation] = [piece.page for piece in pieces]
    first = min((page for page in pages if page.state == OPEN), key=lambda page: str(page.window_to), default=None)
    return Sum(key, {
        "unit": pages[0].unit, "name": named.page.named(day) if named else "", "kind": pages[0].kind, **coverage(pages),
        "due": first.window_to if first else None, "anchor": first.anchor if first else None,
        "anchor_ref": first.anchor_ref if first else None, "modality": first.modality if first else None,
        "scheduled": first.scheduled if first else False,
        "waived_reasons": sorted(page.waived_reason for page in pages if page.waived_reason),
    }, [*pieces, *([named] if named else [])], pages[0].owner_path)


VIEW = RollUp(name="C7", title="综合督导覆盖", of=(OBLIGATIONS, UNITS, BODIES), rows=rows)
