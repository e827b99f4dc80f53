"""Row 43: a year without a plenary, a plan not filed: raised by the clock, and to be read where leaders look."""

from tests.easily_missed.story import Story


def test_row_43_a_year_without_a_plenary_lapses_in_the_zone() -> None:
    story = Story("zone", "WH")
    story.does("li", "scheduling.OpenObligation", obligation="qh", kind="PLENARY_MEETING", unit="office",
               anchor="CALENDAR_YEAR", anchorRef="2026")
    story.town.advance_to(story.scenario.clock.replace(year=2027))
    assert [each.name for each in story.chronicle.letters].count("scheduling.ObligationLapsed") == 1


def test_row_43_a_plan_that_was_late_is_late_in_the_filing_register() -> None:
    story = Story("hunan", "HN", clock="2026-01-05T09:00:00+08:00")
    story.does("li", "scheduling.DraftPlan", plan="y2026", body="office", year=2026)
    story.town.advance_to(story.scenario.clock.replace(month=2, day=2))
    assert late_at_the_city(story) == [(str(story.names.existing("office")), 1, 1)]
    story.does("li", "scheduling.ApprovePlan", plan="y2026")
    story.does("li", "scheduling.FilePlanUpward", plan="y2026", documentHash="d1")
    assert late_at_the_city(story) == [(str(story.names.existing("office")), 1, 1)]


def late_at_the_city(story: Story) -> list[tuple[str, int, int]]:
    """Bodies with their plans and the late ones, as the city above reads them; filed late stays late."""
    return [(row["body"], row["plans"], row["plans_late"]) for row in story.rows("P7", story.at("990100"))]


def test_row_43_the_lapsed_plenary_stands_in_the_zones_brief() -> None:
    story = Story("zone", "WH")
    story.does("li", "scheduling.OpenObligation", obligation="qh", kind="PLENARY_MEETING", unit="office",
               anchor="CALENDAR_YEAR", anchorRef="2026")
    assert brief(story) == [("990171", 0, {})]
    story.town.advance_to(story.scenario.clock.replace(year=2027))
    assert brief(story) == [("990171", 1, {"PLENARY_MEETING": 1})]


def brief(story: Story) -> list[tuple[str, int, dict[str, int]]]:
    """What has lapsed, as it is put before the leaders of the zone."""
    return [(row["place"], row["obligations_lapsed"], row["lapsed_kinds"])
            for row in story.rows("C17", story.at("990171"))]
