"""Processes killed by -9 at every point between log and log; each letter obeyed once, in order. Controls fail."""

import signal
from itertools import cycle, islice

import pytest

from tests.attacks import Attack
from tests.live.village import Village, killed_in_rounds
from tests.rabbitmq import eventually

pytestmark = pytest.mark.timeout(0)
RELAY, SUBSCRIBER = "R5 信差（relay）在四个点被杀", "R5 收信进程在提交前后被杀"
ALL = "R1 门、信差、收信进程轮流被杀"
COUNTS = (1, 7, 2, 11, 3)


@pytest.mark.fire
@pytest.mark.attack(RELAY)
@pytest.mark.parametrize("point", ["before-publish", "before-confirm", "before-mark", "after-mark"])
def test_a_relay_killed_at_this_point_loses_and_doubles_nothing(attack: Attack, village: Village, point: str) -> None:
    for role in ("doors", "subscriber"):
        village.start(role)
    rounds = attack.rounds(200)
    counts = tuple(islice(cycle(COUNTS if point == "before-publish" else (1,)), rounds))
    deaths = killed_in_rounds(village, "relay", f"relay-{point}", counts, lambda: village.register(20))
    assert deaths == rounds
    village.start("relay")
    attack.saw(rounds=rounds, evidence=deaths, **village.judged(120))


@pytest.mark.fire
@pytest.mark.attack(SUBSCRIBER)
@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
def test_a_subscriber_killed_at_this_point_loses_and_doubles_nothing(
    attack: Attack, village: Village, point: str
) -> None:
    for role in ("doors", "relay"):
        village.start(role)
    rounds = attack.rounds(200)
    counts = tuple(islice(cycle(COUNTS), rounds))
    deaths = killed_in_rounds(village, "subscriber", f"subscriber-{point}", counts, lambda: village.register(20))
    assert deaths == rounds
    village.start("subscriber")
    attack.saw(rounds=rounds, evidence=deaths, **village.judged(120))


@pytest.mark.slow
@pytest.mark.control(SUBSCRIBER)
def test_a_listener_that_commits_no_position_doubles(attack: Attack, village: Village) -> None:
    naive_listener_caught(attack, village)


@pytest.mark.slow
@pytest.mark.control(ALL)
def test_the_same_listener_killed_under_load_is_caught(attack: Attack, village: Village) -> None:
    naive_listener_caught(attack, village)


def naive_listener_caught(attack: Attack, village: Village) -> None:
    for role in ("doors", "relay"):
        village.start(role)
    village.register(20)
    assert killed_in_rounds(village, "subscriber", "naive-listener+subscriber-after-commit", (5, 5)) == 2
    village.start("subscriber", "naive-listener")
    attack.caught(int(village.judged(60)["doubled"] > 0))


@pytest.mark.fire
@pytest.mark.control(RELAY)
def test_a_relay_that_notes_what_it_is_about_to_send_loses(attack: Attack, village: Village) -> None:
    village.register(20)
    variant = "naive-relay+relay-before-publish"
    assert killed_in_rounds(village, "relay", variant, (3, 3)) == 2
    village.start("subscriber", "naive-listener")
    village.start("relay")
    eventually(60, lambda: "100020" in village.obeyed)
    attack.caught(int(village.judged(1)["lost"] > 0))


@pytest.mark.fire
@pytest.mark.attack(RELAY)
def test_what_that_relay_loses_is_fetched_from_the_log_by_a_listener_that_sees_gaps(
    attack: Attack, village: Village
) -> None:
    village.register(20)
    deaths = killed_in_rounds(village, "relay", "naive-relay+relay-before-publish", (3, 3))
    for role in ("doors", "subscriber", "relay"):
        village.start(role)
    attack.saw(rounds=2, evidence=deaths, **village.judged(60))


def killed_under_load(attack: Attack, village: Village, rounds: int) -> None:
    """Doors, relay and subscriber in turn, each time after a letter got through."""
    running, deaths = {role: village.start(role) for role in ("doors", "relay", "subscriber")}, 0
    for turn in range(rounds):
        village.register(25)
        role = ("relay", "subscriber", "doors")[turn % 3]
        before = len(village.obeyed)
        eventually(60, lambda: len(village.obeyed) > before, lambda: village.said("subscriber")[-2000:])  # noqa: B023
        running[role].send_signal(signal.SIGKILL)
        deaths += running[role].wait(timeout=10) == -signal.SIGKILL
        running[role] = village.start(role)
    assert deaths == rounds
    attack.saw(rounds=rounds, evidence=deaths, **village.judged(60))


@pytest.mark.slow
@pytest.mark.attack(ALL)
def test_all_three_killed_again_and_again_under_load(attack: Attack, village: Village) -> None:
    killed_under_load(attack, village, 12)


@pytest.mark.fire
@pytest.mark.attack(ALL)
def test_all_three_killed_a_thousand_times_under_load(attack: Attack, village: Village) -> None:
    killed_under_load(attack, village, attack.rounds(1000))
