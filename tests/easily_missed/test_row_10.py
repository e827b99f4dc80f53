"""Row 10: a school belongs where it is managed and is seen where it lies."""

from services.personnel.establishment import establishment
from tests.easily_missed.story import Story

ITEM = {"item": "i1", "unit": "m1", "issuingBody": "city", "source": "UPPER_BODY_ITEM", "text": "经费未到位",
        "severity": "GENERAL"}


def test_row_10_a_municipal_school_is_seen_in_its_district_and_counted_by_the_municipality() -> None:
    story = Story("two_districts", "BJ")
    story.does("mei", "rectification.RegisterItem", **ITEM)
    assert [row["open"] for row in story.rows("C1", story.at("990101")) if row["unit"] == str(story.names.id_of("m1"))]
    counted = {row["key"]: row["schools"] for row in story.rows("P4", story.at("990000"))}
    assert counted == {"990000": 3, "990000/own": 1, "990101": 1, "990102": 1}


def test_row_10_the_districts_ratio_leaves_out_the_municipal_school() -> None:
    story = Story("two_districts", "BJ")
    office, personnel = story.names.existing("office"), story.town.services["personnel"]
    in_the_district = {unit.unit_id for unit in personnel.reference.units_below("990000/990101/")}
    assert story.names.existing("m1") in in_the_district
    assert establishment(personnel, office, story.town.clock()).schools == len(in_the_district) - 1


def test_row_10_a_finding_about_it_is_in_the_competence_of_the_municipal_department() -> None:
    story = Story("two_districts", "BJ")
    registered = story.does("mei", "rectification.RegisterItem", **ITEM)
    competent = {letter.event.competent_department_id for letter in registered  # type: ignore[attr-defined]
                 if letter.name == "rectification.ItemRegistered"}
    assert competent == {story.names.existing("cityedu")}
