"""A small county in memory: registry and rectification, and someone who speaks as findings does."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import msgspec

from contracts.findings import feedback, finding
from contracts.record import Command, Event
from contracts.registry import body, jurisdiction, supervised_unit
from contracts.values import Role, Severity, Tier, natural_id
from contracts.wire import name_of
from services.chassis.aggregates import Aggregate
from services.chassis.application import ServiceApplication
from services.chassis.clock import HandClock
from services.chassis.directory import root
from services.chassis.facts import Origin
from services.chassis.identity import Identity, TokenReader, TokenSigner, new_key, service_actor
from services.chassis.log_memory import MemoryLogs
from services.chassis.policies import PolicyStore
from services.chassis.policy_values import PolicyDocument
from services.chassis.town import Town
from services.chassis.work import Intent
from services.rectification.application import Rectification
from services.registry.application import Registry
from services.registry.policy_documents import reviewed_documents, reviewed_store
from tests.kit.cases import AT, uid

CITY, OFFICE, EDU, S1, S2 = (uid(name) for name in ("city", "office", "edu", "s1", "s2"))
ACTIVITY = uid("activity")
ADMIN = root(uid("admin"), Role.SYSTEM_ADMINISTRATOR)
KINDS = jurisdiction.JurisdictionKind


class Spoken(Aggregate, kw_only=True):
    """A stream of whatever was said."""

    def evolve(self, event: Event) -> "Spoken":
        self.version += 1
        return self


class FindingsSpeaker(ServiceApplication):
    """Says events of findings without deciding anything."""

    name = "findings"
    aggregates = (Spoken,)

    def say(self, stream: UUID, event: Event, origin: Origin) -> None:
        work = self.work()
        spoken = self.load(Spoken, stream) or Spoken(stream=stream)
        intent = Intent(
            command=Command(), actor=service_actor(Role.POLICY, self.name, origin.owner_body), at=self.clock(),
        )
        work.draft(spoken, (event,), intent, origin, {})
        self.append(work)


class County:
    """The office stands below the city's, the schools in the county; `rules` says whose documents hold where."""

    def __init__(
        self, province: str = "990000", place: str = "990101", now: datetime = AT,
        rules: Mapping[str, str] | None = None,
    ) -> None:
        self._policies = policies_of(rules or {})
        self.clock, key = HandClock(now), new_key()
        self.signer, self.tokens = TokenSigner(key, self.clock), TokenReader(key, self.clock)
        self.logs = MemoryLogs(self.clock)
        self.registry = Registry(MemoryLogs(self.clock), self.tokens, self.clock)
        self.findings = FindingsSpeaker(MemoryLogs(self.clock), self.tokens, self.clock)
        self.place = place
        self.restart()
        self._found(province, place)

    def restart(self) -> Rectification:
        """Rectification as a new process on the same log."""
        self.app = Rectification(self.logs, self.tokens, self.clock)
        self.app.reference.policies = self._policies
        services = {"registry": self.registry, "findings": self.findings, "rectification": self.app}
        self.town = Town(services, self.signer, self.clock)
        return self.app

    def _found(self, province: str, place: str) -> None:
        for code, parent in ((province, None), (place, province)):
            self.by(ADMIN, jurisdiction.RegisterJurisdiction(
                jurisdiction_id=natural_id("Jurisdiction", code), code=code, name=code, parent_code=parent,
                kind=KINDS.PROVINCE if parent is None else KINDS.COUNTY,
            ))
        office, department = body.BodyKind.OFFICE, body.BodyKind.DEPARTMENT
        for body_id, kind, where, parent in (
            (CITY, office, province, None), (OFFICE, office, place, CITY), (EDU, department, place, None),
        ):
            tier = Tier.PROVINCE if where == province else Tier.COUNTY
            self.by(ADMIN, body.RegisterBody(
                body_id=body_id, kind=kind, tier=tier, placement=where, name=str(kind), parent_body_id=parent,
            ))
        for unit in (S1, S2):
            self.by(ADMIN, supervised_unit.RegisterUnit(
                unit_id=unit, kind=supervised_unit.UnitKind.SCHOOL, name="学校", located_in=place,
            ))
            self.by(ADMIN, supervised_unit.ChangeUnitManagement(
                unit_id=unit, managed_by=EDU, competent_department_id=EDU, valid_from=date(2020, 1, 1),
            ))

    def found(self, place: str, office: UUID) -> None:
        """A neighbouring place below the same province, with its own office."""
        province = self.registry.reference.body(CITY).place
        self.by(ADMIN, jurisdiction.RegisterJurisdiction(
            jurisdiction_id=natural_id("Jurisdiction", place), code=place, name=place, parent_code=province,
            kind=KINDS.COUNTY,
        ))
        self.by(ADMIN, body.RegisterBody(
            body_id=office, kind=body.BodyKind.OFFICE, tier=Tier.COUNTY, placement=place, name="邻区",
            parent_body_id=CITY,
        ))

    # --- who says what ---------------------------------------------------------------------------

    def by(self, who: Identity, command: Command) -> None:
        """A person sends a command; what follows from it has happened when this returns."""
        self.town.submit(who, command, command_id=uuid4())

    def staff(self, name: str = "li", of: UUID = OFFICE, role: Role = Role.OFFICE_STAFF) -> Identity:
        """A person of a body."""
        return Identity(
            person_id=uid(name), roles=frozenset({role}), scope=self.registry.reference.scope_of(of), body_id=of,
        )

    def of_unit(self, unit: UUID = S1, name: str = "zhao") -> Identity:
        """A person of a school."""
        return Identity(
            person_id=uid(name), roles=frozenset({Role.UNIT_USER}), unit_id=unit,
            scope=self.registry.reference.unit_path(unit),
        )

    def say(self, event: Any, stream: UUID, unit: UUID = S1, owner: UUID = OFFICE) -> None:
        """A letter of findings is heard."""
        reference = self.registry.reference
        self.findings.say(stream, event, Origin(
            jurisdiction=self.place, tier=Tier.COUNTY, owner_body=owner, owner_path=reference.owner_path(owner),
            unit_path=reference.unit_path(unit), case_ids=(natural_id("case", ACTIVITY, unit),),
        ))
        self.town.settle()

    def feed_back(self, *names: str) -> None:
        """Findings are fed back to the first school."""
        items = tuple(feedback.FeedbackItem(finding_id=uid(name), demand="整改") for name in names)
        self.say(feedback.FeedbackDelivered(
            feedback_id=uid("feedback"), items=items, delivered_at=self.clock(), activity_id=ACTIVITY, unit_id=S1,
        ), uid("feedback"))

    def confirm(self, *names: str) -> None:
        """Findings at the first school are confirmed."""
        for name in names:
            self.say(finding.FindingConfirmed(
                finding_id=uid(name), unit_id=S1, severity=Severity.GENERAL, text="食堂留样记录不全",
                activity_id=ACTIVITY,
            ), uid(name))

    def withdraw(self, name: str) -> None:
        """A finding is withdrawn."""
        self.say(finding.FindingWithdrawn(
            finding_id=uid(name), corrects_event_id=uid("confirmed"), reason="证据有误", authority="复核决定",
        ), uid(name))

    # --- what there is ---------------------------------------------------------------------------

    def told(self, *kinds: type[Event]) -> list[Any]:
        """Every event of rectification in order, or those of some kinds."""
        letters = self.town.announcements("rectification", 0)
        return [letter.event for letter in letters if not kinds or isinstance(letter.event, kinds)]

    def names(self) -> list[str]:
        """The names of everything rectification recorded, in order."""
        return [name_of(type(event)).partition(".")[2] for event in self.told()]

    def outcomes(self) -> list[str]:
        """Why policies and timers were refused."""
        return [(memo.value or b"").decode() for memo in self.app.memos.scan("outcome")]


def policies_of(rules: Mapping[str, str]) -> PolicyStore:
    """The reviewed documents, and those of real places published for fictional ones."""
    store = _reviewed()[0]
    for document in _reviewed()[1]:
        if document.jurisdiction in rules:
            store = store.publish(msgspec.structs.replace(document, jurisdiction=rules[document.jurisdiction]))
    return store


@cache
def _reviewed() -> tuple[PolicyStore, tuple[PolicyDocument, ...]]:
    return reviewed_store(), tuple(reviewed_documents())


def item_of(name: str) -> UUID:
    """The item that a finding becomes."""
    return natural_id("item", uid(name))


def ledger_id(unit: UUID = S1, owner: UUID = OFFICE) -> UUID:
    """The list of a school for the activity."""
    return natural_id("ProblemLedger", unit, ACTIVITY, owner)


def plan_id(unit: UUID = S1) -> UUID:
    """The plan for that list."""
    return natural_id("RectificationPlan", unit, ledger_id(unit))
