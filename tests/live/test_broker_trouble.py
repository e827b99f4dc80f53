"""The broker stopped, killed, its queues purged or deleted: nothing is lost that stands in the log."""

import shutil
import subprocess
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pika
import pytest

from contracts.correspondence import listeners_of
from services.chassis import topology
from tests.attacks import Attack
from tests.live.village import Village
from tests.rabbitmq import RabbitServer, eventually, found_vhost

pytestmark = [pytest.mark.fire, pytest.mark.timeout(3600)]
QUEUE = topology.Queue("mirror", "registry").name
RESTARTED, DELETED, WIPED = "R5 RabbitMQ 被杀并重启", "R5 队列被清空或删除", "R5 RabbitMQ 磁盘被清空"
UNROUTABLE = "R9 信件无处可投"
FETCHED = "dudao_letters_fetched_total"


def channel_of(village: Village) -> pika.channel.Channel:
    return pika.BlockingConnection(pika.URLParameters(village.amqp_url)).channel()


def start_all(village: Village) -> dict[str, "subprocess.Popen[bytes]"]:
    return {role: village.start(role) for role in ("doors", "relay", "subscriber")}


def metric(village: Village, role: str, name: str) -> float:
    """The value of the first series of this name."""
    text = urlopen(f"http://127.0.0.1:{village.health[role]}/metrics").read().decode()
    rows = [line for line in text.splitlines() if line.startswith((f"{name}{{", f"{name} "))]
    return float(rows[0].rpartition(" ")[2]) if rows else 0.0


@pytest.mark.attack(RESTARTED)
def test_a_broker_that_is_killed_and_started_again_loses_and_doubles_nothing(
    attack: Attack, village: Village, rabbit_server: RabbitServer
) -> None:
    start_all(village)
    village.register(20)
    village.until_obeyed(60)
    deaths, rounds = 0, attack.rounds(50)
    for _ in range(rounds):
        before = len(village.obeyed)
        village.register(5)  # some of these are on their way
        rabbit_server.kill()
        village.register(20)
        eventually(5, lambda: not rabbit_server.accepts())
        assert len(village.obeyed) <= before + 5
        deaths += 1
        rabbit_server.start()
        eventually(90, lambda: {*village.obeyed} >= {*village.wanted}, village.traces)
    attack.saw(rounds=rounds, evidence=deaths, **village.judged())


def blind(village: Village) -> None:
    """The control's subscriber: it sees no gap and asks nobody."""
    village.start("doors")
    village.start("relay")
    subscriber = village.start("subscriber", "naive-listener")
    village.register(5)
    eventually(60, lambda: len({*village.obeyed}) == 5)
    subscriber.kill()
    subscriber.wait()
    village.register(20)


def blind_is_caught(attack: Attack, village: Village) -> None:
    village.start("subscriber", "naive-listener")
    village.register(5)
    eventually(60, lambda: village.wanted[-1] in village.obeyed)
    attack.caught(int(village.judged(1)["lost"] > 0))


@pytest.mark.control(DELETED)
def test_a_subscriber_that_sees_no_gap_loses_what_was_in_the_queue(attack: Attack, village: Village) -> None:
    blind(village)
    assert emptied(village, "purge") >= 20
    blind_is_caught(attack, village)


@pytest.mark.control(WIPED)
def test_a_subscriber_that_sees_no_gap_loses_what_was_on_the_disk(
    attack: Attack, village: Village, rabbit_server: RabbitServer
) -> None:
    blind(village)
    eventually(30, lambda: village.relayed() == 25)
    wiped(village, rabbit_server)
    blind_is_caught(attack, village)


@pytest.mark.control(RESTARTED)
def test_a_queue_in_memory_is_caught_losing_what_was_confirmed(
    attack: Attack, village: Village, rabbit_server: RabbitServer
) -> None:
    channel = channel_of(village)
    channel.confirm_delivery()
    channel.queue_declare("in-memory", durable=False)
    for _ in range(20):
        channel.basic_publish("", "in-memory", b"", mandatory=True)
    rabbit_server.kill()
    rabbit_server.start()
    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="NOT_FOUND"):
        channel_of(village).queue_declare("in-memory", passive=True)
    attack.caught()


def wiped(village: Village, server: RabbitServer) -> None:
    """Killed, its disk emptied, and set up again as it was at first."""
    server.kill()
    shutil.rmtree(server.folder / "mnesia")
    server.start()
    found_vhost(server, unquote(urlsplit(village.amqp_url).path[1:]))


@pytest.mark.attack(WIPED)
def test_a_broker_whose_disk_is_wiped_gets_everything_again_from_the_log(
    attack: Attack, village: Village, rabbit_server: RabbitServer
) -> None:
    running, rounds = start_all(village), attack.rounds(10)
    village.register(5)
    village.until_obeyed(60)
    gone = 0
    for _ in range(rounds):
        running["subscriber"].kill()
        running["subscriber"].wait()
        village.register(20)
        last = village.registry.recorder.max_notification_id()
        eventually(60, lambda: village.relayed() == last)  # noqa: B023
        gone += channel_of(village).queue_declare(QUEUE, passive=True).method.message_count
        wiped(village, rabbit_server)
        running["subscriber"] = village.start("subscriber")
        village.register(5)
        eventually(90, lambda: {*village.obeyed} >= {*village.wanted}, village.traces)
    assert gone >= 20 * rounds
    attack.saw(rounds=rounds, evidence=gone, **village.judged())


def emptied(village: Village, deed: str) -> int:
    """Purge or delete the queue once it is full; returns how many letters went with it."""
    channel = channel_of(village)
    eventually(20, lambda: channel.queue_declare(QUEUE, passive=True).method.message_count >= 20)
    gone: int = (channel.queue_purge if deed == "purge" else channel.queue_delete)(QUEUE).method.message_count
    return gone


@pytest.mark.attack(DELETED)
@pytest.mark.parametrize("deed", ["purge", "delete"])
def test_a_queue_that_somebody_empties_or_deletes_is_healed_from_the_log(
    attack: Attack, village: Village, deed: str
) -> None:
    running = start_all(village)
    village.register(5)
    village.until_obeyed()
    running["subscriber"].kill()
    running["subscriber"].wait()
    village.register(20)
    gone = emptied(village, deed)
    assert gone >= 20
    village.start("subscriber")
    counts = village.judged()
    assert metric(village, "subscriber", FETCHED) >= 20
    attack.saw(rounds=1, evidence=gone, **counts)


@pytest.mark.attack(DELETED)
def test_a_queue_deleted_under_a_running_subscriber_comes_back(attack: Attack, village: Village) -> None:
    start_all(village)
    village.register(5)
    village.until_obeyed()
    channel_of(village).queue_delete(QUEUE)
    village.register(5)
    counts = village.judged()
    eventually(20, lambda: queue_exists(village))
    attack.saw(rounds=1, evidence=1, **counts)


@pytest.mark.attack(UNROUTABLE)
def test_an_unroutable_letter_is_surfaced_and_sent_again(attack: Attack, village: Village) -> None:
    running = {role: village.start(role) for role in ("doors", "relay")}
    village.register(3)
    eventually(30, lambda: queue_exists(village) and metric(village, "relay", "dudao_relay_position") == 3)
    for listener in ("mirror", *listeners_of("registry")):
        channel_of(village).queue_delete(topology.Queue(listener, "registry").name)
    village.register(3)
    eventually(30, lambda: metric(village, "relay", "dudao_relay_unroutable_total") >= 1)
    eventually(30, lambda: metric(village, "relay", "dudao_relay_position") == 6)
    assert channel_of(village).queue_declare(QUEUE, passive=True).method.message_count == 3
    assert "unroutable: registry.JurisdictionRegistered" in village.said("relay")
    assert running["relay"].poll() is None
    attack.saw(rounds=1, evidence=int(metric(village, "relay", "dudao_relay_unroutable_total")), acknowledged=6, lost=0)


@pytest.mark.control(UNROUTABLE)
def test_a_relay_that_does_not_ask_for_returns_is_caught(attack: Attack, village: Village) -> None:
    village.start("relay", "not-mandatory")
    village.register(3)
    eventually(30, lambda: queue_exists(village) and metric(village, "relay", "dudao_relay_position") == 3)
    for listener in ("mirror", *listeners_of("registry")):
        channel_of(village).queue_delete(topology.Queue(listener, "registry").name)
    village.register(3)
    eventually(30, lambda: metric(village, "relay", "dudao_relay_position") == 6)
    attack.caught(int(metric(village, "relay", "dudao_relay_unroutable_total") == 0 and not queue_exists(village)))


@pytest.mark.endurance
def test_a_last_letter_lost_without_a_gap_is_found_by_asking(village: Village) -> None:
    start_all(village)
    village.register(5)
    village.until_obeyed()
    village.processes[1].kill()  # the relay: the last letters never reach the broker
    village.processes[1].wait()
    village.register(3)
    village.until_obeyed()


@pytest.mark.endurance
def test_a_stray_message_is_taken_off_the_queue_and_counted(village: Village) -> None:
    start_all(village)
    village.register(3)
    village.until_obeyed()
    channel_of(village).basic_publish(topology.exchange_of("registry"), "nonsense", b"nonsense")
    village.register(3)
    village.until_obeyed()
    eventually(20, lambda: metric(village, "subscriber", "dudao_letters_stray_total") == 1)


def queue_exists(village: Village) -> bool:
    try:
        channel_of(village).queue_declare(QUEUE, passive=True)
    except pika.exceptions.ChannelClosedByBroker:
        return False
    return True


@pytest.mark.endurance
@pytest.mark.parametrize("roles", [("relay", "subscriber"), ("subscriber", "relay")])
def test_relay_and_subscriber_declare_the_same_in_either_order(village: Village, roles: tuple[str, str]) -> None:
    village.register(1)
    village.start("doors")
    for role in roles:
        village.start(role)
        eventually(20, lambda: queue_exists(village))
    village.until_obeyed()
    assert "PRECONDITION_FAILED" not in village.said("relay") + village.said("subscriber")
