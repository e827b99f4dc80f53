"""A county in which something is planned, drawn and visited: people, cards, a plan, and what was told."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from contracts.personnel import credential, inspector
from contracts.record import Command, Event
from contracts.scheduling import annual_plan, inspection_activity
from contracts.values import Confidentiality, Function, Role, Tier, Window, natural_id
from services.chassis.application import ServiceApplication
from services.chassis.facts import Origin
from services.chassis.parked import parked_letters
from services.chassis.policy_values import PolicyDocument, PolicyEntry
from services.chassis.town import Town
from services.personnel.application import Personnel
from services.registry.policy_documents import reviewed_documents
from services.scheduling.application import Scheduling
from tests.kit.cases import uid
from tests.kit.county import COUNTY, LI, ZHOU, grant, settle_county, town_of
from tests.rectification.county import FindingsSpeaker

OFFICE, CITY, S1, S2 = uid("office"), uid("city"), uid("s1"), uid("s2")
PLAN = natural_id("AnnualPlan", OFFICE, 2026)
CITY_PLAN = natural_id("AnnualPlan", CITY, 2026)
AXES = inspection_activity.Axes(
    function=Function.SCHOOL, target=inspection_activity.Target.SCHOOL, scope=inspection_activity.Scope.SPECIAL)
COVERT = msgspec.structs.replace(AXES, visibility=inspection_activity.Visibility.COVERT)


class SchedulingCounty:
    """Registry, personnel and scheduling in one process, with the reviewed local defaults and what a test adds."""

    def __init__(
        self, policy: Mapping[str, Any] | None = None, modality: Mapping[str, Any] | None = None,
        personnel: type[ServiceApplication] = Personnel,
    ) -> None:
        self.town: Town = settle_county(town_of(personnel, Scheduling, FindingsSpeaker))
        self.app = self.town.services["scheduling"]
        local = next(d for d in reviewed_documents() if d.jurisdiction == "LOCAL")
        for service in self.town.services.values():
            service.reference.publish(local)
        self.rule(policy or {}, modality or {})
        self.li(annual_plan.DraftPlan(plan_id=PLAN, body_id=OFFICE, year=2026))

    def rule(self, policy: Mapping[str, Any], modality: Mapping[str, Any] | None = None) -> None:
        """The county publishes a policy."""
        kinds = modality or {}
        entries = {key: PolicyEntry(v=v, modality=kinds.get(key, "M")) for key, v in policy.items()}
        document = PolicyDocument(jurisdiction=COUNTY, kind="COUNTY", document="c", title="c", status="in-force",
                                  values=entries)
        for service in self.town.services.values():
            service.reference.publish(document)

    def li(self, *commands: Command) -> None:
        """Staff of the county's office send something."""
        for command in commands:
            self.town.submit_as(LI, command, at_body=OFFICE)

    def city(self, *commands: Command) -> None:
        """Staff of the city's office do."""
        for command in commands:
            self.town.submit_as(ZHOU, command, at_body=CITY)

    def engage(self, name: str, trained: bool = True) -> UUID:
        """A new inspector with a valid card."""
        person, card = uid(name), uid(f"card-{name}")
        grant(self.town, person, Role.INSPECTOR, body_id=OFFICE)
        at_work = inspector.EmploymentStatus.IN_SERVICE
        self.li(
            inspector.RegisterCandidate(
                person_id=person, category=inspector.Category.PART_TIME, origin=inspector.Origin.TEACHER,
                employment_status=at_work),
            inspector.GrantQualification(person_id=person, batch_id=uid("batch")),
            credential.ApplyForCredential(credential_id=card, inspector_id=person),
            credential.IssueCredential(credential_id=card, issuer_body_id=OFFICE, valid_from=date(2026, 1, 1),
                                       valid_to=date(2026, 12, 31)),
            inspector.EngageInspector(
                inspector_id=person, engaging_body_id=OFFICE, category=inspector.Category.PART_TIME,
                functions=(Function.SCHOOL,), employment_status=at_work, selected_on=date(2026, 2, 1)))
        if trained:
            self.li(inspector.ConfirmPreServiceTraining(
                inspector_id=person, course_id=uid("course"), hours=24, level=Tier.CITY))
        return person

    def leaves(self, name: str) -> None:
        """An inspector resigns."""
        self.li(inspector.RecordExit(inspector_id=uid(name), ground=inspector.ExitGround.RESIGNED, decided_by=OFFICE,
                                     effective_at=self.town.clock.now))

    def hears(
        self, sender: str, event: Event, unit: UUID = S1, owner: UUID = OFFICE,
        confidentiality: Confidentiality = Confidentiality.INTERNAL,
    ) -> None:
        """A letter of a service that decides nothing here."""
        speaker, reference = self.town.services[sender], self.town.services["registry"].reference
        assert isinstance(speaker, FindingsSpeaker)
        speaker.say(uid(f"{type(event).__name__}-{len(self.told())}"), event, Origin(
            jurisdiction=COUNTY, tier=Tier.COUNTY, owner_body=owner, owner_path=reference.owner_path(owner),
            unit_path=reference.unit_path(unit), confidentiality=confidentiality))
        self.town.settle()

    def told(self, *kinds: type[Event]) -> list[Any]:
        """Every event of scheduling in order, or those of some kinds."""
        assert parked_letters(self.app.memos) == []
        letters = self.town.announcements("scheduling", 0)
        return [letter.event for letter in letters if not kinds or isinstance(letter.event, kinds)]

    def names(self) -> list[str]:
        """The names of everything scheduling recorded, in order."""
        return [type(event).__name__ for event in self.told()]

    def outcomes(self) -> list[str]:
        """Why policies and timers were refused."""
        return [(memo.value or b"").decode().partition(":")[0] for memo in self.app.memos.scan("outcome")]


class PersonnelSpeaker(FindingsSpeaker):
    """Says events of personnel without deciding anything."""

    name = "personnel"


def planning(
    name: str = "activity", *targets: UUID, axes: Any = AXES, day: date = date(2026, 3, 9), plan: UUID = PLAN,
    body: UUID = OFFICE, **more: Any,
) -> inspection_activity.PlanActivity:
    """One activity of one day."""
    return inspection_activity.PlanActivity(
        activity_id=uid(name), plan_id=plan, body_id=body, axes=axes, targets=targets or (S1,),
        window=Window(from_=day, to=day), **more)


def proposing(name: str, cause: str, *targets: UUID, day: date = date(2026, 3, 9)) -> Command:
    """The same out of plan."""
    return inspection_activity.ProposeOutOfPlan(
        activity_id=uid(name), cause=inspection_activity.OutOfPlanCause(cause), reason="食物中毒", body_id=OFFICE,
        axes=AXES, targets=targets or (S1,), window=Window(from_=day, to=day))
