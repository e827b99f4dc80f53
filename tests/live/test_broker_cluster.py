"""Three brokers, of which one is killed or cut off again and again under load: what was confirmed is kept (R6)."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pika
import pytest

from services.chassis import topology
from tests.attacks import Attack
from tests.live.brokers import Brokers, Cables
from tests.live.village import Village
from tests.rabbitmq import eventually

pytestmark = [pytest.mark.fire, pytest.mark.timeout(1800)]
KILLS, CUTS = "R6 三节点 RabbitMQ，节点被杀", "R6 三节点 RabbitMQ，网络切断"
KILL_ROUNDS, DOWN_SECONDS, BETWEEN_SECONDS = 30, 4, 15
GRACE_SECONDS = 5
WITNESS = "witness"
ROLES = ("doors", "relay", "subscriber")


def village_of(brokers: Brokers, folder: Path, log_url: str) -> Village:
    """A village whose processes know all nodes, and a queue that keeps whatever was confirmed."""
    channel = brokers.channel()
    channel.exchange_declare(topology.exchange_of("registry"), topology.EXCHANGE_TYPE, durable=True)
    channel.queue_delete(WITNESS)
    channel.queue_declare(WITNESS, durable=True, arguments=dict(topology.QUORUM))
    channel.queue_bind(WITNESS, topology.exchange_of("registry"), topology.EVERYTHING)
    channel.connection.close()
    return Village(folder, brokers.url, log_url)


@pytest.fixture
def clustered(three_brokers: Brokers, tmp_path: Path, postgres_url: str) -> Iterator[Village]:
    village = village_of(three_brokers, tmp_path, postgres_url)
    yield village
    village.close()


@pytest.fixture
def scattered(scattered_brokers: Brokers, tmp_path: Path, postgres_url: str) -> Iterator[Village]:
    village = village_of(scattered_brokers, tmp_path, postgres_url)
    yield village
    village.close()


class Load:
    """Places registered all the time, and the longest time in which none was obeyed."""

    def __init__(self, village: Village) -> None:
        self._village, self._ending, self.stall = village, threading.Event(), 0.0
        self._threads = [threading.Thread(target=run) for run in (self._write, self._watch)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while not self._ending.wait(0.05):
            self._village.register(1)

    def _watch(self) -> None:
        last, since = 0, time.monotonic()
        while not self._ending.wait(0.1):
            now = self._village.mirror.recorder.max_notification_id() or 0
            self.stall = max(self.stall, time.monotonic() - since)
            if now > last:
                last, since = now, time.monotonic()


def started(village: Village) -> None:
    for role in ROLES:
        village.start(role)
    village.register(5)
    village.until_obeyed(60)


def witnessed(brokers: Brokers) -> list[int]:
    """Positions of all letters the broker still has, in its order."""
    channel, found = brokers.channel(), list[int]()
    while (got := channel.basic_get(WITNESS, auto_ack=True))[0] is not None:
        found.append(got[1].headers["position"])
    channel.connection.close()
    return found


def judged(attack: Attack, village: Village, brokers: Brokers, rounds: int, evidence: int, stall: float) -> None:
    """Everything was obeyed once and in order, and the broker itself kept every letter that it confirmed."""
    counts = village.judged(120)
    last = village.registry.recorder.max_notification_id()
    eventually(60, lambda: village.relayed() == last)
    lost = set(range(1, last + 1)) - set(witnessed(brokers))
    counts["lost"] += len(lost)
    attack.saw(rounds=rounds, evidence=evidence, stall=round(stall), **counts)


@pytest.mark.attack(KILLS)
def test_nodes_killed_one_after_the_other_lose_no_confirmed_letter(
    attack: Attack, clustered: Village, three_brokers: Brokers
) -> None:
    started(clustered)
    deaths, rounds, longest = 0, attack.rounds(KILL_ROUNDS), 0.0
    with Load(clustered) as load:
        for turn in range(rounds):
            began, node = time.monotonic(), three_brokers.nodes[turn % 3]
            node.kill()
            eventually(5, lambda: not node.accepts())  # noqa: B023
            deaths += 1
            time.sleep(DOWN_SECONDS)
            node.start()
            away = time.monotonic() - began
            longest = max(longest, away)
            time.sleep(max(0.0, BETWEEN_SECONDS - away))
    assert deaths == rounds
    judged(attack, clustered, three_brokers, rounds, deaths, load.stall)
    assert load.stall <= longest + GRACE_SECONDS


@pytest.mark.control(KILLS)
def test_a_queue_that_lives_on_one_node_only_is_caught_losing(attack: Attack, three_brokers: Brokers) -> None:
    """Twenty letters confirmed into a queue without members elsewhere: the witness's own check misses them."""
    channel = three_brokers.channel(1)
    channel.queue_delete(WITNESS)
    channel.queue_declare(WITNESS, durable=False)
    for number in range(20):
        headers = pika.BasicProperties(headers={"position": number}, delivery_mode=topology.PERSISTENT)
        channel.basic_publish("", WITNESS, b"", headers, mandatory=True)  # returns when it is confirmed
    three_brokers.nodes[1].kill()
    three_brokers.nodes[1].start()
    try:
        kept = len(witnessed(three_brokers))
    except pika.exceptions.ChannelClosedByBroker:
        kept = 0
    attack.caught(int(kept < 20))


@pytest.mark.parametrize("seconds", [10, 30])
@pytest.mark.attack(CUTS)
def test_a_node_cut_off_loses_no_confirmed_letter_and_stalls_nobody_for_long(
    attack: Attack, scattered: Village, scattered_brokers: Brokers, cables: Cables, seconds: int
) -> None:
    started(scattered)
    cuts, stalls = 0, list[float]()
    for number in range(3):
        with Load(scattered) as load:
            cables.pull(number)
            cuts += not cables.reaches(scattered_brokers.nodes[number])
            time.sleep(seconds)
            cables.plug(number)
            time.sleep(GRACE_SECONDS + 5)
        stalls.append(load.stall)
        eventually(120, lambda: all_run(scattered_brokers))
    assert cuts == 3
    judged(attack, scattered, scattered_brokers, 3, cuts, max(stalls))
    assert max(stalls) <= seconds + GRACE_SECONDS, stalls


def all_run(brokers: Brokers) -> bool:
    """Whether every node runs, as one that has paused itself does again after a while."""
    try:
        return brokers.nodes[0].ctl("cluster_status").count("Versions") == 1 and all(
            node.ctl("await_startup", "--timeout", "5") is not None for node in brokers.nodes
        )
    except RuntimeError:
        return False


@pytest.mark.control(CUTS)
def test_without_quorum_a_queue_is_not_reachable_behind_the_cut(
    attack: Attack, scattered_brokers: Brokers, cables: Cables
) -> None:
    """A queue on one node only: while that node is cut off, what was confirmed cannot be had from the others."""
    channel = scattered_brokers.channel(1)
    channel.queue_delete(WITNESS)
    channel.queue_declare(WITNESS, durable=True)
    channel.basic_publish("", WITNESS, b"", pika.BasicProperties(delivery_mode=topology.PERSISTENT), mandatory=True)
    cables.pull(1)
    try:
        time.sleep(25)
        with pytest.raises((pika.exceptions.AMQPError, AssertionError)):
            assert scattered_brokers.channel(0).basic_get(WITNESS, auto_ack=True)[0] is not None
        attack.caught()
    finally:
        cables.plug(1)
