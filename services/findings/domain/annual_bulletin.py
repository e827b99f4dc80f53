"""AnnualBulletin (年度自评公报): a year's accepted self-assessments, published (domain 3.3.5, SH §6)."""

from typing import Any
from uuid import UUID

from contracts.findings import annual_bulletin as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.findings.domain.guards import not_own_body


@refuses("须列明汇总的自评，每份一次")
def assessments_missing(_: Any, command: Any, __: Facts) -> bool:
    """A bulletin reports something, and nothing twice."""
    return not command.assessment_ids or len(set(command.assessment_ids)) < len(command.assessment_ids)


@refuses("以下自评尚未接受")
def assessment_not_accepted(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """Collected, audited, accepted, published: in this order."""
    return [each for each in command.assessment_ids if _state(facts["assessments"].get(each)) != "ACCEPTED"]


@refuses("以下自评不属于该年度")
def assessment_of_another_year(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """The period of a self-assessment begins with its year."""
    periods = {key: found.period for key, found in facts["assessments"].items() if found}
    return [each for each in command.assessment_ids if not periods.get(each, "").startswith(str(command.year))]


@refuses("以下自评不属于本机构的辖区")
def assessment_outside_area(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """A body collects in its own area."""
    return list(facts.get("outside") or ())


@refuses("须写明公布的网址")
def url_missing(_: Any, command: Any, __: Facts) -> bool:
    """Where everybody can read it."""
    return not command.url.strip()


def _state(assessment: Any) -> str:
    return assessment.state if assessment else "-"


BULLETIN = LifeCycle("bulletin", "年度自评公报", "PUBLISHED", (
    row(NEW, said.PublishBulletin, {said.BulletinPublished: "PUBLISHED"}, who=[not_own_body],
        when=[assessments_missing, assessment_not_accepted, assessment_of_another_year, assessment_outside_area,
              url_missing]),
))


class AnnualBulletin(Aggregate, kw_only=True):
    """One body, one year."""

    life_cycles = (BULLETIN,)
    body_id: UUID | None = None
    year: int = 0
