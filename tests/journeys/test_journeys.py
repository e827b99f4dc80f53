"""Every scenario file in this folder goes as it is written."""

from pathlib import Path

import pytest

from services.cli.play import in_full
from services.cli.scenario.player import Mismatch, Player
from services.cli.scenario.reading import scenario_file
from tests.journeys.reading_stories import FILES, HERE

SHORT = {".", "places", "refusals"}
"""Folders that are played every time; the others together take longer than the quick suite has."""


def played(path: Path) -> object:
    """One case, slow where there are many of its kind."""
    where = path.relative_to(HERE)
    marks = () if str(where.parent) in SHORT else (pytest.mark.slow,)
    return pytest.param(path, id=str(where.with_suffix("")), marks=marks)


@pytest.mark.parametrize("path", [played(file) for file in FILES])
def test_the_story_goes_as_it_is_written(path: Path) -> None:
    try:
        Player(scenario_file(path)).play()
    except Mismatch as mismatch:
        pytest.fail("\n".join(in_full(path, mismatch)), pytrace=False)
