"""Appointment: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.personnel import appointment as said
from contracts.personnel.assessment import AssessmentGrade, AssessmentKind
from services.chassis.life_cycle import Refused
from services.personnel.domain.appointment import Appointment
from tests.kit.cases import AT, TIMER, Case, decide, folded, suite, uid

TERM, WANG = uid("stream"), uid("wang")
FROM, TO, LATER = date(2026, 3, 1), date(2029, 2, 28), date(2032, 2, 28)
END = datetime(2029, 2, 28, 16, tzinfo=UTC)
NATION = {"appointment.partTime.termYears": 3, "appointment.partTime.maxConsecutiveTerms": 3}
BEIJING = {**NATION, "assessment.kinds": ["ANNUAL", "TERM"]}
SERVES: dict[str, Any] = {"inspector_state": "ACTIVE", "part_time": True}
FIRST: dict[str, Any] = {**SERVES, "term_number": 1}
ANNUAL, TERMLY, PASSED = AssessmentKind.ANNUAL, AssessmentKind.TERM, AssessmentGrade.QUALIFIED


def opening(**changed: Any) -> said.OpenAppointment:
    return said.OpenAppointment(
        **{"appointment_id": TERM, "inspector_id": WANG, "from_": FROM, "to": TO, **changed})


def attaching(kind: AssessmentKind = TERMLY, grade: AssessmentGrade = PASSED) -> said.AttachAssessment:
    return said.AttachAssessment(appointment_id=TERM, assessment_id=uid("t"), kind=kind, grade=grade)


def assessed(kind: AssessmentKind = TERMLY, grade: AssessmentGrade = PASSED) -> said.AppointmentAssessed:
    return said.AppointmentAssessed(appointment_id=TERM, assessment_id=uid("t"), kind=kind, grade=grade)


def renewing(**changed: Any) -> said.RenewAppointment:
    return said.RenewAppointment(
        **{"appointment_id": TERM, "new_to": LATER, "term_assessment_id": uid("t"), **changed})


def opened(term: int = 1) -> said.AppointmentOpened:
    return said.AppointmentOpened(appointment_id=TERM, inspector_id=WANG, from_=FROM, to=TO, term_number=term)


RENEWED = said.AppointmentRenewed(
    appointment_id=TERM, old_to=TO, new_to=LATER, term_number=2, term_assessment_id=uid("t"))
TERMINATE = said.TerminateAppointment(
    appointment_id=TERM, ground=said.TerminationGround.MISCONDUCT, decision_id=uid("d"))

CASES = [
    Case(when=opening(), policy=NATION, looked_up=FIRST, then=[opened()], refused={
        "NOT_IN_SERVICE": {"looked_up": {**FIRST, "inspector_state": "EXITED"}},
        "DATES_REVERSED": {"when": opening(to=date(2026, 2, 1))},
        "APPOINTMENT_RUNNING": {"looked_up": {**FIRST, "another_in_force": True}},
        "TERM_TOO_LONG": {"when": opening(to=date(2029, 3, 2))},
        "TERM_LIMIT_REACHED": {"looked_up": {**SERVES, "term_number": 4}},
    }),
    Case(given=[opened()], when=attaching(), looked_up={"confirmed": (WANG, TERMLY, PASSED)}, then=[assessed()],
         refused={
        "NOT_ANNUAL_OR_TERM": {"when": attaching(AssessmentKind.REGULAR)},
        "ASSESSMENT_NOT_CONFIRMED": {"looked_up": {"confirmed": None}},
    }),
    Case(given=[opened(), assessed()], when=renewing(), policy=BEIJING, looked_up=SERVES, then=[RENEWED], refused={
        "NOT_IN_SERVICE": {"looked_up": {"inspector_state": "EXITED", "part_time": True}},
        "TERM_ASSESSMENT_MISSING": {"given": [opened()]},
        "ASSESSMENT_NOT_PASSED": {"given": [opened(), assessed(grade=AssessmentGrade.UNQUALIFIED)]},
        "RENEWAL_REASON_MISSING": {"policy": NATION, "when": renewing(term_assessment_id=None)},
        "NOT_LATER": {"when": renewing(new_to=TO)},
        "TERM_TOO_LONG": {"when": renewing(new_to=date(2032, 3, 1))},
        "TERM_LIMIT_REACHED": {"given": [opened(3), assessed()]},
    }),
    Case(given=[opened()], when=said.EndAppointment(appointment_id=TERM, reason="辞聘"),
         then=[said.AppointmentEnded(appointment_id=TERM, ended_at=AT, reason="辞聘")],
         refused={"REASON_MISSING": {"when": said.EndAppointment(appointment_id=TERM, reason="")}}),
    Case(given=[opened()], when=TERMINATE, looked_up={"decided_grounds": {"MISCONDUCT"}},
         then=[said.AppointmentTerminated(
             appointment_id=TERM, at=AT, ground=said.TerminationGround.MISCONDUCT, decision_id=uid("d"))],
         refused={"DECISION_NOT_FOUND": {"looked_up": {"decided_grounds": {"ASSESSMENT_FAILED"}}}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Appointment, CASES)


def test_beijing_wants_a_term_assessment_and_weihai_takes_yearly_ones_with_a_reason() -> None:
    yearly = [opened(), assessed(ANNUAL)]
    wish = renewing(term_assessment_id=None, reason="年度考核均合格")
    with pytest.raises(Refused, match="TERM_ASSESSMENT_MISSING"):
        decide(Appointment, Case(given=yearly, when=wish, policy=BEIJING, looked_up=SERVES, then=[]))
    weihai = {**NATION, "assessment.kinds": ["REGULAR"]}
    (event,) = decide(Appointment, Case(given=yearly, when=wish, policy=weihai, looked_up=SERVES, then=[]))
    assert (event.reason, event.term_number) == ("年度考核均合格", 2)


def test_the_assessment_of_one_term_does_not_renew_the_next() -> None:
    given = [opened(), assessed(), RENEWED]
    wish = renewing(new_to=date(2035, 2, 28))
    with pytest.raises(Refused, match="TERM_ASSESSMENT_MISSING"):
        decide(Appointment, Case(given=given, when=wish, policy=BEIJING, looked_up=SERVES, then=[]))


def test_a_term_ends_by_itself_after_its_last_day_and_then_ran_out() -> None:
    ending = said.EndAppointment(appointment_id=TERM, reason="聘期届满")
    term = folded(Appointment, Case(given=[opened()], when=ending, then=[]))
    assert list(term.timers()) == [(END, ending)]
    assert decide(Appointment, Case(given=[opened()], by=TIMER, when=ending, then=[])) == ()
    (ended,) = decide(Appointment, Case(given=[opened()], by=TIMER, at=END, when=ending, then=[]))
    assert term.evolve(ended).ran_out
    assert list(term.timers()) == []


def test_full_time_inspectors_have_no_limit_of_terms() -> None:
    case = Case(when=opening(), policy=NATION, looked_up={**SERVES, "part_time": False, "term_number": 4}, then=[])
    assert decide(Appointment, case)[0].term_number == 4
