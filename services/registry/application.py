"""What is special about the registry: parents are looked up, policy documents are checked before publication."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.record import Command
from contracts.registry import body, jurisdiction, policy_document, region_group, supervised_unit
from contracts.values import Tier
from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts, Origin
from services.chassis.life_cycle import Refused
from services.chassis.listening import Policy
from services.chassis.policy_values import china_day
from services.chassis.reference import Place
from services.chassis.reference_letters import policy_document as document_of
from services.chassis.work import Intent
from services.registry.domain.body import Body
from services.registry.domain.calendar_year import CalendarYear
from services.registry.domain.jurisdiction import Jurisdiction
from services.registry.domain.policy_document import PolicyDocument
from services.registry.domain.policy_rules import check
from services.registry.domain.region_group import RegionGroup
from services.registry.domain.region_revision import RegionRevision
from services.registry.domain.role_holding import RoleHolding
from services.registry.domain.supervised_unit import SupervisedUnit
from services.registry.policy_documents import reviewed_clauses, reviewed_keys

Given = dict[str, Any]
NATION = "CN"
LEVEL = {
    "PROVINCE": Tier.PROVINCE, "MUNICIPALITY": Tier.PROVINCE, "PREFECTURE": Tier.CITY,
    "COUNTY": Tier.COUNTY, "DISTRICT": Tier.COUNTY, "FUNCTIONAL_ZONE": Tier.ZONE,
    "TOWNSHIP": Tier.TOWNSHIP,
}


def kind_of_parent(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """A place hangs below one of a fitting kind."""
    return {"parent_kind": app.reference.place(command.parent_code).kind if command.parent_code else None}


def unknown_successors(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """Codes that nobody registered."""
    codes = command.successor_codes
    return {"unknown_successors": [code for code in codes if not app.reference.knows(Place, code)]}


def known_place(app: ServiceApplication, _: Any, command: Any, facts: Facts) -> Given:
    """Nothing new stands at a place not registered, or gone; refused PLACE_UNKNOWN, PLACE_CLOSED."""
    code = command.placement if hasattr(command, "placement") else command.located_in
    place, day = app.reference.place(code), china_day(facts.at)
    if place.until is not None and place.until <= day:
        raise Refused("PLACE_CLOSED", f"行政区“{place.named(day)}”（{code}）已于{place.until}撤销")
    return {"place": place.code}


def known_units(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """Nothing is merged with, or split into, what is not registered; refused UNIT_UNKNOWN."""
    named = (*getattr(command, "unit_ids", ()), *getattr(command, "successor_ids", ()))
    return {"units": [app.reference.unit(unit_id).unit_id for unit_id in named]}


def unknown_members(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """Codes that nobody registered."""
    return {"unknown_members": [code for code in command.members if not app.reference.knows(Place, code)]}


def violations(app: ServiceApplication, _: Any, command: Any, __: Facts) -> Given:
    """What speaks against publishing a policy document now; refused POLICY_HEADER_MISSING."""
    if command.kind is None or command.title is None:
        raise Refused("POLICY_HEADER_MISSING", "政策文件须写明地方的种类和文件名称")
    document = document_of(command)
    keys, clauses = _catalogue()
    return {"violations": check(document, keys, clauses, app.reference.policies)}


@cache
def _catalogue() -> tuple[Any, Any]:
    return reviewed_keys(), reviewed_clauses()


def close_the_merged(_: Any, letter: Letter) -> Iterator[Command]:
    """Units that went into another end in their own streams."""
    event: Any = letter.event
    for unit_id in event.unit_ids:
        yield supervised_unit.CloseUnit(
            unit_id=unit_id, successor_ids=event.successor_ids, valid_from=event.valid_from,
        )


class Registry(ServiceApplication):
    """基础登记."""

    name = "registry"
    aggregates = (Jurisdiction, Body, SupervisedUnit, PolicyDocument, CalendarYear, RoleHolding, RegionGroup,
                  RegionRevision)
    gatherers = {
        jurisdiction.RegisterJurisdiction: kind_of_parent,
        jurisdiction.MoveJurisdiction: kind_of_parent,
        jurisdiction.CloseJurisdiction: unknown_successors,
        policy_document.PublishPolicy: violations,
        body.RegisterBody: known_place,
        supervised_unit.RegisterUnit: known_place,
        supervised_unit.MergeUnits: known_units,
        supervised_unit.SplitUnit: known_units,
        region_group.FormRegionGroup: unknown_members,
    }
    policies = {"registry.UnitMerged": Policy(close_the_merged)}

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """Reference data belongs to the place it is about, else to the nation."""
        code = self._place_named(intent.command)
        known = self.reference.knows(Place, code)
        tier = LEVEL.get(self.reference.place(code).kind, Tier.NATION) if known else Tier.NATION
        path = self.reference.path_of(code) if known else f"{code}/"
        return Origin(jurisdiction=code, tier=tier, owner_body=None, owner_path=path)

    def _place_named(self, command: Command) -> str:
        for field in ("code", "placement", "located_in", "jurisdiction"):
            code = getattr(command, field, None)
            if code:
                return str(code)
        for field, place in (("unit_id", self.reference.unit), ("body_id", self.reference.body)):
            key = getattr(command, field, None)
            if key is not None:
                return place(key).place
        return NATION
