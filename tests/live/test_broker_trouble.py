"""The broker stopped, killed, its queues purged or deleted: nothing is lost that stands in the log."""

import subprocess
from urllib.request import urlopen

import pika
import pytest

from contracts.correspondence import listeners_of
from services.chassis import topology
from tests.live.village import Village
from tests.rabbitmq import RabbitServer, eventually

pytestmark = [pytest.mark.fire, pytest.mark.timeout(300)]
QUEUE = topology.Queue("mirror", "registry").name


def channel_of(village: Village) -> pika.channel.Channel:
    return pika.BlockingConnection(pika.URLParameters(village.amqp_url)).channel()


def start_all(village: Village) -> dict[str, "subprocess.Popen[bytes]"]:
    return {role: village.start(role) for role in ("doors", "relay", "subscriber")}


def metric(village: Village, role: str, name: str) -> float:
    """The value of the first series of this name."""
    text = urlopen(f"http://127.0.0.1:{village.health[role]}/metrics").read().decode()
    rows = [line for line in text.splitlines() if line.startswith((f"{name}{{", f"{name} "))]
    return float(rows[0].rpartition(" ")[2]) if rows else 0.0


def test_a_broker_that_is_killed_and_started_again_loses_and_doubles_nothing(
    village: Village, rabbit_server: RabbitServer
) -> None:
    start_all(village)
    village.register(20)
    village.until_obeyed()
    rabbit_server.kill()
    village.register(20)
    assert not rabbit_server.accepts() and len(village.obeyed) == 20
    rabbit_server.start()
    village.until_obeyed(60)
    village.register(5)
    village.until_obeyed(60)


@pytest.mark.parametrize("deed", ["purge", "delete"])
def test_a_queue_that_somebody_empties_or_deletes_is_healed_from_the_log(village: Village, deed: str) -> None:
    running = start_all(village)
    village.register(5)
    village.until_obeyed()
    running["subscriber"].kill()
    running["subscriber"].wait()
    village.register(20)
    channel = channel_of(village)
    eventually(20, lambda: channel.queue_declare(QUEUE, passive=True).method.message_count >= 20)
    gone = (channel.queue_purge if deed == "purge" else channel.queue_delete)(QUEUE).method.message_count
    assert gone >= 20
    village.start("subscriber")
    village.until_obeyed()
    assert metric(village, "subscriber", "dudao_letters_fetched_total") >= 20


def test_a_queue_deleted_under_a_running_subscriber_comes_back(village: Village) -> None:
    start_all(village)
    village.register(5)
    village.until_obeyed()
    channel_of(village).queue_delete(QUEUE)
    village.register(5)
    village.until_obeyed()
    eventually(20, lambda: queue_exists(village))


def test_an_unroutable_letter_is_surfaced_and_sent_again(village: Village) -> None:
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


def test_a_last_letter_lost_without_a_gap_is_found_by_asking(village: Village) -> None:
    start_all(village)
    village.register(5)
    village.until_obeyed()
    village.processes[1].kill()  # the relay: the last letters never reach the broker
    village.processes[1].wait()
    village.register(3)
    village.until_obeyed()


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


@pytest.mark.parametrize("roles", [("relay", "subscriber"), ("subscriber", "relay")])
def test_relay_and_subscriber_declare_the_same_in_either_order(village: Village, roles: tuple[str, str]) -> None:
    village.register(1)
    village.start("doors")
    for role in roles:
        village.start(role)
        eventually(20, lambda: queue_exists(village))
    village.until_obeyed()
    assert "PRECONDITION_FAILED" not in village.said("relay") + village.said("subscriber")
