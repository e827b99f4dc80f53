"""The establishment of a body: how many inspectors its schools need, what is out of band; warnings, never blocks."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import msgspec

from contracts.personnel.inspector import Category, EmploymentStatus
from services.chassis.facts import AppliedPolicy
from services.chassis.policy_values import china_day, fraction
from services.chassis.reference import NATION, Unit
from services.chassis.staffing import Verdict, full_time_band, judge_full_time, required
from services.personnel.copies import Profile, Unlisted
from services.personnel.domain.eligibility import FULL_TIME
from services.personnel.domain.inspector import Inspector
from services.personnel.domain.large_school_list import LargeSchoolList
from services.personnel.finding import App, naming

EMPLOYERS = ("OFFICE", "COMMITTEE", "GOVERNMENT")
"""Who appoints or engages inspectors of one level at one place; together they are one team."""
SERVING = frozenset({"PENDING_TRAINING", "ACTIVE", "SUSPENDED"})
OUTSIDERS = frozenset({Category.SPECIAL_SUPERVISOR, Category.PEOPLES_INSPECTOR})
MOSTLY_IN_SERVICE = frozenset({Category.PART_TIME, Category.EDUCATION_SUPERVISOR})


class Establishment(msgspec.Struct, frozen=True, kw_only=True):
    """Counts and what is to be said about them; `required` None where no level has set a ratio."""

    schools: int
    inspectors: int
    full_time: int
    required: int | None
    verdict: Verdict
    warnings: tuple[str, ...]


def establishment(app: App, body_id: UUID, at: datetime) -> Establishment:
    """Of one body at one instant; large are the schools that a body's list names by then (BJ §二(四)¶1).

    Experts on loan and observers are nobody's inspectors; education supervisors count where policy says so.
    """
    policy, people = _policy(app, body_id, at), _serving(app, body_id)
    counted = [one for one in people if _counts(one, policy)]
    schools = [unit.unit_id for unit in _schools(app, body_id, policy, at)]
    full_time = sum(one.category in FULL_TIME for one in counted)
    needed = _needed(policy, schools, sum(_large(app, school, at) for school in schools))
    least, most = (_share(policy, f"staffing.fullTimeShare.{end}") for end in ("min", "max"))
    verdict = judge_full_time(full_time, len(counted), least, most)
    short = [f"督学不足：{len(schools)} 所学校应配 {needed} 名，现有 {len(counted)} 名。"]
    return Establishment(
        schools=len(schools), inspectors=len(counted), full_time=full_time, required=needed, verdict=verdict,
        warnings=(
            *(short if needed is not None and len(counted) < needed else ()),
            *_of_the_band(verdict, full_time, len(counted), least, most), *_of_service(people, policy),
        ),
    )


def schools_without_listing(app: App, body_id: UUID) -> list[Unlisted]:
    """The open duties to list a school again, SCHOOL_WITHOUT_LISTING, within a body's scope."""
    duties = (app.kept.find(Unlisted, unit.unit_id) for unit in app.reference.units_below(_scope(app, body_id)))
    return [duty for duty in duties if duty is not None]


def _policy(app: App, body_id: UUID, at: datetime) -> AppliedPolicy:
    body = app.reference.body(body_id)
    return AppliedPolicy(app.reference.policies, (NATION, *app.reference.place(body.place).path), at, body.tier)


def _scope(app: App, body_id: UUID) -> str:
    return app.reference.path_of(app.reference.body(body_id).place)


def _serving(app: App, body_id: UUID) -> list[Inspector]:
    own = app.reference.body(body_id)
    bodies = [body for body in app.reference.bodies_at(own.place, *EMPLOYERS) if body.tier is own.tier]
    taken_on = ((body, one) for body in bodies for one in naming(app, Inspector, body.body_id))
    return [one for body, one in taken_on if one.state in SERVING and one.body_id == body.body_id]


def _counts(one: Inspector, policy: AppliedPolicy) -> bool:
    if one.category is Category.EDUCATION_SUPERVISOR:
        return bool(policy.get("staffing.countEducationSupervisors"))
    return one.category not in OUTSIDERS


def _schools(app: App, body_id: UUID, policy: AppliedPolicy, at: datetime) -> list[Unit]:
    kinds = set(policy.get("denominator.schoolKinds") or ("SCHOOL",))
    if policy.get("denominator.includeTrainingInstitutions"):
        kinds.add("TRAINING_INSTITUTION")
    points = policy.get("denominator.includeTeachingPoints")
    scope = _scope(app, body_id)
    below = app.reference.units_below(scope)
    units = [unit for unit in below if unit.kind in kinds and not unit.gone(at)]
    here = [unit for unit in units if _managed_below(app, unit, scope, at)]
    return [unit for unit in here if points or not _teaching_point(app, unit)]


def _managed_below(app: App, unit: Unit, scope: str, at: datetime) -> bool:
    """A school that a body above manages is counted there, not where it lies (HN §6)."""
    manager = app.reference.body_if_known(unit.managed(at).managed_by)
    return manager is None or app.reference.path_of(manager.place).startswith(scope)


def _teaching_point(app: App, unit: Unit) -> bool:
    profile = app.kept.find(Profile, unit.unit_id)
    return profile is not None and profile.school_type == "TEACHING_POINT"


def _large(app: App, school: UUID, at: datetime) -> bool:
    return any(school in held.on(china_day(at)) for held in naming(app, LargeSchoolList, school))


def _needed(policy: AppliedPolicy, schools: list[UUID], many: int) -> int | None:
    ratio, large_ratio = (_share(policy, f"staffing.{name}inspectorsPerSchool") for name in ("", "largeSchool."))
    return None if ratio is None else required(len(schools) - many, ratio, many, large_ratio)


def _share(policy: AppliedPolicy, key: str) -> Fraction | None:
    value: Any = policy.get(key)
    return None if value is None else fraction(value)


def _of_the_band(
    verdict: Verdict, full_time: int, inspectors: int, least: Fraction | None, most: Fraction | None,
) -> list[str]:
    band = full_time_band(inspectors, least, most)
    said = {
        Verdict.BELOW_FLOOR: f"专职督学低于下限：应不少于 {band.least} 名，现有 {full_time} 名。",
        Verdict.ABOVE_CAP: f"专职督学高于“原则上”的上限 {band.most} 名，现有 {full_time} 名，须记录理由。",
        Verdict.JUSTIFIED_EXCEEDANCE: band.note,
    }.get(verdict)
    return [said] if said else []


def _of_service(people: list[Inspector], policy: AppliedPolicy) -> list[str]:
    part = [one for one in people if one.category in MOSTLY_IN_SERVICE]
    active = sum(one.employment_status is EmploymentStatus.IN_SERVICE for one in part)
    if not policy.get("staffing.inServiceMajority") or not part or Fraction(active, len(part)) > Fraction(1, 2):
        return []
    return [f"兼职督学和教育督导员应以在职人员为主：{len(part)} 名中在职 {active} 名。"]
