"""P10 虚假整改登记: one row per unit: where is rectification faked, and by whom was it verified?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from contracts.letter import Letter
from contracts.personnel import conduct_case as said
from services.reporting.views.c11_look_backs import LOOK_BACKS, LookBack, Seen
from services.reporting.views.country import parent_of
from services.reporting.views.registers.unit import UNITS
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, ratio
from services.reporting.views.telling import Happenings, keyed_by, moves, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View, china_date

FOUND = ("FALSE", "FALSE_ALLEGED", "REBOUNDED")


class Conduct(Page, kw_only=True, gc=False):
    """A conduct case about a verification that was false."""

    case: str
    inspector: str
    state: str = "REPORTED"
    outcome: str | None = None


def _decide(page: Conduct, event: said.ConductDecided, _: Letter) -> None:
    page.state, page.outcome = "DECIDED", event.outcome.value


HAPPENINGS: Happenings = {
    said.ConductReported: moves("REPORTED"),
    said.ConductVerified: moves("VERIFIED"),
    said.ConductDismissed: moves("DISMISSED"),
    said.ConductDecided: _decide,
    said.ConductApplied: moves("APPLIED"),
}


def _conduct(letter: Letter, key: str) -> Conduct | None:
    event: Any = letter.event
    false = said.ConductGround.FALSE_VERIFICATION in getattr(event, "grounds", ())
    return Conduct(case=key, inspector=str(event.inspector_id), **owned(letter)) if false else None


CONDUCT = View(
    name="conduct", title="虚假核实违规登记", fold_version=1, page=Conduct, listens=names_of(HAPPENINGS),
    keys=keyed_by("conduct_case_id"), fold=told_by(HAPPENINGS, _conduct), show=plainly,
)


def rows(sources: Sources) -> Iterable[Sum]:
    """Units of which an item was found false or rebounded; for the bodies above them, not for the units."""
    found: dict[str, list[tuple[Seen, Piece]]] = {}
    for piece in sources.each(LOOK_BACKS):
        page: LookBack = piece.page
        for one in page.items.values():
            if one.unit is not None:
                found.setdefault(one.unit, []).append((one, piece))
    conduct: dict[str, list[Piece]] = {}
    for piece in sources.each(CONDUCT):
        conduct.setdefault(piece.page.inspector, []).append(piece)
    units, day = sources.some(UNITS, found), china_date(sources.as_of)
    for unit, seen in sorted(found.items()):
        if any(one.state in FOUND for one, _ in seen):
            yield _row(unit, units.get(unit), seen, conduct, day)


def _row(
    unit: str, registered: Piece | None, seen: list[tuple[Seen, Piece]], conduct: dict[str, list[Piece]], day: date,
) -> Sum:
    states = [one.state for one, _ in seen]
    look_backs = {piece.key: piece for _, piece in seen}
    verifiers = sorted({one.verifier for one, _ in seen if one.verifier})
    cases = [case for verifier in verifiers for case in conduct.get(verifier, [])]
    performed = sum(piece.page.performed_at is not None for piece in look_backs.values())
    path = next((one.unit_path for one, _ in seen if one.unit_path), "")
    owner = registered.page.place if registered else parent_of(path)
    return Sum(unit, {
        "unit": unit, "name": registered.page.named(day) if registered else "", "false": states.count("FALSE"),
        "alleged": states.count("FALSE_ALLEGED"), "rebounded": states.count("REBOUNDED"), "look_backs": performed,
        **ratio("false_rate", states.count("FALSE"), performed),
        "verifier": verifiers[0] if len(verifiers) == 1 else None, "verifiers": verifiers,
        "conduct": [case.page.state for case in cases],
    }, [*look_backs.values(), *cases], owner or next(iter(look_backs.values())).page.owner_path)


VIEW = RollUp(name="P10", title="虚假整改登记", of=(LOOK_BACKS, CONDUCT, UNITS), rows=rows)
