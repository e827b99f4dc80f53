"""Row 24: an independent program recomputes a draw from its records; another pool, seed or substitute is seen."""

import subprocess
import sys
from pathlib import Path

import pytest

from contracts import verify_draw
from tests.easily_missed.story import Story, trained

DRAWN = """
- {as: li, do: scheduling.DraftPlan, with: {plan: y2026, body: office, year: 2026}}
- {as: li, do: scheduling.PlanActivity, with: {activity: a1, plan: y2026, body: office, axes: {function: SCHOOL, target: SCHOOL, rhythm: RANDOM}, targets: [s1, s2], window: {from: 2026-03-09, to: 2026-03-13}}}
- {as: li, do: scheduling.PrepareDraw, with: {draw: d1, activity: a1, unitPool: [s1, s2], inspectorPool: [wang, sun, gao], unitCount: 1, inspectorCount: 1}}
- {as: li, do: scheduling.CommitDraw, with: {draw: d1}}
- {as: li, do: scheduling.ExecuteDraw, with: {draw: d1, contributions: [{party: 家长代表, method: DICE, value: "43643511542324416155"}]}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def records() -> bytes:
    story = Story("hunan", "HN", trained("wang", "sun", "gao") + DRAWN)
    draw = story.names.existing("d1")
    executed = next(each.event for each in story.chronicle.letters if each.name == "scheduling.DrawExecuted")
    story.does("li", "scheduling.SubstituteDraw", draw="d1", reason="ILLNESS",
               removed=str(executed.inspectors[0]))  # type: ignore[attr-defined]
    return b"".join(each.record for each in story.chronicle.letters if each.head.stream == draw)


def checked(tmp_path: Path, records: bytes) -> int:
    """By the program that stands alone, in a process of its own."""
    file = tmp_path / "draw.records"
    file.write_bytes(records)
    return subprocess.run(
        [sys.executable, "-I", verify_draw.__file__, str(file)], check=False, capture_output=True,
    ).returncode


def test_row_24_the_same_pools_and_seed_give_the_same_result(tmp_path: Path, records: bytes) -> None:
    assert checked(tmp_path, records) == 0


@pytest.mark.parametrize(("word", "other"), [
    (b'"unitCount":1', b'"unitCount":2'), (b"43643511542324416155", b"43643511542324416156"),
    (b'"index":2', b'"index":3'),
])
def test_row_24_a_draw_that_was_touched_does_not_recompute(
    tmp_path: Path, records: bytes, word: bytes, other: bytes,
) -> None:
    assert word in records
    assert checked(tmp_path, records.replace(word, other)) == 1
