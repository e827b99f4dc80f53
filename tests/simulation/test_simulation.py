"""Hundreds of failing worlds and no breach; every fault struck; every broken part is caught, and only by faults."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from typer.testing import CliRunner

from services.cli.app import app
from services.cli.simulation import running
from services.cli.simulation.chance import FAULTS
from services.cli.simulation.running import simulate
from tests.architecture.planting import ROOT
from tests.attacks import Attack
from tests.simulation.broken import CONTROLS

WORLDS = "R10 网络、磁盘、时钟、进程一再出错（模拟）"
CHUNK = 50
BROKEN_LAW = {
    "acknowledges_before_the_commit": "every_letter_was_obeyed_once_in_order",
    "ignores_gaps": "every_letter_was_obeyed_once_in_order",
    "knows_no_letter_again": "every_letter_was_obeyed_once_in_order",
    "notes_the_position_in_a_commit_of_its_own": "every_letter_was_obeyed_once_in_order",
    "forgets_its_receipts": "all_that_was_said_was_obeyed_once",
    "obeys_behind_a_parked_letter": "every_letter_was_obeyed_once_in_order",
    "fires_early": "no_timer_fired_before_its_instant",
    "trusts_its_machine_s_clock": "no_position_and_no_version_is_missing",
    "folds_a_letter_into_a_page_again": "the_pages_are_the_fold_of_the_casebook",
    "sends_each_letter_once_and_nobody_asks": "every_letter_was_obeyed_once_in_order",
}
"""Each broken control, and the law that it breaks."""
SEEDS = range(1, 41)
"""Among so few worlds each broken control must be caught."""
WRONG_IN_ANY_WORLD = "fires_early"


@pytest.fixture
def soon_tired(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken world may never come to rest; it is not waited for."""
    monkeypatch.setattr(running, "LONGEST", 6000)


def struck_in(seeds: range) -> Counter[str]:
    """The faults of these seeds, none of which may lead to a breach."""
    struck = Counter[str]()
    for seed in seeds:
        outcome = simulate(seed)
        assert outcome.breaches == (), f"./dudao simulate --seed {seed} --verbose"
        struck += outcome.struck
    return struck


def catching(law: str) -> int | None:
    """The first seed in whose world a law is broken."""
    found = (seed for seed in SEEDS if law in {breach.partition(":")[0] for breach in simulate(seed).breaches})
    return next(found, None)


@pytest.mark.attack(WORLDS)
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(1, 201, CHUNK))
def test_nothing_is_lost_doubled_or_out_of_order_in_these_worlds_and_every_fault_occurs(
    first: int, attack: Attack
) -> None:
    struck = struck_in(range(first, first + CHUNK))
    attack.saw(rounds=CHUNK, evidence=struck.total(), lost=0, doubled=0, out_of_order=0)
    assert [kind for kind in FAULTS if not struck[kind]] == []


@pytest.mark.attack(WORLDS)
@pytest.mark.fire
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("first", range(1001, 11001, 500))
def test_ten_thousand_worlds_find_nothing(first: int, attack: Attack) -> None:
    rounds = attack.rounds(500)
    struck = struck_in(range(first, first + rounds))
    attack.saw(rounds=rounds, evidence=struck.total(), lost=0, doubled=0, out_of_order=0)


def test_the_table_names_every_control() -> None:
    assert BROKEN_LAW.keys() == CONTROLS.keys()


@pytest.mark.control(WORLDS)
@pytest.mark.slow
@pytest.mark.parametrize("name", CONTROLS)
def test_a_broken_control_is_caught(
    name: str, monkeypatch: pytest.MonkeyPatch, soon_tired: None, attack: Attack
) -> None:
    CONTROLS[name](monkeypatch)
    assert catching(BROKEN_LAW[name])
    attack.caught()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CONTROLS if name != WRONG_IN_ANY_WORLD])
def test_where_nothing_fails_nobody_would_see_that_it_is_broken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    CONTROLS[name](monkeypatch)
    calm = simulate(7, calm=True)
    assert (calm.breaches, +calm.struck) == ((), Counter())


@pytest.mark.slow
def test_in_a_calm_world_nothing_fails_and_the_story_goes_as_it_went_before() -> None:
    calm = simulate(7, calm=True)
    assert (calm.breaches, +calm.struck) == ((), Counter())


def told_by_another_process(seed: int, hash_seed: str) -> dict[str, object]:
    """What the verb says in a process of its own."""
    command = [sys.executable, "-m", "services.cli", "simulate", "--seed", str(seed), "--verbose", "--json"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_a_seed_does_the_same_in_every_process() -> None:
    one, other = (told_by_another_process(11, hash_seed) for hash_seed in ("1", "2"))
    assert one == other and one["steps"]


@pytest.mark.slow
def test_the_verb_tells_in_chinese_what_failed() -> None:
    done = CliRunner().invoke(app, ["simulate", "--seed", "7"])
    assert done.exit_code == 0
    assert "跑了 1 个种子（7–7）" in done.stdout and "没有发现丢失、重复或错序" in done.stdout


@pytest.mark.slow
def test_the_verb_tells_a_finding_with_its_seed_and_trace(
    monkeypatch: pytest.MonkeyPatch, soon_tired: None
) -> None:
    law = BROKEN_LAW["notes_the_position_in_a_commit_of_its_own"]
    CONTROLS["notes_the_position_in_a_commit_of_its_own"](monkeypatch)
    seed = catching(law)
    done = CliRunner().invoke(app, ["simulate", "--seed", str(seed)])
    assert done.exit_code == 1
    assert f"dudao simulate --seed {seed} --verbose" in done.stdout and law in done.stdout
    assert simulate(seed).trace[-1] in done.stdout
