"""LargeSchoolList: every row of its table is accepted, quiet, refused elsewhere and guarded; lists hold by date."""

from datetime import date
from typing import Any

from contracts.personnel import large_school_list as said
from services.personnel.domain.large_school_list import LargeSchoolList
from tests.kit.cases import Case, folded, staff, suite, uid

LIST, OFFICE, S1, S2 = (uid(name) for name in ("stream", "office", "s1", "s2"))
SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)


def told(**changed: Any) -> dict[str, Any]:
    usual = {"list_id": LIST, "body_id": OFFICE, "schools": (S1,), "reason": "学生数较多", "valid_from": SPRING}
    return {**usual, **changed}


def naming(**changed: Any) -> said.DesignateLargeSchools:
    return said.DesignateLargeSchools(**told(**changed))


def named(**changed: Any) -> said.LargeSchoolsDesignated:
    return said.LargeSchoolsDesignated(**told(**changed))


GUARDS: dict[str, Any] = {
    "NOT_OWN_AREA": {"by": staff("he", body="other")},
    "REASON_MISSING": {"when": naming(reason=" ")},
    "SCHOOL_TWICE": {"when": naming(schools=(S1, S1))},
    "SCHOOL_OUT_OF_SCOPE": {"looked_up": {"schools_outside": [S1]}},
}

CASES = [
    Case(when=naming(), then=[named()], refused=GUARDS),
    Case(given=[named(schools=(S2,))], when=naming(), then=[named()], refused=GUARDS),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, no_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(LargeSchoolList, CASES)


def lists_of(*events: said.LargeSchoolsDesignated) -> LargeSchoolList:
    found: LargeSchoolList = folded(LargeSchoolList, Case(given=[*events], when=naming(), then=[]))
    return found


def test_a_list_holds_from_its_day_on_and_until_the_next_one() -> None:
    lists = lists_of(named(), named(schools=(S1, S2), valid_from=AUTUMN))
    assert lists.on(date(2026, 2, 28)) == frozenset()
    assert lists.on(SPRING) == {S1}
    assert lists.on(AUTUMN) == {S1, S2}


def test_of_two_lists_from_one_day_the_later_said_holds() -> None:
    assert lists_of(named(), named(schools=())).on(SPRING) == frozenset()
