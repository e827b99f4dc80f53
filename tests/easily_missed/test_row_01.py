"""Row 1: no single type of inspection; each axis is kept and found by itself."""

from typing import Any

from tests.easily_missed.story import Story

AXES = {
    "function": "SCHOOL", "target": "SCHOOL", "scope": "SPECIAL", "rhythm": "RANDOM", "visibility": "COVERT",
    "channel": "ON_SITE", "purpose": "LOOK_BACK",
}


def planned(story: Story, **wanted: str) -> list[str]:
    """Activities whose axes are as wanted, each axis asked by itself."""
    found: list[str] = []
    for letter in story.chronicle.letters:
        event: Any = letter.event
        if letter.name == "scheduling.ActivityPlanned":
            axes = {name: value and value.value for name, value in _plain(event.axes)}
            if all(axes[name] == value for name, value in wanted.items()):
                found.append(story.names.short_of(str(event.activity_id)))
    return found


def _plain(axes: Any) -> list[tuple[str, Any]]:
    return [(name, getattr(axes, name)) for name in axes.__struct_fields__]


def test_row_01_a_covert_inspection_is_found_although_it_is_also_special() -> None:
    story = Story("hunan", "HN")
    story.does("li", "scheduling.DraftPlan", plan="y2026", body="office", year=2026)
    plan = {"plan": "y2026", "body": "office", "window": {"from": "2026-03-09", "to": "2026-03-13"}}
    story.does("li", "scheduling.PlanActivity", activity="secret", axes=AXES, targets=["s1"], **plan)
    story.does("li", "scheduling.PlanActivity", activity="open", axes={**AXES, "visibility": "OVERT"},
               targets=["s2"], **plan)
    for axis, value in AXES.items():
        assert "secret" in planned(story, **{axis: value})
    assert planned(story, visibility="COVERT") == ["secret"]
    assert planned(story, visibility="COVERT", scope="SPECIAL") == ["secret"]
    assert planned(story, scope="SPECIAL") == ["secret", "open"]
