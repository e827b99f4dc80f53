"""Whom a record or circular goes to: computed from where the unit is, never typed in (domain 3.5.1, 3.5.2)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from contracts.accountability.interview import AddresseeKind
from services.accountability.remembered import Leadership
from services.chassis.facts import Facts

Addressees = dict[AddresseeKind, UUID]
KINDS = {
    "PARTY_COMMITTEE": AddresseeKind.PARTY, "PARTY_WORKING_COMMITTEE": AddresseeKind.PARTY,
    "GOVERNMENT": AddresseeKind.GOVERNMENT, "ADMINISTRATION_COMMITTEE": AddresseeKind.GOVERNMENT,
    "UPPER_DEPARTMENT": AddresseeKind.UPPER,
}


def filing_addressees(app: Any, interview: Any, _: Any, facts: Facts) -> dict[str, Any]:
    """Where the record of an interview is filed."""
    return {"addressees": prescribed(app, interview.unit_id, facts, "interview.filing")}


def circular_recipients(app: Any, circular: Any, _: Any, facts: Facts) -> dict[str, Any]:
    """Who is told by a circular."""
    return {"recipients": tuple(prescribed(app, circular.unit_id, facts, "circular.recipients").values())}


def prescribed(app: Any, unit_id: UUID, facts: Facts, key: str) -> Addressees:
    """Those that the place prescribes; all three where it says "as prescribed", or nothing."""
    words = facts.policy.get(key) or ("AS_PRESCRIBED",)
    kinds = {KINDS[word] for word in words if word in KINDS} or set(AddresseeKind)
    found = {**_leaders(app, app.reference.unit(unit_id)), AddresseeKind.UPPER: _upper(app, unit_id, facts)}
    return {kind: one for kind in AddresseeKind if kind in kinds and (one := found.get(kind)) is not None}


def _leaders(app: Any, unit: Any) -> dict[AddresseeKind, UUID | None]:
    """Party committee and government (in a zone 党工委, 管委会) of the nearest place that has them."""
    for place in reversed(app.reference.place(unit.place).path):
        roster = _roster(app, place)
        party = roster.party if roster else _first(app.reference.bodies_at(place, "PARTY_COMMITTEE"))
        government = roster.government if roster else _first(app.reference.bodies_at(place, "GOVERNMENT"))
        if party or government:
            return {AddresseeKind.PARTY: party, AddresseeKind.GOVERNMENT: government}
    return {}


def _roster(app: Any, place: str) -> Leadership | None:
    bodies = app.reference.bodies_at(place, "OFFICE", "COMMITTEE")
    rosters = (app.kept.find(Leadership, body.body_id) for body in bodies)
    return next((roster for roster in rosters if roster is not None), None)


def _first(bodies: Iterable[Any]) -> UUID | None:
    return next((body.body_id for body in bodies), None)


def _upper(app: Any, unit_id: UUID, facts: Facts) -> UUID | None:
    """The department above the unit; for a government, the supervision body above ours."""
    competent: UUID | None = app.reference.unit(unit_id).managed(facts.at).competent_department_id
    owner = app.reference.body_if_known(facts.origin.owner_body)
    return competent or (owner.parent if owner else None)
