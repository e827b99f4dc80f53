"""A scenario's world as commands to the registry."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from contracts.record import Command
from services.cli.scenario.format import Body, Jurisdiction, Person, Unit, World
from services.cli.scenario.names import Names, Unnamed
from services.cli.scenario.policy import published
from services.cli.scenario.writing import command

TIER_OF_PLACE = {
    "PROVINCE": "PROVINCE", "MUNICIPALITY": "PROVINCE", "PREFECTURE": "CITY", "COUNTY": "COUNTY",
    "DISTRICT": "COUNTY", "FUNCTIONAL_ZONE": "ZONE", "TOWNSHIP": "TOWNSHIP",
}
OFFICE = "OFFICE"


class Errand(NamedTuple):
    """A command and the administrator who sends it."""

    sender: str
    command: Command


class WorldWriter:
    """Binds the world's short ids and writes its commands, in an order in which each finds what it needs."""

    def __init__(self, names: Names, world: World) -> None:
        self._names, self._world = names, world
        self._places = {place.code: place for place in world.jurisdictions}

    def errands(self, policy: tuple[str, ...]) -> Iterator[Errand]:
        """Everything that is registered before a story begins; raises Unnamed, WireError."""
        yield from self.registrations()
        for document in published(policy, self._world.jurisdictions):
            yield Errand("policy", document)

    def registrations(self) -> Iterator[Errand]:
        """Places, bodies, units and people; raises Unnamed, WireError."""
        self._bind()
        for place in self._world.jurisdictions:
            yield self._registered("RegisterJurisdiction", _jurisdiction(place))
        for body in self._upper_first():
            yield self._registered("RegisterBody", self._body(body))
        for unit in self._world.units:
            yield from self._unit(unit)
        for person in self._world.people:
            yield from self._grants(person)

    def _bind(self) -> None:
        """Give every short id its real one; every place named must be a place of the world."""
        for things in (self._world.bodies, self._world.units, self._world.people):
            for thing in things:
                self._names.id_of(thing.id)
        for code in (*(body.place for body in self._world.bodies), *(unit.place for unit in self._world.units)):
            if code not in self._places:
                raise Unnamed(f"世界里没有代码为“{code}”的行政区划")

    def _registered(self, name: str, said: dict[str, Any], sender: str = "system") -> Errand:
        plain = {key: value for key, value in said.items() if value is not None}
        return Errand(sender, command(self._names, f"registry.{name}", plain))

    def _upper_first(self) -> list[Body]:
        return sorted(self._world.bodies, key=lambda body: len(self._above(body.place)))

    def _above(self, code: str) -> list[str]:
        """The place and those above it, nearest first."""
        line: list[str] = []
        while code in self._places and code not in line:
            line.append(code)
            code = self._places[code].parent or ""
        return line

    def _body(self, body: Body) -> dict[str, Any]:
        kind = body.kind or (OFFICE if body.tier else "DEPARTMENT")
        parent = body.parent or (self._office_above(body) if kind == OFFICE else None)
        tier = body.tier or self._tier(body.place)
        return {
            "body": body.id, "kind": kind, "tier": tier.upper(), "placement": body.place,
            "name": body.name, "parentBody": parent,
        }

    def _tier(self, code: str) -> str:
        return TIER_OF_PLACE.get(self._places[code].kind, "NATION")

    def _office_above(self, body: Body) -> str | None:
        offices = {one.place: one.id for one in self._world.bodies if one.tier and one.kind in (None, OFFICE)}
        return next((offices[code] for code in self._above(body.place)[1:] if code in offices), None)

    def _unit(self, unit: Unit) -> Iterator[Errand]:
        said = {"unit": unit.id, "kind": unit.kind, "name": unit.name, "locatedIn": unit.place}
        yield self._registered("RegisterUnit", said)
        if manager := unit.managed_by or unit.competent_department:
            self._must_be_bodies(manager, unit.competent_department, unit.approving_department, *unit.guided_by)
            yield self._registered("ChangeUnitManagement", {
                "unit": unit.id, "managedBy": manager, "competentDepartment": unit.competent_department,
                "approvingDepartment": unit.approving_department, "guidedBy": [*unit.guided_by],
                "validFrom": unit.since,
            })
        if unit.school_type:
            yield self._registered("ChangeSchoolProfile", {
                "unit": unit.id, "schoolType": unit.school_type, "ownership": unit.ownership,
                "students": unit.students, "campuses": unit.campuses, "validFrom": unit.since,
            })

    def _grants(self, person: Person) -> Iterator[Errand]:
        self._must_be_bodies(person.body, person.acts_for)
        if person.unit:
            self._names.existing(person.unit, "单位")
        for role in person.roles:
            yield self._registered("GrantRole", {
                "person": person.id, "role": role.value, "body": person.body, "unit": person.unit,
                "actsFor": person.acts_for,
            }, sender="security")

    def _must_be_bodies(self, *shorts: str | None) -> None:
        for short in filter(None, shorts):
            self._names.existing(short, "机构")


def _jurisdiction(place: Jurisdiction) -> dict[str, Any]:
    return {"code": place.code, "name": place.name, "kind": place.kind, "parentCode": place.parent}
