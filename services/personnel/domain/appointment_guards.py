"""Reasons to refuse that concern a term of appointment (domain 3.1.2)."""

from typing import Any

from contracts.personnel.assessment import AssessmentGrade, AssessmentKind
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.personnel.domain.eligibility import years_later


@refuses("该督学已有在任聘期")
def appointment_running(_: Any, __: Any, facts: Facts) -> bool:
    """One term at a time."""
    return bool(facts.get("another_in_force"))


@refuses("聘期超过规定年数")
def term_too_long(appointment: Any, command: Any, facts: Facts) -> bool:
    """A term has so many years at most (policy appointment.partTime.termYears or appointment.fullTime.termYears)."""
    key = "appointment.partTime.termYears" if facts.get("part_time") else "appointment.fullTime.termYears"
    years: int | None = facts.policy.get(key)
    start, end = getattr(command, "from_", appointment.to), getattr(command, "to", None) or command.new_to
    return years is not None and bool(end > years_later(start, years))


@refuses("连续聘期已达上限")
def term_limit_reached(appointment: Any, _: Any, facts: Facts) -> bool:
    """Part-time inspectors serve a limited number of consecutive terms (appointment.partTime.maxConsecutiveTerms)."""
    most = facts.policy.get("appointment.partTime.maxConsecutiveTerms") if facts.get("part_time") else None
    next_term = facts.get("term_number") or appointment.term_number + 1
    return most is not None and next_term > most


@refuses("只有年度考核和聘期考核记入聘期")
def not_annual_or_term(_: Any, command: Any, __: Facts) -> bool:
    """The others serve other ends."""
    return command.kind not in {AssessmentKind.ANNUAL, AssessmentKind.TERM}


@refuses("考核结果未经确认")
def assessment_not_confirmed(appointment: Any, command: Any, facts: Facts) -> bool:
    """Confirmed, of this inspector, of this kind, with this grade."""
    return facts.get("confirmed") != (appointment.inspector_id, command.kind, command.grade)


@refuses("续聘须有本聘期的聘期考核")
def term_assessment_missing(appointment: Any, command: Any, facts: Facts) -> bool:
    """Where policy has term assessments (assessment.kinds; BJ §二(四)¶4); one that is named must be attached."""
    named = appointment.assessments.get(str(command.term_assessment_id))
    if command.term_assessment_id is None:
        return AssessmentKind.TERM.value in (facts.policy.get("assessment.kinds") or ())
    return named is None or named.kind is not AssessmentKind.TERM


@refuses("聘期考核不合格，不得续聘")
def assessment_not_passed(appointment: Any, command: Any, _: Facts) -> bool:
    """Only a passed term is renewed."""
    named = appointment.assessments.get(str(command.term_assessment_id))
    return named is not None and named.grade is AssessmentGrade.UNQUALIFIED


@refuses("没有聘期考核的，续聘须写明理由")
def renewal_reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """Yearly assessments alone carry a renewal only with a reason."""
    return command.term_assessment_id is None and not (command.reason or "").strip()


@refuses("新的截止日期须晚于原截止日期")
def not_later(appointment: Any, command: Any, _: Facts) -> bool:
    """A renewal renews."""
    return bool(command.new_to <= appointment.to)


@refuses("没有所依据的考核结果或处理决定")
def decision_not_found(_: Any, command: Any, facts: Facts) -> bool:
    """A failed assessment, a conduct decision, or the exit that followed from one."""
    return command.ground.value not in (facts.get("decided_grounds") or ())
