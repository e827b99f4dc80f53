"""The power is cut under a writer of the SQLite log: what was acknowledged is on the platter (R2)."""

import random
from pathlib import Path

import pytest

from services.chassis.log_sqlite import SQLiteLogs
from tests.attacks import Attack
from tests.chassis.disks import UnsyncedDisk, unsynced_disk
from tests.chassis.writers import Acknowledged, acknowledgements, holes, lost, writing

pytestmark = pytest.mark.timeout(1200)
CUT = "R2 断电，SQLite 日志"
WRITES = (20, 400)
"""A commit of this writer makes ten to forty writes to the journal: a cut comes anywhere in one, early or late."""


def cut_under_a_writer(disk: UnsyncedDisk, kind: str, name: str, writes: int) -> tuple[Acknowledged, int]:
    """What one writer promised until the power went, so many writes later, and how many unsynced pages went with it."""
    with writing(kind, str(disk.mount / "log.sqlite"), name) as process:
        first = process.stdout.readline()
        pages = disk.cut(writes)
        process.kill()
        said = first + process.communicate()[0]
    return acknowledgements(said), pages


def rounds_of_cuts(folder: Path, kind: str, rounds: int) -> tuple[int, int, int, list[str]]:
    """Acknowledged commits, rounds with pages lost, rounds with promises broken, and what is torn in the logs.

    Every ten cuts a new disk; between them one log meets cut after cut.
    """
    when, promised, cuts, broken, torn = random.Random(2), Acknowledged(), 0, 0, list[str]()
    total = 0
    for number in range(rounds):
        place = folder / f"{kind}-{number // 10 if kind == 'sqlite' else number}"
        promised = promised if place.exists() else Acknowledged()
        with unsynced_disk(place, seed=number) as disk:
            said, pages = cut_under_a_writer(disk, kind, f"round-{number}", when.randint(*WRITES))
        promised += said
        total, cuts = total + len(said), cuts + (pages > 0)
        logs = SQLiteLogs(place / "platter" / "log.sqlite")
        broken += bool(lost(logs.log, promised))
        torn += holes(logs.log)
        logs.close()
    return total, cuts, broken, torn


def cuts_lose_nothing(attack: Attack, folder: Path, rounds: int) -> None:
    acknowledged, cuts, broken, torn = rounds_of_cuts(folder, "sqlite", rounds)
    assert torn == []
    attack.saw(rounds=rounds, evidence=cuts, acknowledged=acknowledged, lost=broken)


def unsynced_commits_are_caught(attack: Attack, folder: Path, rounds: int) -> None:
    _, _, broken, _ = rounds_of_cuts(folder, "sqlite-normal", rounds)
    attack.caught(broken, rounds)
    assert broken >= 0.95 * rounds


@pytest.mark.slow
@pytest.mark.attack(CUT)
def test_five_power_cuts_lose_nothing_that_was_acknowledged(attack: Attack, tmp_path: Path) -> None:
    cuts_lose_nothing(attack, tmp_path, 5)


@pytest.mark.fire
@pytest.mark.attack(CUT)
def test_a_hundred_power_cuts_lose_nothing_that_was_acknowledged(attack: Attack, tmp_path: Path) -> None:
    cuts_lose_nothing(attack, tmp_path, 100)


@pytest.mark.slow
@pytest.mark.control(CUT)
def test_a_log_that_syncs_only_now_and_then_is_caught(attack: Attack, tmp_path: Path) -> None:
    unsynced_commits_are_caught(attack, tmp_path, 3)


@pytest.mark.fire
@pytest.mark.control(CUT)
def test_a_log_that_syncs_only_now_and_then_is_caught_in_nearly_every_round(attack: Attack, tmp_path: Path) -> None:
    unsynced_commits_are_caught(attack, tmp_path, 100)
