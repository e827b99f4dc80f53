"""Every scenario file in this folder goes as it is written."""

from pathlib import Path

import pytest

from services.cli.play import in_full
from services.cli.scenario.format import scenario_file
from services.cli.scenario.player import Mismatch, Player

FILES = sorted(Path(__file__).parent.glob("**/*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_story_goes_as_it_is_written(path: Path) -> None:
    try:
        Player(scenario_file(path)).play()
    except Mismatch as mismatch:
        pytest.fail("\n".join(in_full(path, mismatch)), pytrace=False)
