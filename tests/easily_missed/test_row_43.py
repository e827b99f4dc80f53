"""Row 43: a year without a plenary, a plan not filed: raised by the clock, and to be read where leaders look."""

import pytest

from tests.easily_missed.story import Story


def test_row_43_a_year_without_a_plenary_lapses_in_the_zone() -> None:
    story = Story("zone", "WH")
    story.does("li", "scheduling.OpenObligation", obligation="qh", kind="PLENARY_MEETING", unit="office",
               anchor="CALENDAR_YEAR", anchorRef="2026")
    story.town.advance_to(story.scenario.clock.replace(year=2027))
    assert [each.name for each in story.chronicle.letters].count("scheduling.ObligationLapsed") == 1


def test_row_43_a_plan_that_was_late_is_late_in_the_quality_of_its_body() -> None:
    story = Story("hunan", "HN", clock="2026-01-05T09:00:00+08:00")
    story.does("li", "scheduling.DraftPlan", plan="y2026", body="office", year=2026)
    story.town.advance_to(story.scenario.clock.replace(month=2, day=2))
    (row,) = [row for row in story.rows("T4", story.at("990100")) if row["body"] == str(story.names.existing("office"))]
    assert row["late"] == 1


@pytest.mark.xfail(strict=True, reason="views C17 and P7 are not built: VIEW_UNKNOWN")
@pytest.mark.parametrize("view", ["C17", "P7"])
def test_row_43_it_stands_in_the_zones_brief_and_in_the_filing_register(view: str) -> None:
    assert Story("zone", "WH").rows(view, Story("zone", "WH").at("990171")) is not None
