"""InternalProblem: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from typing import Any

from contracts.findings import internal_problem as said
from services.findings.domain.internal_problem import InternalProblem
from tests.kit.cases import AT, Case, suite, uid, unit_user

PROBLEM, SCHOOL, SCHOOL_USER = uid("stream"), uid("s1"), unit_user()
OTHERS: dict[str, Any] = {"NOT_OF_SCHOOL": {"by": unit_user(unit="s2")}}


def recording(text: str = "实验课开不足") -> said.RecordInternalProblem:
    return said.RecordInternalProblem(problem_id=PROBLEM, school_id=SCHOOL, department_name="教务处", text=text)


def rectifying(evidence: str = "h") -> said.RectifyInternally:
    return said.RectifyInternally(problem_id=PROBLEM, evidence_hash=evidence)


RECORDED = said.InternalProblemRecorded(
    problem_id=PROBLEM, school_id=SCHOOL, department_name="教务处", text="实验课开不足")
FED_BACK = said.InternalProblemFedBack(problem_id=PROBLEM, at=AT)

CASES = [
    Case(when=recording(), by=SCHOOL_USER, then=[RECORDED],
         refused={**OTHERS, "PROBLEM_INCOMPLETE": {"when": recording(" ")}}),
    Case(given=[RECORDED], by=SCHOOL_USER, when=said.FeedBackInternally(problem_id=PROBLEM), then=[FED_BACK],
         refused=OTHERS),
    Case(given=[RECORDED, FED_BACK], by=SCHOOL_USER, when=rectifying(),
         then=[said.InternalProblemRectified(problem_id=PROBLEM, evidence_hash="h")],
         refused={**OTHERS, "PROOF_MISSING": {"when": rectifying("")}}),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(InternalProblem, CASES)
