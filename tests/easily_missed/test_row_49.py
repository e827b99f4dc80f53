"""Row 49: what was measured by one version of indicators is never one line with another version."""

import pytest

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


@pytest.mark.xfail(strict=True, reason="view P14 is not built: VIEW_UNKNOWN")
def test_row_49_a_trend_across_versions_is_two_series() -> None:
    assert versions().rows("P14", versions().at("990101")) is not None
