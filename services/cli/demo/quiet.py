"""The live demonstration held against the quiet one: the same seed in one process, undisturbed, letter kind by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping

from contracts.letter import Letter
from services.chassis.clock import HandClock
from services.cli.demo.scales import Size
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.speaking import Wrong
from services.cli.wiring import embedded


def counted(letters: Iterable[Letter]) -> Mapping[str, int]:
    """How many letters there are of each event."""
    return Counter(letter.name for letter in letters)


def compared(chronicle: Chronicle, seed: int, size: Size) -> None:
    """Raises Wrong COUNTS_DIFFER, naming every event of which there are more or fewer than in the quiet run."""
    quiet = Chronicle()
    deployment = embedded(None, HandClock(FIRST_DAY), hearers=(quiet,))
    try:
        play_year(deployment, Names(SPACE), quiet, seed, lambda _: None, size)
    finally:
        deployment.close()
    if differences := different(counted(chronicle.letters), counted(quiet.letters)):
        raise Wrong("COUNTS_DIFFER", f"与同一种子的单进程结果不同：{'；'.join(differences)}")


def different(live: Mapping[str, int], quiet: Mapping[str, int]) -> list[str]:
    """Each event whose counts differ, in words."""
    names = sorted(live.keys() | quiet.keys())
    return [
        f"{name} {live.get(name, 0)}（应为 {quiet.get(name, 0)}）"
        for name in names if live.get(name, 0) != quiet.get(name, 0)
    ]
