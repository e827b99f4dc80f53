"""What each of the registry's letters changes in a service's copy of reference data."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.record import Event
from contracts.registry.body import BodyKind, BodyRegistered
from contracts.registry.calendar_year import CalendarYearPublished
from contracts.registry.jurisdiction import JurisdictionRegistered
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
from services.chassis.reference import Body, Management, Place, Reference, Unit

SUPERVISING = frozenset({BodyKind.OFFICE, BodyKind.COMMITTEE})


def _place(copy: Reference, event: JurisdictionRegistered) -> Iterator[Memo]:
    above = copy.place(event.parent_code).path if event.parent_code else ()
    place = Place(code=event.code, kind=event.kind.value, name=event.name, path=(*above, event.code))
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
    others = [m for m in unit.management if m.valid_from != event.valid_from]
    unit.management = [*others, held]
    yield copy.put(unit, event.unit_id)


def _name(copy: Reference, event: UnitRenamed) -> Iterator[Memo]:
    for unit_id in event.unit_ids:
        unit = copy.unit(unit_id)
        unit.name = event.name
        yield copy.put(unit, unit_id)


def _successors(copy: Reference, event: Any) -> Iterator[Memo]:
    for unit_id in event.unit_ids:
        unit = copy.unit(unit_id)
        unit.successors = event.successor_ids
        yield copy.put(unit, unit_id)


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
