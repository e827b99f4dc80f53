"""A small place in memory under the policies of a real one: registry, rectification, accountability, a speaker."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.registry import body, jurisdiction, supervised_unit
from contracts.values import Role, Tier, natural_id
from contracts.wire import name_of
from services.accountability.application import Accountability
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.clock import HandClock
from services.chassis.directory import root
from services.chassis.facts import Origin
from services.chassis.identity import Identity, TokenReader, TokenSigner, new_key, service_actor
from services.chassis.log_memory import MemoryLogs
from services.chassis.policies import PolicyStore
from services.chassis.town import Town
from services.chassis.vault import MemoryRows
from services.chassis.work import Intent
from services.rectification.application import Rectification
from services.registry.application import Registry
from services.registry.policy_documents import reviewed_documents, reviewed_store
from tests.kit.cases import AT, uid

ADMIN = root(uid("admin"), Role.SYSTEM_ADMINISTRATOR)
KINDS, KIND = jurisdiction.JurisdictionKind, body.BodyKind
UPPER, OFFICE, EDU, LICENSING, PARTY, GOVERNMENT, ORGANISATION = (
    uid(name) for name in ("upper", "office", "edu", "licensing", "party", "government", "organisation")
)
S1, INSTITUTION, BUREAU = uid("s1"), uid("institution"), uid("bureau")
CASE_IDS = (uid("thread"),)
CHAINS: Mapping[str, tuple[tuple[str, KINDS], ...]] = {
    "HN": (("HN", KINDS.PROVINCE), ("", KINDS.COUNTY)),
    "BJ": (("BJ", KINDS.MUNICIPALITY), ("", KINDS.DISTRICT)),
    "SH": (("SH", KINDS.MUNICIPALITY), ("", KINDS.DISTRICT)),
    "WH": (("SD", KINDS.PROVINCE), ("SD-WH", KINDS.PREFECTURE), ("SD-WH-EDZ", KINDS.FUNCTIONAL_ZONE)),
}
CODES = ("980000", "980100", "980101")
BODIES = (
    (OFFICE, KIND.OFFICE, UPPER), (EDU, KIND.DEPARTMENT, None), (LICENSING, KIND.DEPARTMENT, None),
    (PARTY, KIND.PARTY_COMMITTEE, None), (GOVERNMENT, KIND.GOVERNMENT, None), (ORGANISATION, KIND.DEPARTMENT, None),
)
SCHOOL, TRAINING, DEPARTMENT = (
    supervised_unit.UnitKind.SCHOOL, supervised_unit.UnitKind.TRAINING_INSTITUTION, supervised_unit.UnitKind.DEPARTMENT
)


class Spoken(Aggregate, kw_only=True):
    """A stream of whatever was said."""

    def evolve(self, event: Event) -> "Spoken":
        self.version += 1
        return self


class Speaker(ServiceApplication):
    """Says events without deciding anything."""

    aggregates = (Spoken,)

    def say(self, stream: UUID, event: Event, origin: Origin) -> None:
        work, spoken = self.work(), self.load(Spoken, stream) or Spoken(stream=stream)
        actor = service_actor(Role.POLICY, self.name, origin.owner_body)
        work.draft(spoken, (event,), Intent(command=Command(), actor=actor, at=self.clock()), origin, {})
        self.append(work)


class FindingsSpeaker(Speaker):
    name = "findings"


class RectificationSpeaker(Speaker):
    name = "rectification"


class Place:
    """An office below an upper one; a private school, an institution, a bureau; leaders and departments."""

    def __init__(self, of: str, store: PolicyStore | None = None, speaking: bool = True) -> None:
        self.code, self.clock, key = CODES[len(CHAINS[of]) - 1], HandClock(AT), new_key()
        reader = TokenReader(key, self.clock)
        rectification = RectificationSpeaker if speaking else Rectification
        kinds: tuple[Any, ...] = (Registry, FindingsSpeaker, rectification, Accountability)
        self.services = {
            kind.name: kind(MemoryLogs(self.clock), reader, self.clock, keys=MemoryRows()) for kind in kinds
        }
        for service in self.services.values():
            service.reference.policies = store or policies_of(of)
        self.app: Any = self.services["accountability"]
        self.town = Town(self.services, TokenSigner(key, self.clock), self.clock)
        self._found(CHAINS[of])

    def _found(self, chain: tuple[tuple[str, KINDS], ...]) -> None:
        above = None
        for code, (_, kind) in zip(CODES, chain, strict=False):
            self.by(ADMIN, jurisdiction.RegisterJurisdiction(
                jurisdiction_id=natural_id("Jurisdiction", code), code=code, name=code, kind=kind, parent_code=above))
            above = code
        for body_id, kind, parent in ((UPPER, KIND.OFFICE, None), *BODIES):
            place = CODES[len(chain) - 2] if body_id == UPPER else self.code
            self.by(ADMIN, body.RegisterBody(
                body_id=body_id, kind=kind, tier=Tier.CITY if body_id == UPPER else Tier.COUNTY, placement=place,
                name=str(body_id), parent_body_id=parent))
        for unit, kind in ((S1, SCHOOL), (INSTITUTION, TRAINING), (BUREAU, DEPARTMENT)):
            self.by(ADMIN, supervised_unit.RegisterUnit(unit_id=unit, kind=kind, name="单位", located_in=self.code))
            self.by(ADMIN, supervised_unit.ChangeUnitManagement(
                unit_id=unit, managed_by=EDU, competent_department_id=EDU, approving_department_id=LICENSING,
                valid_from=date(2020, 1, 1)))
        self.by(ADMIN, supervised_unit.ChangeSchoolProfile(
            unit_id=S1, school_type=supervised_unit.SchoolType.PRIMARY, students=900, valid_from=date(2020, 1, 1),
            ownership=supervised_unit.Ownership.PRIVATE))

    # --- who says what ---------------------------------------------------------------------------

    def by(self, who: Identity, command: Command) -> None:
        """A person sends a command; what follows has happened when this returns."""
        self.town.submit(who, command)

    def li(self, *commands: Command) -> None:
        """The office's staff sends commands."""
        for command in commands:
            self.by(self.staff(), command)

    def staff(self, name: str = "li", of: UUID = OFFICE, role: Role = Role.OFFICE_STAFF) -> Identity:
        """A person of a body."""
        scope = self.services["registry"].reference.scope_of(of)
        return Identity(person_id=uid(name), roles=frozenset({role}), scope=scope, body_id=of)

    def department(self, of: UUID = EDU, role: Role = Role.DEPARTMENT_USER) -> Identity:
        """A person of a department."""
        return self.staff("sun", of, role)

    def of_unit(self, unit: UUID = S1) -> Identity:
        """A person of a unit."""
        path = self.services["registry"].reference.unit_path(unit)
        return Identity(person_id=uid("zhao"), roles=frozenset({Role.UNIT_USER}), scope=path, unit_id=unit)

    def say(self, stream: UUID, event: Event, unit: UUID = S1) -> None:
        """A letter of another service is heard, about a unit in the thread of its case."""
        reference = self.services["registry"].reference
        speaker: Any = self.services[name_of(type(event)).partition(".")[0]]
        speaker.say(stream, event, Origin(
            jurisdiction=self.code, tier=Tier.COUNTY, owner_body=OFFICE, owner_path=reference.owner_path(OFFICE),
            unit_path=reference.unit_path(unit), case_ids=CASE_IDS))
        self.town.settle()

    # --- what there is ---------------------------------------------------------------------------

    def letters(self) -> list[Any]:
        """Everything accountability recorded, in order."""
        return list(self.town.announcements("accountability", 0))

    def told(self, kind: type[Event]) -> list[Any]:
        """Its events of a kind."""
        return [letter.event for letter in self.letters() if isinstance(letter.event, kind)]

    def names(self) -> list[str]:
        """The names of its events."""
        return [letter.name.partition(".")[2] for letter in self.letters()]

    def outcomes(self) -> list[str]:
        """Why policies and timers were refused."""
        return [(memo.value or b"").decode() for memo in self.app.memos.scan("outcome")]


@cache
def policies_of(of: str) -> PolicyStore:
    """The reviewed documents; those of a real place hold for the fictional one."""
    store, documents = reviewed_store(), reviewed_documents()
    for code, (real, _) in zip(CODES, CHAINS[of], strict=False):
        for document in documents:
            if document.jurisdiction == real:
                store = store.publish(msgspec.structs.replace(document, jurisdiction=code))
    return store
