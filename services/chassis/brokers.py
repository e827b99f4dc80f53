"""The broker's addresses: one URL, or those of all nodes of a cluster with commas between; whoever loses one takes
the next."""

from itertools import cycle
from typing import Any

HEARTBEAT = 10
"""Seconds; a node that the network has cut off does not say good-bye, so its silence must tell soon."""


def addresses(amqp_url: str) -> tuple[str, ...]:
    """Each node's URL, in the order given."""
    return tuple(url.strip() for url in amqp_url.split(",") if url.strip())


def for_kombu(amqp_url: str) -> str:
    """As kombu and nameko write several addresses; they take the next one by themselves."""
    return ";".join(addresses(amqp_url))


class Round:
    """The addresses in turn, for as long as somebody asks."""

    def __init__(self, amqp_url: str) -> None:
        self._urls: Any = cycle(addresses(amqp_url))

    def next(self) -> str:
        """The node to try now."""
        return str(next(self._urls))
