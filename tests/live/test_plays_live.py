"""Scenario files go on the cluster exactly as they are written, step by step."""

from pathlib import Path

import pytest

from services.cli.play import in_full, opening_on
from services.cli.scenario.player import Mismatch, Player
from services.cli.scenario.reading import scenario_file
from services.cli.scenario.yaml_tree import Unreadable
from tests.journeys.test_journeys import FILES

pytestmark = pytest.mark.timeout(900)
SOME = {"scenario_example", "walk", "write_off_unverified"}


def played(path: Path, cluster: Path) -> int:
    player = Player(scenario_file(path), opening_on(cluster))
    try:
        return player.play().steps
    except Mismatch as mismatch:
        pytest.fail("\n".join(in_full(path, mismatch)), pytrace=False)
    finally:
        player.deployment.close()


def marked(path: Path) -> object:
    """A few are played whenever the slow tests are, all of them under fire."""
    return pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.stem in SOME else pytest.mark.fire)


@pytest.mark.parametrize("path", [marked(path) for path in FILES])
def test_the_story_goes_on_the_cluster_as_it_is_written(path: Path, rehearsal: Path) -> None:
    assert played(path, rehearsal) > 0


@pytest.mark.slow
def test_control_a_story_that_goes_otherwise_is_told(rehearsal: Path, tmp_path: Path) -> None:
    example = next(path for path in FILES if path.stem == "scenario_example")
    wrong = example.read_text(encoding="utf-8").replace("rectification.ItemDeadlineLapsed", "rectification.ItemStarted")
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises((Mismatch, Unreadable), match="ItemStarted"):
        Player(scenario_file(tmp_path / "wrong.yaml"), opening_on(rehearsal)).play()
