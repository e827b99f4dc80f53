"""The database killed or paused under clients, relay and subscriber: nothing acknowledged is lost (R1, R3)."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.cli.throwaway_postgres import PostgresServer
from tests.attacks import Attack
from tests.chassis.writers import processes_of
from tests.live.clients import Clients
from tests.live.village import Village
from tests.rabbitmq import eventually

pytestmark = [pytest.mark.fire, pytest.mark.timeout(900)]
KILLED, PAUSED = "R1 PostgreSQL 被杀（kill -9）", "R3 PostgreSQL 停住（SIGSTOP 10 秒）"
KILL_ROUNDS, PAUSE_ROUNDS, PAUSE_SECONDS = 20, 5, 10
ROLES = ("doors", "relay", "subscriber")


@pytest.fixture
def own_server(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """A server that the test may kill."""
    server = PostgresServer(postgres_server.binaries)
    server.create()
    server.start()
    yield server
    for pid in processes_of(server):
        os.kill(pid, signal.SIGCONT)
    server.remove()


@pytest.fixture
def founded(tmp_path: Path, amqp_url: str, own_server: PostgresServer) -> Iterator[Village]:
    """All roles at work on that server."""
    village = Village(tmp_path, amqp_url, own_server.url())
    for role in ROLES:
        village.start(role)
    village.register(5)
    village.until_obeyed(60)
    yield village
    village.close()


def strike(server: PostgresServer, number: int) -> int:
    """The same signal to the postmaster and every backend; returns how many there were."""
    struck = processes_of(server)
    for pid in struck:
        os.kill(pid, number)
    return len(struck)


def goes_on(clients: Clients, seconds: float = 60) -> None:
    """New commands are answered again, and nobody restarted anything."""
    before = len(clients.promised)
    eventually(seconds, lambda: len(clients.promised) > before + 3)


def judged(attack: Attack, village: Village, clients: Clients, rounds: int, evidence: int) -> None:
    counts = village.judged(120)
    assert all(process.poll() is None for process in village.processes), "nothing had to be restarted"
    counts["lost"] += len(clients.lost())
    attack.saw(rounds=rounds, evidence=evidence, **counts | {"acknowledged": len(clients.promised)})


@pytest.mark.attack(KILLED)
def test_a_database_killed_under_load_loses_nothing_and_all_heal(
    attack: Attack, founded: Village, own_server: PostgresServer
) -> None:
    deaths, rounds = 0, attack.rounds(KILL_ROUNDS)
    with Clients(founded) as clients:
        for _ in range(rounds):
            goes_on(clients)
            deaths += strike(own_server, signal.SIGKILL) > 1
            assert own_server.process is not None and own_server.process.wait() == -signal.SIGKILL
            time.sleep(1)
            (own_server.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
            own_server.start()
        goes_on(clients)
    judged(attack, founded, clients, rounds, deaths)


@pytest.mark.attack(PAUSED)
def test_a_database_that_stands_still_means_try_again_and_then_all_goes_on(
    attack: Attack, founded: Village, own_server: PostgresServer
) -> None:
    stood_still, rounds = 0, attack.rounds(PAUSE_ROUNDS)
    with Clients(founded) as clients:
        for _ in range(rounds):
            goes_on(clients)
            before = clients.again
            strike(own_server, signal.SIGSTOP)
            time.sleep(PAUSE_SECONDS)
            stood_still += clients.again > before
            strike(own_server, signal.SIGCONT)
            goes_on(clients)
    judged(attack, founded, clients, rounds, stood_still)
    assert stood_still == rounds


@pytest.mark.control(PAUSED)
def test_a_client_that_takes_no_answer_for_a_no_is_caught(
    attack: Attack, founded: Village, own_server: PostgresServer
) -> None:
    with Clients(founded, patient=False) as clients:
        goes_on(clients)
        strike(own_server, signal.SIGSTOP)
        eventually(30, lambda: len(clients.given_up) >= 3)
        strike(own_server, signal.SIGCONT)
        goes_on(clients)
    eventually(30, lambda: bool({*clients.given_up} & {*founded.wanted}), lambda: f"{clients.given_up} were not done")
    attack.caught()


@pytest.mark.endurance
def test_the_processes_of_a_server_are_its_own(own_server: PostgresServer) -> None:
    names = subprocess.run(
        ["ps", "-o", "comm=", "-p", ",".join(map(str, processes_of(own_server)))], capture_output=True, text=True,
        check=True,
    ).stdout.split()
    assert len(names) > 1 and {*names} == {"postgres"}
