"""A small county in memory: registry and personnel under the reviewed policies, and others who only speak."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from contracts.personnel import conduct_case, credential, inspector, school_listing
from contracts.personnel.inspector import Category, EmploymentStatus
from contracts.record import Command, Event
from contracts.values import Function, Tier, natural_id
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Origin
from services.chassis.town import Town
from services.personnel.application import Personnel
from services.registry.policy_documents import reviewed_store
from tests.kit.cases import uid
from tests.kit.county import COUNTY, LI, START, WANG, settle_county, town_of
from tests.rectification.county import FindingsSpeaker

OFFICE, S1, S2 = uid("office"), uid("s1"), uid("s2")
RETIRED_ON = date(2025, 7, 1)
PLATE, CASE = uid("plate"), uid("conduct")


class RectificationSpeaker(FindingsSpeaker):
    """Says events of rectification."""

    name = "rectification"


class SchedulingSpeaker(FindingsSpeaker):
    """Says events of scheduling."""

    name = "scheduling"


class Staffed:
    """The county; its people send commands and others' letters are heard at once."""

    def __init__(self) -> None:
        self.town: Town = settle_county(
            town_of(Personnel, RectificationSpeaker, SchedulingSpeaker, FindingsSpeaker))
        self.app: Any = self.town.services["personnel"]
        self.app.reference.policies = reviewed_store()

    def by(self, person: UUID, command: Command, **said: Any) -> None:
        """A person of the directory sends a command."""
        self.town.submit_as(person, command, **said)

    def hire(
        self, name: str = "wang", category: Category = Category.RESPONSIBLE,
        status: EmploymentStatus = EmploymentStatus.IN_SERVICE,
    ) -> UUID:
        """From candidate to active, with a card that is valid to the end of 2027."""
        who, card = uid(name), uid(f"card-{name}")
        for command in (
            inspector.RegisterCandidate(
                person_id=who, category=category, origin=inspector.Origin.TEACHER,
                employment_status=status, retired_on=RETIRED_ON if status is EmploymentStatus.RETIRED else None,
                health_attested_at=START),
            inspector.GrantQualification(person_id=who, batch_id=uid("batch")),
            credential.ApplyForCredential(credential_id=card, inspector_id=who),
            credential.IssueCredential(
                credential_id=card, issuer_body_id=OFFICE, valid_from=date(2026, 1, 1), valid_to=date(2027, 12, 31)),
            inspector.EngageInspector(
                inspector_id=who, engaging_body_id=OFFICE, category=category, functions=(Function.SCHOOL,),
                employment_status=status, selected_on=date(2026, 2, 1),
                retired_on=RETIRED_ON if status is EmploymentStatus.RETIRED else None),
            inspector.ConfirmPreServiceTraining(
                inspector_id=who, course_id=uid("course"), hours=24, level=Tier.CITY),
        ):
            self.by(LI, command)
        return who

    def list_at(self, school: UUID = S1, name: str = "wang", plate: UUID = PLATE) -> None:
        """Assigned and published."""
        self.by(LI, school_listing.AssignListing(listing_id=plate, school_id=school, inspector_id=uid(name)))
        self.by(LI, school_listing.PublishListing(
            listing_id=plate, public_fields=(school_listing.PublicField.CONTACT,), evidence_hash="photo"))

    def decide(self, outcome: conduct_case.ConductOutcome, case: UUID = CASE) -> None:
        """A case against the inspector, from report to decision."""
        self.by(LI, conduct_case.ReportConduct(
            conduct_case_id=case, inspector_id=WANG, grounds=(conduct_case.ConductGround.NEGLECTED_DUTY,),
            reporter="某家长"))
        self.by(LI, conduct_case.VerifyConduct(conduct_case_id=case, facts="三个月未到校", evidence_hashes=("e",)))
        self.by(LI, conduct_case.DecideConduct(conduct_case_id=case, outcome=outcome, reported_upward=True))

    def say(self, service: str, event: Event, stream: UUID, unit: UUID = S1) -> None:
        """A letter of another service is heard."""
        reference, speaker = self.app.reference, self.town.services[service]
        assert isinstance(speaker, FindingsSpeaker)
        speaker.say(stream, event, Origin(
            jurisdiction=COUNTY, tier=Tier.COUNTY, owner_body=OFFICE, owner_path=reference.owner_path(OFFICE),
            unit_path=reference.unit_path(unit), case_ids=(natural_id("case", uid("activity"), unit),),
        ))
        self.town.settle()

    def load(self, kind: type[Aggregate], stream: UUID) -> Any:
        """An aggregate of personnel."""
        return self.app.load(kind, stream)

    def told(self, *kinds: type[Event]) -> list[Any]:
        """Events of personnel of some kinds, in order."""
        return [e for letter in self.town.announcements("personnel", 0) if isinstance(e := letter.event, kinds)]

    def letters(self, kind: type[Event]) -> list[Any]:
        """Letters of personnel of one kind."""
        return [letter for letter in self.town.announcements("personnel", 0) if isinstance(letter.event, kind)]

    def advance(self, *when: int) -> None:
        """The clock moves to a day."""
        self.town.advance_to(datetime(when[0], when[1], when[2], 1, tzinfo=UTC))
