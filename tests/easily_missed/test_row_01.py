"""Row 1: no single type of inspection; each axis is kept and found by itself."""

import pytest

from tests.easily_missed.story import Story

AXES = {
    "function": "SCHOOL", "target": "SCHOOL", "scope": "SPECIAL", "rhythm": "RANDOM", "visibility": "COVERT",
    "channel": "ON_SITE", "purpose": "LOOK_BACK",
}


def found(story: Story, view: str, **wanted: str) -> set[str]:
    """Activities that a view shows the county when asked for these axes."""
    rows = story.rows(view, story.at("990101"), wanted)
    return {story.names.short_of(str(row["activity"])) for row in rows}


@pytest.mark.parametrize("view", ["activities", "S3"])
def test_row_01_a_covert_inspection_is_found_although_it_is_also_special(view: str) -> None:
    story = Story("hunan", "HN")
    story.does("li", "scheduling.DraftPlan", plan="y2026", body="office", year=2026)
    plan = {"plan": "y2026", "body": "office", "window": {"from": "2026-03-09", "to": "2026-03-13"}}
    story.does("li", "scheduling.PlanActivity", activity="secret", axes=AXES, targets=["s1"], **plan)
    story.does("li", "scheduling.PlanActivity", activity="open", axes={**AXES, "visibility": "OVERT"},
               targets=["s2"], **plan)
    for axis, value in AXES.items():
        assert "secret" in found(story, view, **{axis: value})
    assert found(story, view, visibility="COVERT") == {"secret"}
    assert found(story, view, visibility="COVERT", scope="SPECIAL") == {"secret"}
    assert found(story, view, scope="SPECIAL") == {"secret", "open"}
    assert found(story, view, scope="COMPREHENSIVE") == set()
