"""Processes killed by -9 at every point between log and log; each letter obeyed once, in order. Controls fail."""

import signal

import pytest

from tests.live.village import Village, killed_in_rounds
from tests.rabbitmq import eventually

pytestmark = pytest.mark.timeout(600)
ROUNDS = (1, 7, 2, 11, 3)


@pytest.mark.fire
@pytest.mark.parametrize("point", ["before-publish", "before-confirm", "before-mark", "after-mark"])
def test_a_relay_killed_at_this_point_loses_and_doubles_nothing(village: Village, point: str) -> None:
    for role in ("doors", "subscriber"):
        village.start(role)
    counts = ROUNDS if point == "before-publish" else (1, 1, 1, 1, 1)
    deaths = killed_in_rounds(village, "relay", f"relay-{point}", counts, lambda: village.register(20))
    assert deaths == len(counts)
    village.start("relay")
    village.until_obeyed(60)


@pytest.mark.fire
@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
def test_a_subscriber_killed_at_this_point_loses_and_doubles_nothing(village: Village, point: str) -> None:
    for role in ("doors", "relay"):
        village.start(role)
    deaths = killed_in_rounds(village, "subscriber", f"subscriber-{point}", ROUNDS, lambda: village.register(20))
    assert deaths == len(ROUNDS)
    village.start("subscriber")
    village.until_obeyed(60)


@pytest.mark.slow
def test_control_a_listener_that_commits_no_position_doubles(village: Village) -> None:
    for role in ("doors", "relay"):
        village.start(role)
    village.register(20)
    variant = "naive-listener+subscriber-after-commit"
    assert killed_in_rounds(village, "subscriber", variant, (5, 5)) == 2
    village.start("subscriber", "naive-listener")
    eventually(60, lambda: set(village.obeyed) >= set(village.wanted))
    assert len(village.obeyed) > len(village.wanted)


@pytest.mark.fire
def test_control_a_relay_that_notes_what_it_is_about_to_send_loses(village: Village) -> None:
    village.register(20)
    variant = "naive-relay+relay-before-publish"
    assert killed_in_rounds(village, "relay", variant, (3, 3)) == 2
    village.start("subscriber", "naive-listener")
    village.start("relay")
    eventually(60, lambda: "100020" in village.obeyed)
    assert set(village.obeyed) < set(village.wanted)


@pytest.mark.fire
def test_what_that_relay_loses_is_fetched_from_the_log_by_a_listener_that_sees_gaps(village: Village) -> None:
    village.register(20)
    assert killed_in_rounds(village, "relay", "naive-relay+relay-before-publish", (3, 3)) == 2
    for role in ("doors", "subscriber", "relay"):
        village.start(role)
    village.until_obeyed(60)


@pytest.mark.slow
def test_all_three_killed_again_and_again_under_load(village: Village) -> None:
    running = {role: village.start(role) for role in ("doors", "relay", "subscriber")}
    deaths = 0
    for turn in range(12):
        village.register(25)
        role = ("relay", "subscriber", "doors")[turn % 3]
        before = len(village.obeyed)
        eventually(60, lambda: len(village.obeyed) > before, lambda: village.said("subscriber")[-2000:])  # noqa: B023
        running[role].send_signal(signal.SIGKILL)
        deaths += running[role].wait(timeout=10) == -signal.SIGKILL
        running[role] = village.start(role)
    assert deaths == 12
    village.until_obeyed(60)
