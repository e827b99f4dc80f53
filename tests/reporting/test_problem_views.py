"""Shows what the views of problems count: plans, orders, look-backs, reproaches, liability, cases, ledgers by place."""

from datetime import timedelta

import pytest

from contracts.accountability.interview import InterviewFilingCompleted, InterviewNotified
from contracts.rectification.problem_ledger import ItemSuspended
from contracts.rectification.supervision_order import (
    Escalation,
    OrderComplied,
    OrderDeadlineLapsed,
    OrderEscalated,
    OrderOutcomePublished,
)
from services.chassis.pages import Scope
from tests.letters import START, id_of
from tests.reporting.desk import Desk, cells
from tests.reporting.tale import COUNTY, LATER, NEIGHBOUR, PREFECTURE

DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.country()
    for name in ("s1", "s2"):
        desk.school(name, department="edu")
    desk.school("n1", place=NEIGHBOUR)
    return desk


def unit_scope(school: str, place: str = COUNTY) -> Scope:
    return Scope((f"{place}{id_of(school)}",))


def test_a_plan_has_a_row_for_each_item_and_measure_with_its_progress(desk: Desk) -> None:
    desk.item("i1")
    desk.plan("s1", ("i1",), measures=("补齐", "培训"))
    desk.reported("i1", "补齐")
    told = [cells(row, "measure", "done", "state", "next_date") for row in desk.rows("S2").values()]
    assert told == [("补齐", True, "REPORTED", LATER), ("培训", False, "REPORTED", LATER)]
    row = desk.row("S2", f"{id_of('plan-s1')}/{id_of('i1')}/0")
    assert cells(row, "extension_answers", "similar_found", "methods") == (1, 1, ["全校排查"])
    assert desk.letters_behind("S2", f"{id_of('plan-s1')}/{id_of('i1')}/0") == [
        "ItemRegistered", "PlanRequested", "PlanSubmitted", "CompletionReported",
    ]


def test_a_plan_that_is_not_submitted_shows_its_items_and_one_sent_back_says_why(desk: Desk) -> None:
    desk.item("i1")
    desk.plan("s1", ("i1",), measures=())
    assert [cells(row, "measure", "plan_state") for row in desk.rows("S2").values()] == [(None, "REQUESTED")]
    desk.sent_back("s1")
    (found,) = desk.rows("S2", unit_scope("s1")).values()
    assert cells(found, "plan_state", "sent_back") == ("RETURNED", ("EXTENSION_MISSING",))
    assert desk.rows("S2", unit_scope("s2")) == {}


def test_an_order_is_hidden_from_the_unit_until_it_is_issued(desk: Desk) -> None:
    desk.order("o1", "s1", "i1")
    assert desk.rows("C10", unit_scope("s1")) == {}
    assert desk.row("C10", "o1")["issued"] is False
    desk.issued("o1", "s1", "i1")
    assert cells(desk.row("C10", "o1", scope=unit_scope("s1")), "issued", "cohort", "items") == (True, "2026-03", 1)


def test_an_order_complied_with_after_its_day_is_not_in_time(desk: Desk) -> None:
    for order in ("o1", "o2"):
        desk.issued(order, "s1")
    desk.of_order("o1", "s1", OrderComplied, verifier_id=id_of("wu"))
    desk.of_order("o2", "s1", OrderDeadlineLapsed, due_at=LATER)
    desk.of_order("o2", "s1", OrderEscalated, to=Escalation.CIRCULAR)
    desk.of_order("o2", "s1", OrderOutcomePublished, channel="门户网站")
    assert cells(desk.row("C10", "o1"), "state", "complied_in_time") == ("COMPLIED", True)
    assert cells(desk.row("C10", "o2"), "lapsed", "complied_in_time", "escalated_to", "published") == (
        True, False, "CIRCULAR", True,
    )
    assert cells(desk.row("T1", "990101"), "order_rate", "order_rate_denominator") == ("1/2", 2)


def looked_back(desk: Desk) -> None:
    for item in ("i1", "i2", "i3"):
        desk.item(item)
        desk.written_off(item)
    desk.looked("look", "s1", "i1", "i2", "i3")
    desk.performed("look")
    desk.false("look", "i1")
    desk.reopened("i1")
    desk.rebounded("look", "i2")
    desk.reopened("i2", cause="REBOUNDED")


def test_each_item_looked_back_at_has_a_row_with_what_was_found_and_how(desk: Desk) -> None:
    looked_back(desk)
    found = {key: cells(row, "state", "methods") for key, row in desk.rows("C11").items()}
    assert found == {
        f"{id_of('i1')}/{id_of('look')}": ("FALSE", ("ON_SITE",)),
        f"{id_of('i2')}/{id_of('look')}": ("REBOUNDED", ("ON_SITE",)),
        f"{id_of('i3')}/{id_of('look')}": ("PENDING", ("ON_SITE",)),
    }


def test_a_scheduled_look_back_is_hidden_from_the_unit_until_it_is_performed(desk: Desk) -> None:
    desk.looked("look", "s1", "i1")
    assert desk.rows("C11", unit_scope("s1")) == {} and len(desk.rows("C11")) == 1
    desk.performed("look")
    assert len(desk.rows("C11", unit_scope("s1"))) == 1


def test_false_rectification_names_the_original_verifier_to_bodies_and_not_to_the_unit(desk: Desk) -> None:
    looked_back(desk)
    desk.conduct("wang")
    found = desk.row("P10", "s1", scope=Scope((COUNTY,)))
    assert cells(found, "false", "rebounded", "verifier", "conduct") == (1, 1, str(id_of("wang")), ["REPORTED"])
    assert cells(found, "false_rate", "false_rate_denominator") == ("1", 1)
    assert "ConductReported" in desk.letters_behind("P10", str(id_of("s1")))
    assert desk.rows("P10", unit_scope("s1")) == {} and desk.rows("P10", Scope((NEIGHBOUR,))) == {}


def test_an_interview_is_complete_when_its_filing_is_and_names_who_has_not_acknowledged(desk: Desk) -> None:
    desk.interview("talk", "s1")
    assert desk.rows("C12", unit_scope("s1")) == {}
    desk.says(InterviewNotified(interview_id=id_of("talk"), notified_at=START), "talk", "s1")
    desk.filed("talk", "s1", "party", receipt=True)
    desk.filed("talk", "s1", "government", receipt=False)
    found = desk.row("C12", "talk", scope=unit_scope("s1"))
    assert cells(found, "filed", "receipts", "complete", "missing") == (2, 1, False, [str(id_of("government"))])
    desk.says(InterviewFilingCompleted(interview_id=id_of("talk"), addressees=()), "talk", "s1")
    assert desk.row("C12", "talk")["complete"] is True


def test_a_circular_is_complete_when_every_recipient_has_acknowledged(desk: Desk) -> None:
    desk.circular("c1", "s1", "party", "government")
    desk.received("c1", "s1", "party")
    assert cells(desk.row("C12", "c1"), "kind", "complete", "grounds") == ("CIRCULAR", False, ("SHIRKING",))
    desk.received("c1", "s1", "government")
    assert desk.row("C12", "c1")["complete"] is True


def test_a_department_answers_for_the_open_items_of_its_units(desk: Desk) -> None:
    desk.item("i1")
    desk.item("i2", "s2")
    desk.item("i3", "s2", department="finance")
    desk.lapsed("i2")
    desk.written_off("i1")
    desk.urged("i2", "edu")
    desk.liable("i2", "edu")
    assert cells(desk.row("C13", "edu"), "units", "open", "overdue", "urgings", "liable") == (1, 1, 1, 1, 1)
    assert cells(desk.row("C13", "finance"), "open", "liable") == (1, 0)
    assert set(desk.rows("C13", Scope(party=str(id_of("edu"))))) == {str(id_of("edu"))}
    assert "JointLiabilityEstablished" in desk.letters_behind("C13", str(id_of("edu")))


def test_a_case_tells_grounds_measures_private_school_and_publication(desk: Desk) -> None:
    desk.school("p1", ownership="PRIVATE")
    desk.case("case", "p1")
    desk.decided("case", "p1")
    found = desk.row("P11", "case")
    assert cells(found, "grounds", "tier", "measures", "private_school", "published") == (
        ("REFUSED_DECISION",), "B", ["REVOKE_LICENCE"], True, False,
    )
    assert found["private_measures"] == [{"kind": "REVOKE_LICENCE", "state": "PROPOSED"}]
    desk.published("case", "p1")
    assert cells(desk.row("P11", "case"), "published", "publicity") == (True, "LOCAL")
    assert desk.rows("P11", unit_scope("p1")) == {}


def test_the_write_off_rate_of_a_cohort_leaves_out_what_was_reopened(desk: Desk) -> None:
    for n in range(4):
        desk.item(f"i{n}")
        desk.written_off(f"i{n}")
    desk.reopened("i0")
    found = desk.row("P1", "990101")
    assert cells(found, "write_off_rate", "reopened_rate", "open", "reopened") == ("3/4", "1/4", 1, 1)
    assert cells(desk.row("C1", "s1"), "open", "reopened") == (1, 1)
    (cohort,) = found["cohorts"]
    assert cells(cohort, "month", "write_off_rate_numerator", "write_off_rate_denominator") == ("2026-03", 3, 4)


def test_a_cohort_is_a_month_in_china(desk: Desk) -> None:
    desk.item("i1", at=START.replace(month=3, day=31, hour=15, minute=59))
    desk.item("i2", at=START.replace(month=3, day=31, hour=16))
    assert [cohort["month"] for cohort in desk.row("P1", "990101")["cohorts"]] == ["2026-03", "2026-04"]


def test_the_median_age_is_exact_over_all_open_items_and_no_average_of_medians(desk: Desk) -> None:
    for n, (unit, day) in enumerate([("s1", 0), ("s1", 1), ("s2", 2), ("n1", 5)]):
        desk.item(f"i{n}", unit, at=START + day * DAY)
    found = {key: row["median_age"] for key, row in desk.rows("P1").items()}
    assert found == {"990101": "59", "990102": "55", "990100": "117/2", "990000": "117/2"}
    desk.of_item("i3", ItemSuspended, reason="拆迁", review_at=LATER)
    assert cells(desk.row("P1", "990102"), "median_age", "open", "suspended") == (None, 0, 1)


def test_a_school_run_from_above_is_counted_once_in_the_place_of_its_managing_body(desk: Desk) -> None:
    desk.school("own", managed_by=f"office-{PREFECTURE}")
    desk.item("i1", "own")
    desk.item("i2", "s1")
    found = {key: row["open"] for key, row in desk.rows("P1").items()}
    assert found == {"990000": 2, "990100": 2, "990100/own": 1, "990101": 1, "990102": 0}
    assert {key: row["open"] for key, row in desk.rows("T1").items()} == {
        "990100/own": 1, "990101": 1, "990102": 0,
    }
