"""Registry → relay → RabbitMQ → subscriber → mirror, each a process of its own; nothing lost, doubled or reordered."""

import signal

import pytest

from tests.live.village import Village, killed_in_rounds, village
from tests.rabbitmq import RabbitServer, eventually

__all__ = ["village"]
pytestmark = pytest.mark.slow


def test_letters_arrive_once_and_in_order(village: Village) -> None:
    village.register(30)
    for role in ("doors", "relay", "subscriber"):
        village.start(role)
    village.until_obeyed()
    village.register(30)
    village.until_obeyed()
