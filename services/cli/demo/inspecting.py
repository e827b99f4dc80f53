"""Inspectors are engaged, schools are visited, what is found is fed back."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.cli.demo.county import INSPECTORS, PROBLEMS, STAFF, School
from services.cli.demo.stage import Act, Stage

LEAD_DAYS = timedelta(days=10)


class Inspecting:
    """One activity for each school, led by the inspectors in turn."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._found, self._visits = stage, 0, 0

    def begin(self) -> None:
        """Engage the inspectors and draft the year's plan."""
        for person in INSPECTORS:
            self._engage(person)
        self._stage.says(STAFF, "scheduling.DraftPlan", plan="plan-2026", body="office", year=2026)

    def _engage(self, person: str) -> None:
        says, card = self._stage.says, f"card-{person}"
        says(STAFF, "personnel.RegisterCandidate", person=person, category="PART_TIME", origin="TEACHER",
             employmentStatus="IN_SERVICE")
        says(STAFF, "personnel.GrantQualification", person=person, batch="batch-2026")
        says(STAFF, "personnel.ApplyForCredential", credential=card, inspector=person)
        says(STAFF, "personnel.IssueCredential", credential=card, issuerBody="office", validFrom="2026-01-01",
             validTo="2028-12-31")
        says(STAFF, "personnel.EngageInspector", inspector=person, engagingBody="committee", category="PART_TIME",
             functions=["SCHOOL"], employmentStatus="IN_SERVICE", selectedOn="2026-02-01")
        says(STAFF, "personnel.ConfirmPreServiceTraining", inspector=person, course="course-2026", hours=24,
             level="CITY")

    def tour(self, schools: Sequence[School], counts: Sequence[int], first: date) -> None:
        """Visit the schools from a day on, two days apart; as many problems are found as counted."""
        stage, day = self._stage, first
        for school, count in zip(schools, counts, strict=True):
            day = stage.working_day(day)
            stage.at(stage.hour_of(stage.working_day(day - LEAD_DAYS)), self._preparing(school, day))
            stage.at(stage.hour_of(day), self._visiting(school, count))
            day += timedelta(days=2)

    def leader(self, school: School) -> str:
        """Who leads at this school."""
        return INSPECTORS[int(school.id[1:]) % len(INSPECTORS)]

    def _preparing(self, school: School, day: date) -> Act:
        def prepare() -> None:
            says, activity = self._stage.says, f"visit-{school.id}"
            says(STAFF, "scheduling.PlanActivity", activity=activity, plan="plan-2026", body="office",
                 axes={"function": "SCHOOL", "target": "SCHOOL"}, targets=[school.id],
                 window={"from": f"{day}", "to": f"{day}"}, legalBasis=["条例§17"])
            says(STAFF, "scheduling.FormTeam", activity=activity, leader=self.leader(school), members=[])
            says(STAFF, "scheduling.ServeNotice", activity=activity, unit=school.id)
        return prepare

    def _visiting(self, school: School, count: int) -> Act:
        def visit() -> None:
            says, leader, activity = self._stage.says, self.leader(school), f"visit-{school.id}"
            says(leader, "scheduling.StartActivity", activity=activity, location=f"{school.name}校门口")
            found = [self._find(school, leader, activity, place) for place in self._drawn(count)]
            feedback = f"feedback-{school.id}"
            says(leader, "findings.PrepareFeedback", feedback=feedback, activity=activity, unit=school.id,
                 form="MEETING")
            says(leader, "findings.DeliverFeedback", feedback=feedback, items=[
                {"finding": short, "demand": PROBLEMS[place].measure} for short, place in found])
        return visit

    def _drawn(self, count: int) -> list[int]:
        return self._stage.rng.sample(range(len(PROBLEMS)), count)

    def _find(self, school: School, leader: str, activity: str, place: int) -> tuple[str, int]:
        self._found += 1
        short, problem = f"f{self._found}", PROBLEMS[place]
        self._stage.says(leader, "findings.RecordFinding", finding=short, activity=activity, unit=school.id,
                         indicatorCode=f"A{place + 1}", indicatorVersion="2026", contentCode=problem.content,
                         severity=problem.severity, text=problem.text, evidences=[f"photo-{short}"])
        self._stage.says(leader, "findings.SubstantiateFinding", finding=short)
        return short, place
