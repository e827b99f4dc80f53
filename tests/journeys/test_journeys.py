"""Every scenario file in this folder goes as it is written."""

from pathlib import Path

import pytest

from services.cli.play import in_full
from services.cli.scenario.player import Mismatch, Player
from services.cli.scenario.reading import scenario_file

FILES = sorted(path for path in Path(__file__).parent.glob("**/*.yaml") if ".world." not in path.name)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_story_goes_as_it_is_written(path: Path) -> None:
    try:
        Player(scenario_file(path)).play()
    except Mismatch as mismatch:
        pytest.fail("\n".join(in_full(path, mismatch)), pytrace=False)
