"""Row 49: what was measured by one version of indicators is never one line with another version."""

from tests.easily_missed.story import Story

A1, B1 = [{"code": "A1", "text": "安全"}], [{"code": "B1", "text": "安全"}]


def versions() -> Story:
    """Two versions for schools, 2.0 and 3.0, with a crosswalk between them."""
    story = Story("hunan", "HN")
    for name, version, items in (("old", "2.0", A1), ("new", "3.0", B1)):
        story.does("li", "findings.DraftIndicatorSet", set=name, unitType="PRIMARY_SECONDARY", ownerBody="office")
        story.does("li", "findings.PublishIndicatorSet", set=name, version=version, items=items, validFrom="2026-01-01")
    return story


def test_row_49_a_score_by_another_versions_code_is_refused() -> None:
    story = versions()
    story.does("li", "findings.OpenEvaluation", evaluation="pj", target="s1", indicatorVersion="3.0")
    refused = story.is_refused("li", "findings.RecordFirstStage", evaluation="pj", scores={"A1": "80"}, result="GOOD")
    assert refused.code == "INDICATORS_OF_ANOTHER_VERSION"


def test_row_49_a_crosswalk_names_both_versions_and_only_codes_that_exist() -> None:
    story = versions()
    wrong = {"set": "new", "fromVersion": "2.0", "toVersion": "3.0", "map": [{"fromCode": "B1", "toCode": "B1"}]}
    assert story.is_refused("li", "findings.MapIndicators", **wrong).code == "CODE_UNKNOWN"
    right = {**wrong, "map": [{"fromCode": "A1", "toCode": "B1", "note": "分值不可比"}]}
    assert [each.name for each in story.does("li", "findings.MapIndicators", **right)] == [
        "findings.IndicatorCrosswalkDefined"]


MAPPED = {"set": "new", "fromVersion": "2.0", "toVersion": "3.0", "map": [{"fromCode": "A1", "toCode": "B1"}]}


def scored(story: Story, version: str, code: str, score: str) -> None:
    """One evaluation of a school by one version."""
    story.does("li", "findings.OpenEvaluation", evaluation=version, target="s1", indicatorVersion=version)
    story.does("li", "findings.RecordFirstStage", evaluation=version, scores={code: score}, result="GOOD")


def test_row_49_a_trend_across_versions_is_two_series_and_a_crosswalk_with_a_warning() -> None:
    story = versions()
    scored(story, "2.0", "A1", "80")
    story.town.advance_to(story.scenario.clock.replace(year=2027))
    scored(story, "3.0", "B1", "90")
    assert trend(story) == [("2.0", "A1", [(2026, "80")], 0, None), ("3.0", "B1", [(2027, "90")], 0, None)]
    story.does("li", "findings.MapIndicators", **MAPPED)
    warned = [(version, points, lines, bool(warning)) for version, _, points, lines, warning in trend(story)]
    assert warned == [("2.0", [(2026, "80")], 1, True), ("3.0", [(2027, "90")], 1, True)]


def trend(story: Story) -> list[tuple[str, str, list[tuple[int, str]], int, str | None]]:
    """For each version and indicator its years with their means, the lines of the crosswalk and the warning."""
    return [
        (row["version"], row["indicator"], [(point["year"], point["mean"]) for point in row["series"]],
         len(row["crosswalk"]), row["warning"])
        for row in story.rows("P14", story.at("990101"))
    ]
