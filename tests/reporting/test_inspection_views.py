"""Shows what the views of activities, obligations, filings and indicators say, and to whom."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.scheduling import inspection_activity as activity
from contracts.scheduling.double_random_draw import DrawSubstituted, SubstitutionReason
from services.chassis.as_of import Happened
from services.chassis.pages import Scope
from services.reporting.views.p14_indicator_results import WARNING
from services.reporting.views.view import CHINA_TIME, under_seal
from tests.letters import START, id_of, unit_path
from tests.reporting.desk import NOW, Desk, cells
from tests.reporting.tale import COUNTY, HUNAN, NEIGHBOUR

HERE, SCHOOL, OTHER = Scope((COUNTY,)), Scope((unit_path("s1", COUNTY),)), Scope((unit_path("s2", COUNTY),))


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.country()
    for school in ("s1", "s2", "s3"):
        desk.school(school)
    return desk


def asked(desk: Desk, view: str, **where: str) -> list[str]:
    desk.publish()
    return sorted(str(line.cells["activity"]) for line in desk.ask.view(view, HERE, where=where).lines)


@pytest.mark.parametrize("view", ["activities", "S3"])
def test_each_axis_is_asked_for_by_itself(desk: Desk, view: str) -> None:
    desk.planned("secret", "s1", visibility="COVERT", scope=activity.Scope.SPECIAL, rhythm=activity.Rhythm.RANDOM)
    desk.planned("open", "s1", scope=activity.Scope.SPECIAL)
    both = sorted([str(id_of("secret")), str(id_of("open"))])
    assert asked(desk, view, scope="SPECIAL") == both
    assert asked(desk, view, visibility="COVERT") == asked(desk, view, rhythm="RANDOM") == [str(id_of("secret"))]
    assert asked(desk, view, visibility="COVERT", scope="COMPREHENSIVE") == []


def test_a_school_sees_an_overt_activity_from_the_notice_to_it_on(desk: Desk) -> None:
    desk.planned("a1", "s1", "s2")
    desk.teamed("a1", "wu", "li")
    assert desk.rows("S3", SCHOOL) == {}
    desk.noticed("a1", "s1")
    assert cells(desk.row("S3", "a1", "s1", scope=SCHOOL), "state", "team", "window_from") == (
        "NOTIFIED", (str(id_of("wu")), str(id_of("li"))), date(2026, 3, 9))
    assert desk.rows("S3", OTHER) == {}
    desk.begun("a1")
    assert len(desk.rows("S3", OTHER)) == 1


def test_a_flying_activity_is_the_bodys_alone_until_it_begins_now_and_then(desk: Desk) -> None:
    desk.planned("a1", "s1", visibility="FLYING")
    desk.teamed("a1", "wu")
    assert len(desk.rows("S3", HERE)) == len(desk.rows("activities", HERE)) == 1
    before = desk.casebook.last_number()
    for at in (None, before, NOW, Happened(NOW)):
        assert desk.rows("S3", SCHOOL, at) == {}
    desk.begun("a1")
    desk.finished("a1", "s1")
    assert cells(desk.row("S3", "a1", "s1", scope=SCHOOL), "state", "visibility", "days", "seen", "report") == (
        "CLOSED", "FLYING", 2, True, str(id_of("report-a1")))
    assert desk.rows("S3", SCHOOL, before) == {} and desk.rows("activities", SCHOOL) == {}


def test_what_was_called_off_under_seal_never_was(desk: Desk) -> None:
    desk.planned("a1", "s1", visibility="COVERT")
    desk.of_activity("a1", activity.ActivityCancelled, reason="泄密")
    assert [row["state"] for row in desk.rows("S3", HERE).values()] == ["CANCELLED"]
    assert desk.rows("S3", SCHOOL) == {}


def test_the_school_opens_its_row_to_what_was_said_openly_and_the_body_to_everything(desk: Desk) -> None:
    desk.planned("a1", "s1", visibility="FLYING")
    desk.begun("a1")
    key = f"{id_of('a1')}/{id_of('s1')}"
    assert desk.letters_behind("S3", key, SCHOOL)[-1] == "ActivityStarted"
    assert "ActivityPlanned" not in desk.letters_behind("S3", key, SCHOOL)
    assert "ActivityPlanned" in desk.letters_behind("S3", key, HERE)
    assert not any(under_seal(filed.letter) for filed in desk.ask.behind("S3", SCHOOL, key))


def test_of_a_draw_only_the_units_drawn_or_put_in_have_rows(desk: Desk) -> None:
    desk.planned("activity", "s1", "s2", "s3")
    desk.prepared("draw")
    assert len(desk.rows("S3")) == 3
    desk.committed("draw")
    desk.executed("draw", units=("s1",))
    assert [row["unit"] for row in desk.rows("S3").values()] == [str(id_of("s1"))]
    desk.says(DrawSubstituted(
        draw_id=id_of("draw"), removed_id=id_of("s1"), reason=SubstitutionReason.UNIT_CLOSED, new_id=id_of("s3"),
        index=2), "draw")
    assert [(row["unit"], row["drawn"]) for row in desk.rows("S3").values()] == [(str(id_of("s3")), True)]


def test_whoever_was_recused_is_in_the_team_no_more(desk: Desk) -> None:
    desk.planned("a1", "s1")
    desk.teamed("a1", "wu", "li")
    desk.of_activity(
        "a1", activity.RecusalDecided, inspector_id=id_of("li"), outcome=activity.RecusalOutcome.GRANTED,
        decided_by=id_of("wang"))
    assert desk.row("S3", "a1", "s1")["team"] == (str(id_of("wu")),)


# --- what is owed ---------------------------------------------------------------------------------


def test_coverage_leaves_what_was_waived_apart_with_its_reason(desk: Desk) -> None:
    office = f"office-{COUNTY}"
    for name in ("done", "lapsed", "waived", "open"):
        desk.owed(name, "s1")
    desk.done("done")
    desk.not_done("lapsed")
    desk.waived("waived", "新校")
    found = desk.row("C7", f"{id_of('s1')}/COMPREHENSIVE_SCHOOL/{id_of(office)}")
    assert cells(found, "coverage", "satisfied", "lapsed", "waived", "waived_reasons", "open", "due", "anchor") == (
        "1/2", 1, 1, 1, ["新校"], 1, date(2026, 12, 31), "CALENDAR_YEAR")
    assert desk.rows("C7", SCHOOL) == {} and desk.rows("C7", Scope((NEIGHBOUR,))) == {}


def test_what_a_body_owes_upward_stands_by_kind(desk: Desk) -> None:
    desk.year_plan()
    desk.year_plan(late=True)
    found = desk.row("C16", f"{id_of(f'office-{COUNTY}')}/ANNUAL_PLAN")
    assert cells(found, "due", "filed", "late", "next_due") == (1, 0, 1, START + timedelta(days=1))


def test_the_brief_says_on_one_page_what_the_other_views_say(desk: Desk) -> None:
    desk.policy(HUNAN)
    desk.active("wu", "FULL_TIME")
    desk.item("i1", "s1")
    desk.item("i2", "s2")
    desk.lapsed("i1")
    desk.order("o1", "s1", "i1")
    desk.issued("o1", "s1", "i1")
    desk.interview("talk", "s1")
    desk.circular("c1", "s2", "party")
    desk.received("c1", "s2", "party")
    desk.owed("qh", f"office-{COUNTY}", "PLENARY_MEETING")
    desk.not_done("qh")
    desk.year_plan(late=False)
    brief = desk.row("C17", "990101")
    county = desk.row("T1", "990101")
    for name in ("open", "overdue", "in_order", "required", "gap", "ratio", "order_rate"):
        assert brief[name] == county[name], name
    assert cells(brief, "open", "overdue", "interviews", "interviews_complete", "circulars_complete") == (2, 1, 1, 0, 1)
    assert cells(brief, "lapsed_kinds", "obligations_lapsed", "punctuality", "share", "verdict") == (
        {"PLENARY_MEETING": 1}, 1, "0", "1", desk.row("P4", "990101")["verdict"])
    assert "990102" not in desk.rows("C17", HERE) and desk.rows("C17", SCHOOL) == {}


# --- indicators -----------------------------------------------------------------------------------


def in_year(year: int) -> datetime:
    return datetime(year, 6, 1, tzinfo=CHINA_TIME)


def series(desk: Desk, place: str, *parts: str) -> list[tuple[Any, ...]]:
    found = desk.row("P14", "/".join((place, "PRIMARY_SECONDARY", *parts)))["series"]
    return [cells(point, "year", "sum", "count", "mean") for point in found]


def test_two_versions_are_two_series_with_a_crosswalk_and_a_warning(desk: Desk) -> None:
    desk.version("2.0", "A1", "A2")
    desk.version("3.0", "B1")
    desk.mapped("2.0", "3.0", "A1", "B1")
    desk.scored("s1", "2.0", in_year(2025), A1="80", A2="70.5")
    desk.scored("s2", "2.0", in_year(2025), A1="81")
    desk.scored("s1", "3.0", in_year(2026), B1="90")
    assert series(desk, "990101", "2.0", "A1") == [(2025, "161", 2, "161/2")]
    assert series(desk, "990101", "2.0", "A2") == [(2025, "141/2", 1, "141/2")]
    assert series(desk, "990101", "3.0", "B1") == [(2026, "90", 1, "90")]
    line = {"from_version": "2.0", "from_code": "A1", "to_version": "3.0", "to_code": "B1", "note": "分值不可比"}
    for parts in ("2.0/A1", "3.0/B1"):
        found = desk.row("P14", f"990101/PRIMARY_SECONDARY/{parts}")
        assert cells(found, "crosswalk", "warning") == ([line], WARNING)
    unmapped = desk.row("P14", "990101/PRIMARY_SECONDARY/2.0/A2")
    assert cells(unmapped, "text", "crosswalk", "warning") == ("指标A2", [], None)


def test_one_name_of_a_version_for_two_kinds_of_schools_is_two_series(desk: Desk) -> None:
    desk.school("k1", "KINDERGARTEN")
    desk.version("3.0", "A1")
    desk.version("3.0", "A1", unit_type="KINDERGARTEN")
    desk.scored("s1", "3.0", A1="60")
    desk.scored("k1", "3.0", A1="90")
    assert series(desk, "990101", "3.0", "A1")[0][1:] == ("60", 1, "60")
    assert desk.row("P14", "990101/KINDERGARTEN/3.0/A1")["series"][0]["mean"] == "90"
    assert series(desk, "990100", "3.0", "A1") == series(desk, "990101", "3.0", "A1")
