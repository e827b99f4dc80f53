"""Letters fetched from several logs are put into the order in which the town carries them."""

from pathlib import Path
from random import Random

import pytest

from contracts.correspondence import WRITERS
from contracts.letter import Letter
from services.cli.live.order import carried
from services.cli.scenario.player import Player
from services.cli.scenario.reading import scenario_file
from tests.architecture.planting import ROOT

STORIES = [ROOT / "tests" / "journeys" / name for name in ("walk.yaml", "d_private_school_weihai.yaml")]


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_what_was_shuffled_stands_again_as_it_was_carried(path: Path) -> None:
    player = Player(scenario_file(path))
    told, rng = player.chronicle, Random(1)
    begun, compared = [0], [0]
    settle = player.town.settle

    def settled() -> None:
        settle()
        letters = told.letters[begun[0]:]
        begun[0] = len(told.letters)
        assert carried(_shuffled(letters, rng), WRITERS) == letters
        compared[0] += len(letters) > 2

    player.town.settle = settled  # type: ignore[method-assign]
    player.play()
    assert compared[0] >= 2  # otherwise there was nothing to put in order


def _shuffled(letters: list[Letter], rng: Random) -> list[Letter]:
    return rng.sample(letters, len(letters))
