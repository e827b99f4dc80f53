"""Shows what the views of inspectors count: listing, staffing, full-time share, training."""

from datetime import date, timedelta

import pytest

from contracts.personnel.school_listing import ListingReplaced, ListingWithdrawn
from contracts.personnel.training_year import TrainingHoursCorrected, TrainingYearClosed, TrainingYearOpened
from services.chassis.as_of import Happened
from tests.letters import START, id_of
from tests.reporting.desk import NOW, Desk, cells
from tests.reporting.tale import COUNTY, NEIGHBOUR, PREFECTURE, PROVINCE

YEAR = timedelta(days=365)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.country()
    desk.policy()
    return desk


def listed(desk: Desk, school: str = "s1") -> bool:
    return bool(desk.row("C2", school)["listed"])


def test_a_school_is_covered_by_a_published_listing_of_an_active_inspector_with_a_valid_card(desk: Desk) -> None:
    desk.school("s1")
    assert cells(desk.row("C2", "s1"), "listed", "state", "inspector") == (False, "NONE", None)
    desk.active("wu")
    desk.listed("s1", "wu", "contact", "inspectionMatters")
    assert listed(desk) is False
    desk.card("wu")
    found = desk.row("C2", "s1")
    assert cells(found, "listed", "inspector", "since") == (True, str(id_of("wu")), START)
    assert cells(found, "contact_public", "matters_public") == (True, True)


def test_a_suspended_inspector_or_card_covers_nobody(desk: Desk) -> None:
    for name in ("wu", "li"):
        desk.active(name)
        desk.card(name)
    desk.school("s1")
    desk.school("s2")
    desk.listed("s1", "wu")
    desk.listed("s2", "li")
    assert listed(desk, "s1") and listed(desk, "s2")
    desk.suspended("wu")
    desk.card_suspended("li")
    assert not listed(desk, "s1") and not listed(desk, "s2")


def test_a_card_that_ran_out_covers_nobody_even_before_the_clock_has_said_so(desk: Desk) -> None:
    desk.school("s1")
    desk.active("wu")
    desk.card("wu", until=date(2026, 3, 31))
    desk.listed("s1", "wu")
    assert listed(desk) is False
    assert desk.rows("C2", at=Happened(START + timedelta(days=20)))[str(id_of("s1"))]["listed"] is True


def test_a_replaced_and_a_withdrawn_listing_stay_in_the_history_behind_the_row(desk: Desk) -> None:
    desk.school("s1")
    desk.active("wu")
    desk.listed("s1", "wu")
    told = {"listing_id": id_of("gate-s1"), "school_id": id_of("s1"), "reason": "轮换", "at": START}
    desk.says(
        ListingReplaced(old_inspector_id=id_of("wu"), new_inspector_id=id_of("li"), **told), "gate-s1", "s1"
    )
    assert desk.row("C2", "s1")["inspector"] == str(id_of("li"))
    desk.says(ListingWithdrawn(**told), "gate-s1", "s1")
    assert cells(desk.row("C2", "s1"), "state", "inspector", "listed") == ("WITHDRAWN", None, False)
    behind = desk.letters_behind("C2", str(id_of("s1")))
    assert [name for name in behind if "List" in name] == [
        "ListingAssigned", "SchoolListed", "ListingReplaced", "ListingWithdrawn",
    ]


def test_universities_and_teaching_points_are_not_to_be_listed_and_kindergartens_are(desk: Desk) -> None:
    for name, kind in [("u1", "HIGHER_EDUCATION"), ("t1", "TEACHING_POINT"), ("k1", "KINDERGARTEN"), ("x1", None)]:
        desk.school(name, kind)
    assert {row["name"] for row in desk.rows("C2").values()} == {"k1", "x1"}


def test_five_schools_and_one_inspector_satisfy_hunan_and_not_beijing(desk: Desk) -> None:
    names = [f"s{n}" for n in range(5)]
    for name in names:
        desk.school(name)
    desk.active("wu")
    desk.area("a1", names, ["wu"])
    found = desk.row("C3", "a1")
    assert cells(found, "inspectors", "schools", "ratio", "required", "gap") == (1, 5, "1/5", 1, 0)
    assert "PolicyPublished" in desk.letters_behind("C3", str(id_of("a1")))
    desk.policy({"staffing.inspectorsPerSchool": ("1/3", ())}, version=2)
    assert cells(desk.row("C3", "a1"), "norm", "required", "gap") == ("1/3", 2, 1)


def test_a_school_on_the_districts_list_weighs_as_a_large_one_from_its_day_on(desk: Desk) -> None:
    for name in ("s1", "s2", "s3"):
        desk.school(name)
    desk.area("a1", ["s1", "s2", "s3"], [])
    desk.policy({"staffing.inspectorsPerSchool": ("1/3", ()), "staffing.largeSchool.inspectorsPerSchool": ("1/1", ())},
                version=2)
    assert cells(desk.row("C3", "a1"), "large_schools", "required") == (0, 1)
    desk.large("s1", "s2", since=NOW.date())
    assert cells(desk.row("C3", "a1"), "large_schools", "required", "gap") == (2, 3, 3)
    assert cells(desk.row("P4", "990101"), "schools", "large_schools", "required") == (3, 2, 3)
    assert cells(desk.row("T1", "990101"), "required", "gap") == (3, 3)
    assert "LargeSchoolsDesignated" in desk.letters_behind("C3", str(id_of("a1")))
    before = desk.rows("C3", at=Happened(NOW - timedelta(days=2)))[str(id_of("a1"))]
    assert cells(before, "large_schools", "required") == (0, 1)
    desk.large(since=NOW.date())
    assert cells(desk.row("C3", "a1"), "large_schools", "required") == (0, 1)


def test_only_those_at_home_active_and_of_three_categories_count_in_an_area(desk: Desk) -> None:
    desk.school("s1")
    desk.active("wu", "RESPONSIBLE")
    desk.active("li", "EDUCATION_SUPERVISOR")
    desk.active("he", place=NEIGHBOUR)
    desk.engaged("xu")
    desk.area("a1", ["s1"], ["wu", "li", "he", "xu"])
    assert desk.row("C3", "a1")["inspectors"] == 1


def test_where_no_policy_sets_a_ratio_nothing_is_required(desk: Desk) -> None:
    desk.school("s1")
    desk.area("a1", ["s1"], [])
    desk.policy({"draw.doubleRandom": (True, ())}, version=2)
    assert cells(desk.row("C3", "a1"), "norm", "required", "gap") == (None, None, None)


def share(desk: Desk, full_time: int, others: int, place: str = COUNTY) -> None:
    for n in range(full_time):
        desk.active(f"f{n}{place}", "FULL_TIME", place)
    for n in range(others):
        desk.active(f"p{n}{place}", "PART_TIME", place)


def test_the_full_time_share_is_an_exact_fraction_between_floor_and_cap(desk: Desk) -> None:
    share(desk, 1, 2)
    found = desk.row("C4", "990101")
    assert cells(found, "share", "share_numerator", "share_denominator") == ("1/3", 1, 3)
    assert cells(found, "floor", "cap", "verdict", "feasible") == ("3/10", "1/3", "within", True)


def test_four_inspectors_have_no_lawful_whole_number_and_the_floor_is_a_justified_exceedance(desk: Desk) -> None:
    share(desk, 2, 2)
    found = desk.row("C4", "990101")
    assert cells(found, "least", "most", "feasible", "verdict") == (2, 1, False, "justified-exceedance")
    assert found["note"].startswith("4 名督学时")
    assert found["unsatisfiable_sizes"] == [1, 2, 4, 5, 7, 8, 11, 14, 17]


def test_a_fifth_is_below_the_floor_in_a_county_and_no_violation_in_the_province(desk: Desk) -> None:
    for place in (COUNTY, PROVINCE):
        share(desk, 1, 4, place)
    assert desk.row("C4", "990101")["verdict"] == "below-floor"
    assert cells(desk.row("C4", "990000"), "share", "floor", "verdict") == ("1/5", None, "within")


def test_the_trend_compares_with_the_end_of_last_year(desk: Desk) -> None:
    desk.active("f1", "FULL_TIME", at=START - YEAR)
    desk.active("p1", at=START - YEAR + timedelta(days=1))
    assert cells(desk.row("C4", "990101"), "trend", "share") == ("LEVEL", "1/2")
    desk.active("f2", "FULL_TIME", at=START)
    found = desk.row("C4", "990101")
    assert (found["trend"], [year["share"] for year in found["years"]]) == ("RISING", ["1/2"])
    desk.exited("f2")
    desk.exited("f1")
    assert cells(desk.row("C4", "990101"), "trend", "share") == ("FALLING", "0")


def test_online_hours_stand_apart_and_a_correction_changes_the_kind_it_corrects(desk: Desk) -> None:
    desk.says(TrainingYearOpened(inspector_id=id_of("wu"), year=2026, required=40), "training-wu-2026")
    letter = desk.trained("wu", 30)
    desk.trained("wu", 12, "ONLINE")
    key = f"{id_of('wu')}/2026"
    assert cells(desk.row("C5", key), "concentrated", "required", "missing") == (30, 40, 10)
    desk.says(TrainingHoursCorrected(
        inspector_id=id_of("wu"), year=2026, corrects_event_id=letter.head.event_id, delta=-6, reason="重复",
    ), "training-wu-2026", reason="重复")
    found = desk.row("C5", key)
    assert (found["missing"], found["hours"]) == (16, {"CONCENTRATED": 24, "ONLINE": 12})


def test_a_closed_year_says_whether_it_satisfied_and_by_which_rule(desk: Desk) -> None:
    desk.active("wu")
    desk.trained("wu", 40)
    key = f"{id_of('wu')}/2026"
    assert cells(desk.row("C5", key), "satisfied", "had_to", "pre_service") == (None, False, True)
    desk.says(TrainingYearClosed(
        inspector_id=id_of("wu"), year=2026, required=40, concentrated=40, total=40, satisfied=True, rule_version="1",
    ), "training-wu-2026")
    assert cells(desk.row("C5", key), "satisfied", "had_to", "rule") == (True, True, "1")


def test_a_county_requires_once_rounded_and_upper_places_add_up_what_counties_require(desk: Desk) -> None:
    for n in range(6):
        desk.school(f"a{n}")
    for n in range(6):
        desk.school(f"b{n}", place=NEIGHBOUR)
    desk.school("own", managed_by=f"office-{PREFECTURE}")
    share(desk, 1, 0)
    told = {key: cells(row, "schools", "required", "actual", "gap") for key, row in desk.rows("P4").items()}
    assert told == {
        "990101": (6, 2, 1, 1), "990102": (6, 2, 0, 2), "990100/own": (1, 1, 0, 1), "990100": (13, 5, 1, 4),
        "990000": (13, 5, 1, 4),
    }


def test_coverage_is_told_by_stage_and_adds_up(desk: Desk) -> None:
    desk.active("wu")
    desk.card("wu")
    for name, kind, place in [
        ("p1", "PRIMARY", COUNTY), ("p2", "PRIMARY", COUNTY), ("m1", "NINE_YEAR", COUNTY),
        ("k1", "KINDERGARTEN", NEIGHBOUR),
    ]:
        desk.school(name, kind, place)
    desk.listed("p1", "wu")
    desk.listed("k1", "wu")
    found = desk.rows("P5")
    assert cells(found["990101"], "coverage", "primary", "secondary", "kindergarten") == ("1/3", "1/2", "0", None)
    assert cells(found["990102"], "coverage", "kindergarten") == ("1", "1")
    assert cells(found["990100"], "coverage", "coverage_numerator", "coverage_denominator") == ("1/2", 2, 4)
