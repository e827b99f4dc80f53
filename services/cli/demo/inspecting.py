"""Inspectors are engaged, schools are visited, what is found is fed back."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.cli.demo.county import PROBLEMS, County, School
from services.cli.demo.scales import Tour
from services.cli.demo.stage import Act, Stage

LEAD_DAYS = timedelta(days=10)


class Inspecting:
    """One activity for each school, led by the inspectors in turn."""

    def __init__(self, stage: Stage, county: County) -> None:
        self._stage, self._county, self._found = stage, county, 0

    def begin(self) -> None:
        """Engage the inspectors and draft the year's plan."""
        for person in self._county.inspectors:
            self._engage(person)
        of = self._county.of
        self._stage.says(self._county.staff, "scheduling.DraftPlan", plan=of("plan-2026"), body=of("office"), year=2026)

    def _engage(self, person: str) -> None:
        says, card, of, staff = self._stage.says, f"card-{person}", self._county.of, self._county.staff
        says(staff, "personnel.RegisterCandidate", person=person, category="PART_TIME", origin="TEACHER",
             employmentStatus="IN_SERVICE")
        says(staff, "personnel.GrantQualification", person=person, batch=of("batch-2026"))
        says(staff, "personnel.ApplyForCredential", credential=card, inspector=person)
        says(staff, "personnel.IssueCredential", credential=card, issuerBody=of("office"), validFrom="2026-01-01",
             validTo="2028-12-31")
        says(staff, "personnel.EngageInspector", inspector=person, engagingBody=of("committee"), category="PART_TIME",
             functions=["SCHOOL"], employmentStatus="IN_SERVICE", selectedOn="2026-02-01")
        says(staff, "personnel.ConfirmPreServiceTraining", inspector=person, course=of("course-2026"), hours=24,
             level="CITY")

    def tour(self, tour: Tour, schools: Sequence[School], counts: Sequence[int]) -> None:
        """Visit the schools, some a day; as many problems are found as counted."""
        stage, day = self._stage, tour.first
        for place, (school, count) in enumerate(zip(schools, counts, strict=True)):
            day = stage.working_day(day)
            stage.at(stage.hour_of(stage.working_day(day - LEAD_DAYS)), self._preparing(tour, school, day))
            stage.at(stage.hour_of(day), self._visiting(tour, school, count))
            if (place + 1) % tour.a_day == 0:
                day += timedelta(days=tour.rest)

    def _preparing(self, tour: Tour, school: School, day: date) -> Act:
        def prepare() -> None:
            says, activity = self._stage.says, f"{tour.mark}visit-{school.id}"
            staff, of = self._county.staff, self._county.of
            says(staff, "scheduling.PlanActivity", activity=activity, plan=of("plan-2026"), body=of("office"),
                 axes={"function": "SCHOOL", "target": "SCHOOL"}, targets=[school.id],
                 window={"from": f"{day}", "to": f"{day}"}, legalBasis=["条例§17"])
            says(staff, "scheduling.FormTeam", activity=activity, members=[],
                 leader=self._county.inspector_of(school.id))
            says(staff, "scheduling.ServeNotice", activity=activity, unit=school.id)
        return prepare

    def _visiting(self, tour: Tour, school: School, count: int) -> Act:
        def visit() -> None:
            says, leader = self._stage.says, self._county.inspector_of(school.id)
            activity, feedback = (f"{tour.mark}{what}-{school.id}" for what in ("visit", "feedback"))
            says(leader, "scheduling.StartActivity", activity=activity, location=f"{school.name}校门口")
            found = [self._find(school, leader, activity, place) for place in self._drawn(count)]
            says(leader, "findings.PrepareFeedback", feedback=feedback, activity=activity, unit=school.id,
                 form="MEETING")
            says(leader, "findings.DeliverFeedback", feedback=feedback, items=[
                {"finding": short, "demand": PROBLEMS[place].measure} for short, place in found])
        return visit

    def _drawn(self, count: int) -> list[int]:
        return self._stage.rng.sample(range(len(PROBLEMS)), count)

    def _find(self, school: School, leader: str, activity: str, place: int) -> tuple[str, int]:
        self._found += 1
        short, problem = self._county.of(f"f{self._found}"), PROBLEMS[place]
        self._stage.says(leader, "findings.RecordFinding", finding=short, activity=activity, unit=school.id,
                         indicatorCode=f"A{place + 1}", indicatorVersion="2026", contentCode=problem.content,
                         severity=problem.severity, text=problem.text, evidences=[f"photo-{short}"])
        self._stage.says(leader, "findings.SubstantiateFinding", finding=short)
        return short, place
