"""Row 46: an inherited rule names the nation as the place it was found at."""

from typing import Any

from tests.easily_missed.story import Story

RULE = [{"key": "exposure.rule", "v": "TYPICAL_CASES"}]


def test_row_46_hunan_inherits_the_nations_rule_and_says_so() -> None:
    story = Story("hunan", "HN")
    said: dict[str, Any] = {"exposure": "bg", "unit": "s1", "ground": "TYPICAL_CASE"}
    assert story.is_refused("li", "accountability.ProposeExposure", **said).code == "POLICY_UNSET"
    story.does("policy", "registry.PublishPolicy", jurisdiction="CN", kind="NATION", title="全国",
               document="全国曝光规定", status="in-force", source="local", values=RULE)
    (proposed,) = story.does("li", "accountability.ProposeExposure", **said)
    assert proposed.event.policy_ref.found_at == "CN"  # type: ignore[attr-defined]
    assert {ref.found_at for ref in proposed.head.policy_refs if ref.key == "exposure.rule"} == {"CN"}
