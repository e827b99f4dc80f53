"""What each of the registry's letters changes in a service's copy of reference data."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.record import Event
from contracts.registry.body import BodyKind, BodyRegistered
from contracts.registry.calendar_year import CalendarYearPublished
from contracts.registry.jurisdiction import (
    JurisdictionClosed,
    JurisdictionMoved,
    JurisdictionRegistered,
    JurisdictionRenamed,
)
from contracts.registry.policy_document import PolicyPublished
from contracts.registry.supervised_unit import (
    SupervisedUnitRegistered,
    UnitClosed,
    UnitManagementChanged,
    UnitMerged,
    UnitRenamed,
    UnitSplit,
)
from contracts.wire import name_of
from services.chassis.calendar_year import CalendarYear
from services.chassis.memos import Memo
from services.chassis.policy_values import PolicyDocument
from services.chassis.reference import Reference
from services.chassis.reference_things import Body, Management, Named, Place, Under, Unit

SUPERVISING = frozenset({BodyKind.OFFICE, BodyKind.COMMITTEE})


def _place(copy: Reference, event: JurisdictionRegistered) -> Iterator[Memo]:
    above = copy.place(event.parent_code).path if event.parent_code else ()
    yield copy.put(Place(
        code=event.code, kind=event.kind.value, name=event.name, path=(*above, event.code), since=event.valid_from,
    ), event.code)


def _place_name(copy: Reference, event: JurisdictionRenamed) -> Iterator[Memo]:
    place = copy.place(event.code)
    place.names = _dated(place.names, Named(valid_from=event.valid_from, name=event.name))
    yield copy.put(place, event.code)


def _place_above(copy: Reference, event: JurisdictionMoved) -> Iterator[Memo]:
    """Everything below moves with it."""
    place = copy.place(event.code)
    first = place.parents or [Under(valid_from=date.min, parent=place.parent(date.min))]
    place.parents = _dated(first, Under(valid_from=event.valid_from, parent=event.parent_code))
    old, new = place.path, (*copy.place(place.parent(date.max) or "").path, event.code)
    for moved in copy.places():
        if moved.path[:len(old)] == old:
            moved.path = (*new, *moved.path[len(old):])
            yield copy.put(moved, moved.code)


def _place_end(copy: Reference, event: JurisdictionClosed) -> Iterator[Memo]:
    place = copy.place(event.code)
    place.until, place.successors = event.valid_from, event.successor_codes
    yield copy.put(place, event.code)


def _body(copy: Reference, event: BodyRegistered) -> Iterator[Memo]:
    yield copy.put(Body(
        body_id=event.body_id, kind=event.kind.value, tier=event.tier, place=event.placement,
        name=event.name, parent=event.parent_body_id, supervises=event.kind in SUPERVISING,
    ), event.body_id)


def _unit(copy: Reference, event: SupervisedUnitRegistered) -> Iterator[Memo]:
    unit = Unit(unit_id=event.unit_id, kind=event.kind.value, name=event.name, place=event.located_in)
    yield copy.put(unit, event.unit_id)


def _management(copy: Reference, event: UnitManagementChanged) -> Iterator[Memo]:
    held = Management(
        valid_from=event.valid_from, managed_by=event.managed_by,
        competent_department_id=event.competent_department_id,
        approving_department_id=event.approving_department_id,
    )
    unit = copy.unit(event.unit_id)
    unit.management = _dated(unit.management, held)
    yield copy.put(unit, event.unit_id)


def _name(copy: Reference, event: UnitRenamed) -> Iterator[Memo]:
    for unit_id in event.unit_ids:
        unit = copy.unit(unit_id)
        unit.names = _dated(unit.names, Named(valid_from=event.valid_from, name=event.name))
        yield copy.put(unit, unit_id)


def _successors(copy: Reference, event: Any) -> Iterator[Memo]:
    for unit_id in event.unit_ids:
        unit = copy.unit(unit_id)
        unit.successors, unit.gone_from = event.successor_ids, event.valid_from
        yield copy.put(unit, unit_id)


def _dated(held: list[Any], one: Any) -> list[Any]:
    """Of two for one day the later said stands."""
    return [*(other for other in held if other.valid_from != one.valid_from), one]


def _policy(copy: Reference, event: PolicyPublished) -> Iterator[Memo]:
    yield copy.publish(policy_document(event))


def _calendar(copy: Reference, event: CalendarYearPublished) -> Iterator[Memo]:
    fields = {name: getattr(event, name) for name in CalendarYear.__struct_fields__}
    yield copy.arrange(CalendarYear(**fields))


def policy_document(said: Any) -> PolicyDocument:
    """The document that a PublishPolicy or PolicyPublished carries."""
    fields = {name: getattr(said, name) for name in PolicyDocument.__struct_fields__ if name != "values"}
    plain = msgspec.to_builtins({name: value for name, value in fields.items() if value is not None})
    camel = {_camel(name): value for name, value in plain.items()}
    values = {}
    for value in said.values:
        entry = msgspec.to_builtins(value)
        values[entry.pop("key")] = entry
    return msgspec.convert({**camel, "values": values}, PolicyDocument)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


TAKES: Mapping[type[Event], Callable[[Reference, Any], Iterator[Memo]]] = {
    JurisdictionRegistered: _place,
    JurisdictionRenamed: _place_name,
    JurisdictionMoved: _place_above,
    JurisdictionClosed: _place_end,
    BodyRegistered: _body,
    SupervisedUnitRegistered: _unit,
    UnitManagementChanged: _management,
    UnitRenamed: _name,
    UnitMerged: _successors,
    UnitSplit: _successors,
    UnitClosed: _successors,
    PolicyPublished: _policy,
    CalendarYearPublished: _calendar,
}
HEARD = {name_of(kind): take for kind, take in TAKES.items()}


def hear(copy: Reference, letter: Letter) -> list[Memo]:
    """Take a letter into the copy; the memos must be committed with the letter's tracking."""
    take = HEARD.get(letter.name)
    return copy.changed(letter.position, take(copy, letter.event)) if take else []
