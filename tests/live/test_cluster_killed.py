"""Processes of a cluster killed by -9 while a county's year goes through it; at the end nothing shows of it."""

import itertools
from pathlib import Path
from random import Random

import pytest

from services.cli.demo.quiet import compared
from services.cli.demo.scales import Scale
from services.cli.speaking import Wrong
from tests.live.killing import SERVERS, Killer
from tests.live.rehearsal import running, year_proved

pytestmark = pytest.mark.timeout(3600)
A_FEW = ("rectification-subscriber", "findings-relay", "audit-subscriber", "scheduling-doors", "postgres",
         "reporting-projection")


@pytest.mark.slow
def test_a_small_year_is_the_quiet_one_although_some_processes_were_killed(rehearsal: Path) -> None:
    with Killer(running(rehearsal), A_FEW, pause=3.0) as killer:
        proof, chronicle = year_proved(rehearsal, Scale.TINY)
    assert len(killer.deaths) >= 3, killer.deaths
    assert proof.records == len(chronicle.letters) > 900


@pytest.mark.fire
def test_a_countys_year_is_the_quiet_one_whatever_is_killed_meanwhile(rehearsal: Path) -> None:
    names = [*(worker.name for worker in running(rehearsal).workers), *SERVERS.values()]
    rng = Random(11)
    rounds = itertools.chain.from_iterable(rng.sample(names, len(names)) for _ in itertools.count())
    with Killer(running(rehearsal), rounds, pause=8.0) as killer:
        proof, chronicle = year_proved(rehearsal, Scale.COUNTY)
    print(*killer.deaths, sep="\n")
    assert {death.name for death in killer.deaths} == set(names)
    assert proof.records == len(chronicle.letters) > 10_000 and proof.draws > 0


@pytest.mark.fire
def test_control_a_year_of_another_seed_is_told_apart(rehearsal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.live.rehearsal.compared", lambda told, seed, size: compared(told, seed + 1, size))
    with pytest.raises(Wrong, match="与同一种子的单进程结果不同"):
        year_proved(rehearsal, Scale.TINY)
