"""What rectification looks up for a look-back: which items may be looked at, and who verified them before."""

from typing import Any
from uuid import UUID

from services.chassis.facts import Facts, body
from services.rectification.copies import Drawn
from services.rectification.domain.look_back import LookBack
from services.rectification.gathering import App, Given, Listed, listed


def the_candidates(app: App, _: Any, command: Any, facts: Facts) -> Given:
    """Which items may be looked at by this body, which lie outside its area, and on which units the lot fell."""
    found, own = listed(app, command.item_ids), body(facts)
    upper = _above(app, own)
    area = app.reference.path_of(app.reference.body(own).place) if own else ""
    return {
        "eligible": frozenset(item for item, seen in found.items() if _eligible(seen, upper)),
        "outside": frozenset(item for item, seen in found.items() if not _unit_path(seen).startswith(area)),
        "drawn": app.kept.find(Drawn, command.draw_id) if command.draw_id else None,
        "units": {item: seen.ledger.unit_of(seen.item) for item, seen in found.items()},
    }


def who_verified(app: App, look_back: LookBack, command: Any, _: Facts) -> Given:
    """Who verified the items before; of one item also whose it is."""
    named = getattr(command, "item_id", None)
    found = listed(app, [named] if named else [UUID(key) for key in look_back.items])
    verifiers = {item_id: seen.item.verifier_id for item_id, seen in found.items() if seen.item.verifier_id}
    if named not in found:
        return {"verifiers": verifiers}
    ledger, item = found[named]
    return {
        "verifiers": verifiers, "original_verifier_id": verifiers.get(named), "unit_id": ledger.unit_of(item),
    }


def _eligible(seen: Listed, upper: frozenset[UUID]) -> bool:
    return seen.item.state == "WRITTEN_OFF" or (seen.item.open and seen.item.issuing_body_id in upper)


def _above(app: App, body_id: UUID | None) -> frozenset[UUID]:
    """Every body above one."""
    above: set[UUID] = set()
    while body_id is not None and (body_id := app.reference.body(body_id).parent) is not None:
        above.add(body_id)
    return frozenset(above)


def _unit_path(seen: Listed) -> str:
    origin = seen.ledger.origin
    return (origin.unit_path if origin else None) or ""
