"""Exchanges, queues and bindings: the one place that names them, so that everyone declares the same."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from contracts.letter import Letter

EXCHANGE_TYPE = "topic"
EVERYTHING = "#"
CONTENT_TYPE = "application/x-ndjson"
PERSISTENT = 2

# A quorum queue drops what was delivered too often; RabbitMQ 4 does so after 20 times unless told otherwise.
# A letter is never to be dropped by the broker: what cannot be obeyed is parked by its listener.
QUORUM: Mapping[str, Any] = {"x-queue-type": "quorum"}
ARGUMENTS: Mapping[str, Any] = {
    **QUORUM,
    "x-single-active-consumer": True,
    "x-delivery-limit": 1_000_000_000,
}


class Queue(NamedTuple):
    """One listener's durable queue for one sender's letters, bound to all of them."""

    listener: str
    sender: str

    @property
    def name(self) -> str:
        """`<listener>.<sender>`."""
        return f"{self.listener}.{self.sender}"

    @property
    def exchange(self) -> str:
        """The sender's exchange."""
        return exchange_of(self.sender)


def exchange_of(sender: str) -> str:
    """The durable topic exchange on which a service announces."""
    return f"{sender}.events"


def writer_of(listener: str) -> str:
    """The exclusive queue whose one holder may write for a listener that must write alone."""
    return f"{listener}.writer"


def properties_of(letter: Letter) -> dict[str, Any]:
    """The message's properties, by their AMQP names; the body is the record as it is stored."""
    return {
        "content_type": CONTENT_TYPE,
        "delivery_mode": PERSISTENT,
        "message_id": str(letter.head.event_id),
        "app_id": letter.sender,
        "type": letter.topic,
        "headers": {"position": letter.position, "previous": letter.previous},
    }


def letter_of(sender: str, properties: Mapping[str, Any], body: bytes) -> Letter:
    """The letter of a message; raises ValueError when the message is none."""
    headers, topic = properties.get("application_headers") or {}, properties.get("type")
    position, previous = headers.get("position"), headers.get("previous")
    if not (isinstance(position, int) and isinstance(previous, int) and topic):
        raise ValueError(f"a message without position, previous or type in a queue of {sender}")
    return Letter(sender, position, previous, str(topic), body)
