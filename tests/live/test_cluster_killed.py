"""Processes of a cluster killed by -9 while a county's year goes through it; at the end nothing shows of it."""

import itertools
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from services.chassis.clock import HandClock
from services.cli.demo.quiet import compared
from services.cli.demo.scales import SIZES, Scale
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.speaking import Wrong
from services.cli.wiring import embedded
from tests.attacks import Attack
from tests.live.killing import SERVERS, Killer
from tests.live.rehearsal import SEED, running, year_proved

pytestmark = pytest.mark.timeout(3600)
YEAR = "R9 一县一年经由集群，任何进程和服务器被杀"
A_FEW = ("rectification-subscriber", "findings-relay", "audit-subscriber", "scheduling-doors", "postgres",
         "reporting-projection")


@pytest.mark.slow
@pytest.mark.attack(YEAR)
def test_a_small_year_is_the_quiet_one_although_some_processes_were_killed(attack: Attack, rehearsal: Path) -> None:
    with Killer(running(rehearsal), A_FEW, pause=3.0) as killer:
        proof, chronicle = year_proved(rehearsal, Scale.TINY)
    assert len(killer.deaths) >= 3, killer.deaths
    assert proof.records == len(chronicle.letters) > 900
    attack.saw(rounds=1, evidence=len(killer.deaths), acknowledged=proof.records)


@pytest.mark.fire
@pytest.mark.attack(YEAR)
def test_a_countys_year_is_the_quiet_one_whatever_is_killed_meanwhile(attack: Attack, rehearsal: Path) -> None:
    names = [*(worker.name for worker in running(rehearsal).workers), *SERVERS.values()]
    rng = Random(11)
    rounds = itertools.chain.from_iterable(rng.sample(names, len(names)) for _ in itertools.count())
    with Killer(running(rehearsal), rounds, pause=8.0) as killer:
        proof, chronicle = year_proved(rehearsal, Scale.COUNTY)
    print(*killer.deaths, sep="\n")
    assert {death.name for death in killer.deaths} == set(names)
    assert proof.records == len(chronicle.letters) > 10_000 and proof.draws > 0
    attack.saw(rounds=1, evidence=len(killer.deaths), acknowledged=proof.records)


@pytest.mark.slow
@pytest.mark.control(YEAR)
def test_a_year_that_lost_or_doubled_one_letter_is_caught(attack: Attack) -> None:
    chronicle, size = Chronicle(), SIZES[Scale.TINY]
    with closing(embedded(None, HandClock(FIRST_DAY), hearers=(chronicle,))) as deployment:
        play_year(deployment, Names(SPACE), chronicle, SEED, lambda _: None, size)
    compared(chronicle, SEED, size)
    letters = chronicle.letters
    for spoiled in (letters[:-1], [*letters, letters[-1]]):
        chronicle.letters = spoiled
        with pytest.raises(Wrong, match="与同一种子的单进程结果不同"):
            compared(chronicle, SEED, size)
        attack.caught()
