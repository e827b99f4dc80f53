"""A tale told by all services, for tests of views: places, schools, people, draws, orders, look-backs, cases.

Short names stand for ids. Every method says one letter, about the county 990101 under 990100 unless told otherwise.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.personnel import (
    credential,
    inspector,
    large_school_list,
    responsibility_area,
    school_listing,
    training_year,
)
from contracts.record import Event
from contracts.registry import body, jurisdiction, policy_document, supervised_unit
from contracts.scheduling import annual_plan, burden_ledger, double_random_draw
from contracts.values import Function, Tier
from services.chassis.casebook import Casebook
from tests.letters import START, Sender, id_of

SENDERS = ("registry", "personnel", "scheduling", "findings", "rectification", "accountability")
PROVINCE, PREFECTURE = "990000/", "990000/990100/"
COUNTY, NEIGHBOUR = "990000/990100/990101/", "990000/990100/990102/"
LATER = START + timedelta(days=40)
HUNAN = {
    "staffing.inspectorsPerSchool": ("1/5", ()),
    "staffing.fullTimeShare.min": ("3/10", ("county",)),
    "staffing.fullTimeShare.max": ("1/3", ("county",)),
}


def ids(names: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(map(id_of, names))


class Tale:
    """Six logs; `rectification` and the like are there for what is said too seldom to have a method."""

    def __init__(self) -> None:
        self.senders = {name: Sender(name) for name in SENDERS}
        self._places: dict[str, str] = {}

    def says(
        self, event: Event, stream: str, unit: str | None = None, *, place: str = COUNTY, office: str | None = None,
        **said: Any,
    ) -> Letter:
        sender = self.senders[type(event).__module__.split(".")[1]]
        home = self._places.get(unit or "", place)
        owner = f"{home}{id_of(office or f'office-{home}')}"
        return sender.says(event, stream, unit, place=home, owner_path=owner, **said)

    def file_into(self, casebook: Casebook) -> Casebook:
        for name in SENDERS:
            casebook.file(self.senders[name].letters)
        return casebook

    # --- the registry -----------------------------------------------------------------------------

    def place(self, path: str, kind: str) -> None:
        *_, parent, code = ["", *path.strip("/").split("/")]
        self.senders["registry"].says(jurisdiction.JurisdictionRegistered(
            jurisdiction_id=id_of(code), code=code, name=f"示例{code}", kind=jurisdiction.JurisdictionKind[kind],
            parent_code=parent or None,
        ), code, None, owner_path=path)

    def office(self, place: str, tier: str = "COUNTY", name: str | None = None, kind: str = "OFFICE") -> None:
        name = name or f"office-{place}"
        self.senders["registry"].says(body.BodyRegistered(
            body_id=id_of(name), kind=body.BodyKind[kind], tier=Tier[tier], placement=place.split("/")[-2], name=name,
        ), name, None, owner_path=place)

    def year_plan(self, late: bool = False) -> None:
        plan, due = id_of("y2026"), START + timedelta(days=1)
        said: Event = annual_plan.PlanFilingLapsed(plan_id=plan, due_at=due) if late else annual_plan.PlanDrafted(
            plan_id=plan, body_id=id_of(f"office-{COUNTY}"), year=2026, filing_due_at=due)
        self.says(said, "y2026")

    def country(self) -> None:
        for path, kind, tier in [
            (PROVINCE, "PROVINCE", "PROVINCE"), (PREFECTURE, "PREFECTURE", "CITY"), (COUNTY, "COUNTY", "COUNTY"),
            (NEIGHBOUR, "COUNTY", "COUNTY"),
        ]:
            self.place(path, kind)
            self.office(path, tier)

    def school(
        self, name: str, kind: str | None = "PRIMARY", place: str = COUNTY, managed_by: str | None = None,
        ownership: str = "PUBLIC", department: str | None = None,
    ) -> None:
        self._places[name] = place
        unit, log = id_of(name), self.senders["registry"]
        log.says(supervised_unit.SupervisedUnitRegistered(
            unit_id=unit, kind=supervised_unit.UnitKind.SCHOOL, name=name, located_in=place.split("/")[-2],
        ), name, None, owner_path=place)
        if kind is not None:
            log.says(supervised_unit.SchoolProfileChanged(
                unit_id=unit, school_type=supervised_unit.SchoolType[kind], students=500, campuses=1,
                ownership=supervised_unit.Ownership[ownership], valid_from=date(2020, 1, 1),
            ), name, None, owner_path=place)
        if managed_by or department:
            log.says(supervised_unit.UnitManagementChanged(
                unit_id=unit, managed_by=id_of(managed_by or f"office-{place}"), valid_from=date(2020, 1, 1),
                competent_department_id=id_of(department) if department else None,
            ), name, None, owner_path=place)

    def renamed(self, school: str, name: str, since: date) -> None:
        event = supervised_unit.UnitRenamed(unit_ids=(id_of(school),), name=name, valid_from=since)
        self.senders["registry"].says(event, school, school, owner_path=self._places[school])

    def managed(self, school: str, body: str, department: str, since: date) -> None:
        self.senders["registry"].says(supervised_unit.UnitManagementChanged(
            unit_id=id_of(school), managed_by=id_of(body), competent_department_id=id_of(department), valid_from=since,
        ), school, None, owner_path=self._places[school])

    def split(self, school: str, *successors: str, since: date) -> None:
        event = supervised_unit.UnitSplit(
            unit_ids=(id_of(school),), successor_ids=ids(successors), valid_from=since)
        self.senders["registry"].says(event, school, school, owner_path=self._places[school])

    def place_renamed(self, path: str, name: str, since: date) -> None:
        self._of_place(path, jurisdiction.JurisdictionRenamed, name=name, valid_from=since)

    def place_moved(self, path: str, parent: str, since: date) -> None:
        self._of_place(path, jurisdiction.JurisdictionMoved, parent_code=parent, valid_from=since)

    def place_closed(self, path: str, since: date) -> None:
        self._of_place(path, jurisdiction.JurisdictionClosed, valid_from=since)

    def _of_place(self, path: str, kind: type[Event], **said: Any) -> None:
        code = path.split("/")[-2]
        event = kind(jurisdiction_id=id_of(code), code=code, **said)
        self.senders["registry"].says(event, code, None, owner_path=path)

    def policy(
        self, values: dict[str, Any] | None = None, place: str = "990000", version: int = 1, since: date | None = None,
    ) -> None:
        told = HUNAN if values is None else values
        self.senders["registry"].says(policy_document.PolicyPublished(
            document_id=id_of(f"policy-{place}"), jurisdiction=place, document=f"{place}.yaml", version=version,
            status=policy_document.PolicyStatus.IN_FORCE, kind="PROVINCE", title="示例政策", valid_from=since,
            values=tuple(
                policy_document.PublishedValue(key=key, v=v, levels=levels) for key, (v, levels) in told.items()
            ),
        ), f"policy-{place}", None, owner_path=f"{place}/")

    # --- personnel --------------------------------------------------------------------------------

    def engaged(
        self, name: str, category: str = "PART_TIME", place: str = COUNTY, at: datetime | None = None
    ) -> None:
        kind = inspector.Category[category]
        told: dict[str, Any] = {
            "inspector_id": id_of(name), "category": kind, "functions": (Function.SCHOOL,),
            "selected_on": date(2026, 1, 1),
        }
        event: Event
        if category == "FULL_TIME":
            event = inspector.InspectorAppointed(
                appointing_body_id=id_of(f"office-{place}"), home_tier=Tier.COUNTY, **told
            )
        else:
            event = inspector.InspectorEngaged(
                engaging_body_id=id_of(f"office-{place}"), consecutive_terms=1,
                employment_status=inspector.EmploymentStatus.IN_SERVICE, **told,
            )
        self.says(event, name, place=place, at=at)

    def active(self, name: str, category: str = "PART_TIME", place: str = COUNTY, at: datetime | None = None) -> None:
        self.engaged(name, category, place, at)
        self.says(inspector.PreServiceTrainingCompleted(
            inspector_id=id_of(name), course_id=id_of("course"), hours=8, level=Tier.COUNTY,
        ), name, place=place)

    def suspended(self, name: str) -> None:
        self.says(inspector.InspectorSuspended(inspector_id=id_of(name), reason="核查"), name)

    def exited(self, name: str) -> None:
        self.says(inspector.InspectorExited(
            inspector_id=id_of(name), ground=inspector.ExitGround.RESIGNED, decided_by=id_of("office"),
            effective_at=self.senders["personnel"].clock,
        ), name)

    def card(self, name: str, until: date = date(2029, 1, 1)) -> None:
        self.says(credential.CredentialIssued(
            credential_id=id_of(f"card-{name}"), inspector_id=id_of(name), number="督学证〔2026〕1号",
            issuer_body_id=id_of("office"), valid_from=date(2026, 1, 1), valid_to=until,
        ), f"card-{name}")

    def card_suspended(self, name: str) -> None:
        event = credential.CredentialSuspended(credential_id=id_of(f"card-{name}"), reason="核查")
        self.says(event, f"card-{name}")

    def listed(self, school: str, name: str, *fields: str, at: datetime = START) -> None:
        listing = {"listing_id": id_of(f"gate-{school}"), "school_id": id_of(school)}
        self.says(school_listing.ListingAssigned(inspector_id=id_of(name), **listing), f"gate-{school}", school)
        self.says(school_listing.SchoolListed(
            inspector_id=id_of(name), published_at=at, evidence_hash="h",
            public_fields=tuple(school_listing.PublicField(field) for field in fields or ("contact",)), **listing,
        ), f"gate-{school}", school)

    def area(self, name: str, schools: Iterable[str], inspectors: Iterable[str], place: str = COUNTY) -> None:
        self.says(responsibility_area.AreaEstablished(
            area_id=id_of(name), body_id=id_of(f"office-{place}"), schools=ids(schools), inspectors=ids(inspectors),
        ), name, place=place)

    def large(self, *schools: str, since: date = date(2026, 1, 1), place: str = COUNTY) -> Letter:
        return self.says(large_school_list.LargeSchoolsDesignated(
            list_id=id_of(f"large-{place}"), body_id=id_of(f"office-{place}"), schools=ids(schools),
            reason="学生数较多", valid_from=since,
        ), f"large-{place}", place=place)

    def trained(self, name: str, hours: int, kind: str = "CONCENTRATED", year: int = 2026) -> Letter:
        return self.says(training_year.TrainingHoursRecorded(
            inspector_id=id_of(name), year=year, course_id=id_of(f"course-{hours}-{kind}"), hours=hours,
            kind=training_year.TrainingKind[kind], provider_level=Tier.COUNTY, attended_at=START, evidence_hash="h",
        ), f"training-{name}-{year}")

    # --- scheduling -------------------------------------------------------------------------------

    def reserved(self, school: str, activity: str, office: str, days: int = 2, **said: Any) -> Letter:
        return self.says(burden_ledger.BurdenReserved(
            unit_id=id_of(school), period="2026S1", activity_id=id_of(activity), body_id=id_of(office),
            kind=burden_ledger.BurdenKind.SPECIAL, days=days,
        ), f"burden-{school}", school, **said)

    def consumed(self, school: str, activity: str, office: str | None = None, days: int = 2) -> Letter:
        return self.says(burden_ledger.BurdenConsumed(
            unit_id=id_of(school), period="2026S1", activity_id=id_of(activity), days=days,
            body_id=id_of(office) if office else None,
            kind=burden_ledger.BurdenKind.SPECIAL if office else None,
        ), f"burden-{school}", school)

    def prepared(self, draw: str, activity: str = "activity", attempt: int = 1, **said: Any) -> Letter:
        return self.says(double_random_draw.DrawPrepared(
            draw_id=id_of(draw), activity_id=id_of(activity), attempt=attempt, unit_pool=ids(["s1", "s2", "s3"]),
            inspector_pool=ids(["li", "wu", "he"]), unit_count=1, inspector_count=2, strata=(), weights={},
            exclusions=(double_random_draw.Exclusion(
                id=id_of("he"), pool=double_random_draw.Pool.INSPECTORS,
                reason=double_random_draw.ExclusionReason.NO_CREDENTIAL,
            ),),
        ), draw, **said)

    def committed(self, draw: str) -> Letter:
        event = double_random_draw.DrawCommitted(draw_id=id_of(draw), commitment="c0ffee", algorithm_version="1")
        return self.says(event, draw)

    def executed(self, draw: str, units: Iterable[str] = ("s1",), inspectors: Iterable[str] = ("li", "wu")) -> Letter:
        return self.says(double_random_draw.DrawExecuted(
            draw_id=id_of(draw), seed="5eed", units=ids(units), inspectors=ids(inspectors),
            contributions=(double_random_draw.SeedContribution(
                party="观察员", method=double_random_draw.SeedMethod.DICE, value="4",
            ),),
        ), draw)

    def abandoned(self, draw: str) -> Letter:
        return self.says(double_random_draw.DrawAbandoned(draw_id=id_of(draw), reason="名录有误"), draw)
