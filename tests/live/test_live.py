"""Registry → relay → RabbitMQ → subscriber → mirror, each a process of its own; nothing lost, doubled or reordered."""

import json
import signal
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import msgspec
import pytest

from services.chassis.asking import Asker
from services.chassis.life_cycle import Refused
from services.chassis.replies import NoAnswer
from tests.live.parish import place, submission
from tests.live.village import Village
from tests.rabbitmq import eventually

pytestmark = pytest.mark.slow
ROLES = ("doors", "relay", "subscriber")


def test_letters_arrive_once_and_in_order_and_every_process_ends_when_asked(village: Village) -> None:
    village.register(30)
    running = [village.start(role) for role in ROLES]
    village.until_obeyed()
    village.register(30)
    village.until_obeyed()
    assert {role: ready(village, role) for role in ROLES} == dict.fromkeys(ROLES, 200)
    assert "dudao_relay_position" in scrape(village, "relay")
    assert 'dudao_letters_heard_total{sender="registry",service="mirror"} 60.0' in scrape(village, "subscriber")
    for process in running:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=30) for process in running] == [0, 0, 0]


def test_a_command_is_answered_and_a_refusal_travels_as_data(village: Village) -> None:
    village.start("doors")
    asker = Asker(village.amqp_url, "mirror", timeout=5)
    eventually(20, lambda: answers(asker))
    said = submission(village.signer, place(990000))
    receipt = asker.execute("registry", said)
    assert (receipt.service, receipt.position) == ("registry", 1)
    assert asker.execute("registry", said) == receipt  # the same click again
    with pytest.raises(Refused, match="TOKEN_INVALID"):
        asker.execute("registry", msgspec.structs.replace(said, token="forged"))
    with pytest.raises(Refused, match="NOT_A_LISTENER"):
        Asker(village.amqp_url, "stranger").announcements("registry", 0)
    with pytest.raises(NoAnswer):
        asker.announcements("nobody", 0)
    assert [letter.position for letter in asker.announcements("registry", 0)] == [1]


def test_a_command_nobody_read_in_time_is_not_obeyed_later(village: Village) -> None:
    doors = village.start("doors")
    asker = Asker(village.amqp_url, "mirror", timeout=1)
    eventually(20, lambda: answers(asker))
    doors.send_signal(signal.SIGTERM)
    assert doors.wait(timeout=30) == 0
    with pytest.raises(NoAnswer):
        asker.execute("registry", submission(village.signer, place(990000)))
    time.sleep(1)  # the request expires in its queue
    village.start("doors")
    eventually(20, lambda: answers(asker))
    assert village.wanted == []


def answers(asker: Asker) -> bool:
    try:
        asker.announcements("registry", 0)
    except NoAnswer:
        return False
    return True


def ready(village: Village, role: str) -> int:
    try:
        return int(urlopen(f"http://127.0.0.1:{village.health[role]}/readyz").status)
    except HTTPError as error:
        pytest.fail(f"{role}: {json.loads(error.read())}")


def scrape(village: Village, role: str) -> str:
    return str(urlopen(f"http://127.0.0.1:{village.health[role]}/metrics").read().decode())
