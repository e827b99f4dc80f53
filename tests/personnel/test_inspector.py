"""Inspector: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from contracts.personnel import inspector as said
from contracts.values import Function, Tier
from services.personnel.domain.eligibility import years_later
from services.personnel.domain.inspector import Inspector
from tests.kit.cases import AT, Case, decide, folded, suite, uid

PERSON, OFFICE, CITY = uid("stream"), uid("office"), uid("city")
OFFICE_KIND = {"authority_kind": "OFFICE"}
EXIT_AT = datetime(2026, 2, 1, tzinfo=UTC)
WEIHAI = {"appointment.retired.maxYearsSinceRetirement": 3}
BEIJING = {
    "appointment.retired.healthRequired": True,
    "appointment.originToFunction": {"CADRE": ["GOVERNMENT_INSPECTION"], "TEACHER": ["SCHOOL_INSPECTION"]},
}
RETIRED = said.EmploymentStatus.RETIRED

REGISTER: dict[str, Any] = {
    "person_id": PERSON, "category": said.Category.PART_TIME, "origin": said.Origin.TEACHER,
    "employment_status": RETIRED, "retired_on": date(2024, 7, 1), "health_attested_at": AT,
}
ENGAGE: dict[str, Any] = {
    "inspector_id": PERSON, "engaging_body_id": OFFICE, "category": said.Category.PART_TIME,
    "functions": (Function.SCHOOL,), "employment_status": RETIRED, "retired_on": date(2024, 7, 1),
    "selected_on": date(2026, 3, 1),
}
APPOINT: dict[str, Any] = {
    "inspector_id": PERSON, "appointing_body_id": uid("government"), "category": said.Category.FULL_TIME,
    "home_tier": Tier.COUNTY, "functions": (Function.GOV,), "selected_on": date(2026, 3, 1),
}
TRAIN: dict[str, Any] = {"inspector_id": PERSON, "course_id": uid("course"), "level": Tier.CITY}

REGISTERED = said.CandidateRegistered(**REGISTER)
QUALIFIED = said.QualificationGranted(person_id=PERSON, batch_id=uid("batch"))
ENGAGED = said.InspectorEngaged(consecutive_terms=1, **ENGAGE)
TRAINED = said.PreServiceTrainingCompleted(hours=24, **TRAIN)
SUSPENDED = said.InspectorSuspended(inspector_id=PERSON, reason="被投诉", conduct_case_id=uid("conduct"))

READY = (REGISTERED, QUALIFIED)
ACTIVE = (*READY, ENGAGED, TRAINED)


def exited(ground: str = "TERM_ENDED") -> said.InspectorExited:
    return said.InspectorExited(
        inspector_id=PERSON, ground=said.ExitGround(ground), decided_by=OFFICE, effective_at=EXIT_AT)


def engaging(**changed: Any) -> said.EngageInspector:
    return said.EngageInspector(**{**ENGAGE, **changed})


def appointing(**changed: Any) -> said.AppointInspector:
    return said.AppointInspector(**{**APPOINT, **changed})


def qualifying(**changed: Any) -> said.GrantQualification:
    return said.GrantQualification(**{"person_id": PERSON, "batch_id": uid("batch"), **changed})


def refusals(given: tuple[Any, ...]) -> dict[str, dict[str, Any]]:
    """Why nobody engages, the first time or again."""
    unhealthy = (msgspec.structs.replace(REGISTERED, health_attested_at=None), *given[1:])
    return {
        "CATEGORY_NOT_ENGAGED": {"when": engaging(category=said.Category.CHIEF)},
        "AUTHORITY_NOT_ALLOWED": {"policy": {"appointment.authority": {"PART_TIME": "COMMITTEE"}}},
        "FUNCTIONS_MISSING": {"when": engaging(functions=())},
        "RETIREMENT_DATE_MISSING": {"when": engaging(retired_on=None)},
        "RETIRED_TOO_LONG": {"policy": WEIHAI, "when": engaging(retired_on=date(2023, 2, 28))},
        "HEALTH_NOT_ATTESTED": {"policy": BEIJING, "given": unhealthy},
        "ORIGIN_NOT_FOR_FUNCTION": {"policy": BEIJING, "when": engaging(functions=(Function.GOV,))},
    }


GONE = (*ACTIVE, exited())

CASES = [
    Case(
        when=said.RegisterCandidate(**REGISTER), then=[REGISTERED],
        refused={"RETIREMENT_DATE_MISSING": {"when": said.RegisterCandidate(**{**REGISTER, "retired_on": None})}},
    ),
    Case(
        given=[REGISTERED], when=qualifying(), then=[QUALIFIED],
        refused={
            "SELECTION_MISSING": {"when": qualifying(batch_id=None)},
            "ACCREDITATION_MISSING": {
                "policy": {"appointment.qualification": "YEARLY_TRAINING_AND_ACCREDITATION"},
                "when": qualifying(training_record_id=uid("training")),
            },
        },
    ),
    Case(
        given=[REGISTERED], when=said.RejectCandidate(person_id=PERSON, reason="未通过"),
        then=[said.CandidateRejected(person_id=PERSON, reason="未通过")],
        refused={"REASON_MISSING": {"when": said.RejectCandidate(person_id=PERSON, reason=" ")}},
    ),
    Case(
        given=READY, when=appointing(), looked_up={"authority_kind": "GOVERNMENT"},
        policy={"appointment.authority": {"FULL_TIME": "GOVERNMENT"}}, then=[said.InspectorAppointed(**APPOINT)],
        refused={
            "CATEGORY_NOT_APPOINTED": {"when": appointing(category=said.Category.PART_TIME)},
            "AUTHORITY_NOT_ALLOWED": {"looked_up": OFFICE_KIND},
            "FUNCTIONS_MISSING": {"when": appointing(functions=())},
        },
    ),
    Case(
        given=READY, when=engaging(), looked_up=OFFICE_KIND, policy={**WEIHAI, **BEIJING}, then=[ENGAGED],
        refused=refusals(READY),
    ),
    Case(
        given=(*READY, ENGAGED), policy={"training.preServiceRequired": True}, then=[TRAINED],
        when=said.ConfirmPreServiceTraining(hours=24, **TRAIN),
        refused={"PRE_SERVICE_MISSING": {"when": said.ConfirmPreServiceTraining(hours=0, **TRAIN)}},
    ),
    Case(
        given=ACTIVE, then=[SUSPENDED], looked_up={"cause_to_suspend": True},
        when=said.SuspendInspector(inspector_id=PERSON, reason="被投诉", conduct_case_id=uid("conduct")),
        refused={
            "REASON_MISSING": {"when": said.SuspendInspector(inspector_id=PERSON, reason="")},
            "NO_CAUSE_TO_SUSPEND": {"looked_up": {}},
        },
    ),
    Case(
        given=(*ACTIVE, SUSPENDED),
        when=said.ReinstateInspector(inspector_id=PERSON, conduct_case_id=uid("conduct")),
        then=[said.InspectorReinstated(inspector_id=PERSON, conduct_case_id=uid("conduct"))],
        refused={
            "ANOTHER_CONDUCT_CASE": {"when": said.ReinstateInspector(inspector_id=PERSON)},
            "CAUSE_REMAINS": {"looked_up": {"cause_remains": True}},
        },
    ),
    Case(
        given=(*READY, ENGAGED), then=[exited()],
        when=said.RecordExit(
            inspector_id=PERSON, ground=said.ExitGround.TERM_ENDED, decided_by=OFFICE, effective_at=EXIT_AT),
    ),
    Case(
        given=GONE, when=engaging(), looked_up=OFFICE_KIND, policy={**WEIHAI, **BEIJING},
        then=[msgspec.structs.replace(ENGAGED, consecutive_terms=2)],
        refused={
            **refusals(GONE),
            "NOT_AFTER_MISCONDUCT": {"given": (*ACTIVE, exited("MISCONDUCT"))},
            "NOT_SELECTED_ANEW": {"when": engaging(selected_on=date(2026, 2, 1))},
            "TOO_MANY_TERMS": {"policy": {"appointment.partTime.maxConsecutiveTerms": 1}},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Inspector, CASES)


def test_after_misconduct_only_the_body_above_the_decider_may_engage() -> None:
    case = Case(
        given=(*ACTIVE, exited("MISCONDUCT")), when=engaging(engaging_body_id=CITY), then=[],
        looked_up={**OFFICE_KIND, "upper_of_decider": CITY})
    assert decide(Inspector, case)[0].consecutive_terms == 1


def test_the_rule_for_municipal_inspectors_does_not_bind_a_district() -> None:
    beijing = {"appointment.authority": {"MUNICIPAL_INSPECTOR": "COMMITTEE"}}
    case = Case(given=READY, when=engaging(), looked_up=OFFICE_KIND, policy=beijing, then=[])
    assert len(decide(Inspector, case)) == 1, "a district's part-time inspector is not a municipal one"


@pytest.mark.parametrize(("retired_on", "allowed"), [(date(2023, 3, 1), True), (date(2023, 2, 28), False)])
def test_the_retired_rule_counts_to_the_date_of_selection_to_the_day(retired_on: date, allowed: bool) -> None:
    assert (date(2026, 3, 1) <= years_later(retired_on, 3)) is allowed


def test_a_leap_day_has_an_anniversary() -> None:
    assert years_later(date(2024, 2, 29), 3) == date(2027, 2, 28)


def test_where_the_person_comes_from_is_not_to_whom_the_stream_belongs() -> None:
    inspector = folded(Inspector, Case(given=[REGISTERED], when=qualifying(), then=[]))
    assert (inspector.came_from, inspector.origin) == ("TEACHER", None)
