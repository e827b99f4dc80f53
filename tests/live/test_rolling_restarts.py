"""SIGTERM to one process after the other under clients: each ends in time and in order, nothing is lost (R13)."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.attacks import Attack
from tests.live.clients import Clients
from tests.live.village import Village
from tests.rabbitmq import eventually

pytestmark = pytest.mark.timeout(1800)
RESTARTS = "R13 滚动重启（SIGTERM）"
ENDED_SECONDS = 30
ROLES = ("doors", "doors", "relay", "subscriber")


def ended(process: "subprocess.Popen[bytes]", seconds: float = ENDED_SECONDS) -> int | None:
    """What it exited with after SIGTERM; None if it did not end in time."""
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def listens(process: "subprocess.Popen[bytes]") -> bool:
    """Whether it catches SIGTERM already; before that it is still starting, and has promised nothing."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    caught = next(int(line.split()[1], 16) for line in lines if line.startswith("SigCgt"))
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def restarted(attack: Attack, village: Village, rounds: int) -> None:
    """Two doors, a relay and a subscriber, one restarted after the other while clients send commands."""
    running, exits = [village.start(role) for role in ROLES], list[int | None]()
    with Clients(village) as clients:
        for turn in range(rounds):
            before = len(clients.promised)
            eventually(60, lambda: len(clients.promised) > before, lambda: village.said("doors")[-2000:])  # noqa: B023
            place = turn % len(ROLES)
            eventually(60, lambda: listens(running[place]), lambda: village.said(ROLES[place])[-2000:])  # noqa: B023
            exits.append(ended(running[place]))
            running[place] = village.start(ROLES[place])
            time.sleep(1)
    assert exits == [0] * rounds
    counts = village.judged(120)
    counts["lost"] += len(clients.lost())
    attack.saw(rounds=rounds, evidence=len(exits), **counts | {"acknowledged": len(clients.promised)})


@pytest.mark.slow
@pytest.mark.attack(RESTARTS)
def test_four_restarts_under_load_lose_and_double_nothing(attack: Attack, village: Village) -> None:
    restarted(attack, village, 4)


@pytest.mark.fire
@pytest.mark.attack(RESTARTS)
def test_fifty_restarts_under_load_lose_and_double_nothing(attack: Attack, village: Village) -> None:
    restarted(attack, village, attack.rounds(50))


@pytest.mark.slow
@pytest.mark.control(RESTARTS)
def test_a_process_that_does_not_listen_to_sigterm_is_caught(attack: Attack, village: Village) -> None:
    deaf = village.start("relay", "deaf")
    eventually(30, lambda: "deaf" in village.said("relay"))
    attack.caught(int(ended(deaf, 3) != 0))
