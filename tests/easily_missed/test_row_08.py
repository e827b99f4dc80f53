"""Row 8: Beijing and Shanghai have no city tier; nobody can slip one in."""

from tests.easily_missed.story import Story

ITEM = {"unit": "s1", "issuingBody": "office", "source": "CONFIRMED_FINDING", "text": "留样不全", "severity": "GENERAL"}


def test_row_08_districts_add_up_to_the_municipality_and_no_city_stands_between() -> None:
    story = Story("two_districts", "SH")
    story.does("li", "rectification.RegisterItem", item="i1", **ITEM)
    story.does("lin", "rectification.RegisterItem", item="i2", **{**ITEM, "unit": "s2", "issuingBody": "neighbour"})
    rows = story.rows("P1", story.at("990000"))
    assert {row["key"]: row["open"] for row in rows} == {"990000": 2, "990000/own": 0, "990101": 1, "990102": 1}
    assert {row["kind"] for row in rows} == {"MUNICIPALITY", "DISTRICT"}


def test_row_08_a_city_below_a_municipality_is_refused() -> None:
    story = Story("two_districts", "SH")
    refused = story.is_refused("system", "registry.RegisterJurisdiction", code="990100", name="假市",
                               kind="PREFECTURE", parentCode="990000")
    assert refused.code == "PARENT_NOT_FITTING"
