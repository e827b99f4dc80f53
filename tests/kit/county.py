"""A county of the fictional province in one process: an office, its city above, a school and who acts there."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from contracts.record import Command
from contracts.registry import body, jurisdiction, role_holding, supervised_unit
from contracts.values import Role, Tier, natural_id
from services.chassis.application import ServiceApplication
from services.chassis.clock import HandClock
from services.chassis.directory import root
from services.chassis.identity import TokenReader, TokenSigner, new_key
from services.chassis.log_memory import MemoryLogs
from services.chassis.town import Town
from services.chassis.vault import MemoryRows
from services.registry.application import Registry
from tests.kit.cases import uid

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
PROVINCE, CITY, COUNTY = "990000", "990100", "990101"
KEEPER = root(uid("keeper"), Role.SYSTEM_ADMINISTRATOR)
GUARD = root(uid("guard"), Role.SECURITY_ADMINISTRATOR)
LI, WANG, ZHAO, ZHOU, SUN = (uid(name) for name in ("li", "wang", "zhao", "zhou", "sun"))
PLACES = (
    (PROVINCE, "示例省", "PROVINCE", None), (CITY, "示例市", "PREFECTURE", PROVINCE),
    (COUNTY, "示例县", "COUNTY", CITY),
)
BODIES = (
    ("city", "市督导办", body.BodyKind.OFFICE, Tier.CITY, CITY, None),
    ("office", "县督导办", body.BodyKind.OFFICE, Tier.COUNTY, COUNTY, "city"),
    ("government", "县政府", body.BodyKind.GOVERNMENT, Tier.COUNTY, COUNTY, None),
    ("edu", "县教育局", body.BodyKind.DEPARTMENT, Tier.COUNTY, COUNTY, None),
)
UNITS = (("s1", "第一小学", "SCHOOL"), ("s2", "第二小学", "SCHOOL"), ("d", "县教育局", "DEPARTMENT"))
GRANTS = (
    (LI, Role.OFFICE_STAFF, "office"), (WANG, Role.INSPECTOR, "office"), (WANG, Role.TEAM_LEADER, "office"),
    (ZHOU, Role.OFFICE_STAFF, "city"), (SUN, Role.DEPARTMENT_USER, "edu"), (SUN, Role.OFFICE_STAFF, "office"),
)


def town_of(
    *kinds: type[ServiceApplication], logs: Any = None, clock: HandClock | None = None,
) -> Town:
    """A town with the registry and these services; `logs` makes a log from a service's name."""
    clock = clock or HandClock(START)
    key = new_key()
    make = logs or (lambda _: MemoryLogs(clock))
    services: Mapping[str, ServiceApplication] = {
        kind.name: kind(make(kind.name), TokenReader(key, clock), clock, keys=MemoryRows())
        for kind in (Registry, *kinds)
    }
    return Town(services, TokenSigner(key, clock), clock)


def settle_county(town: Town) -> Town:
    """Register places, bodies, two schools, the education department as a unit, and who acts where."""
    for command in registrations():
        town.submit(KEEPER, command)
    for person, role, at in GRANTS:
        grant(town, person, role, body_id=uid(at))
    grant(town, ZHAO, Role.UNIT_USER, unit_id=uid("s1"))
    return town


def grant(town: Town, person: UUID, role: Role, **where: UUID) -> None:
    """One more role for a person."""
    holding = natural_id("RoleHolding", person)
    town.submit(GUARD, role_holding.GrantRole(holding_id=holding, person_id=person, role=role, **where))


def registrations() -> Iterator[Command]:
    """What the keeper of the register enters first."""
    for code, name, kind, parent in PLACES:
        yield jurisdiction.RegisterJurisdiction(
            jurisdiction_id=natural_id("Jurisdiction", code), code=code, name=name,
            kind=jurisdiction.JurisdictionKind(kind), parent_code=parent)
    for key, name, sort, tier, place, above in BODIES:
        yield body.RegisterBody(
            body_id=uid(key), kind=sort, tier=tier, placement=place, name=name,
            parent_body_id=uid(above) if above else None)
    for key, name, kind in UNITS:
        yield supervised_unit.RegisterUnit(
            unit_id=uid(key), kind=supervised_unit.UnitKind(kind), name=name, located_in=COUNTY)
        yield supervised_unit.ChangeUnitManagement(
            unit_id=uid(key), managed_by=uid("edu"), competent_department_id=uid("edu"),
            valid_from=date(2020, 1, 1))
