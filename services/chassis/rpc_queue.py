"""The queue of a service's doors: on one broker nameko's own, on several a quorum queue that outlives any node."""

import logging
from typing import Any

from nameko.messaging import QueueConsumer
from nameko.rpc import Rpc, RpcConsumer

from services.chassis.topology import QUORUM

log = logging.getLogger(__name__)


class _Broker(QueueConsumer):  # type: ignore[misc]  # nameko has no types
    """Tells what is wrong without the address: of several, nameko would hide the first one's password only."""

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        log.warning("no broker, next try in %.0f s: %r", interval, exc)


class _Requests(RpcConsumer):  # type: ignore[misc]
    """A queue of another kind has another name, so that a broker that becomes a cluster needs no cleaning."""

    queue_consumer = _Broker()

    def setup(self) -> None:
        is_new = self.queue is None
        super().setup()
        if is_new and ";" in self.container.config["AMQP_URI"]:
            self.queue.name, self.queue.queue_arguments = f"{self.queue.name}.quorum", dict(QUORUM)


class _Door(Rpc):  # type: ignore[misc]
    rpc_consumer = _Requests()


door: Any = _Door.decorator
"""Marks a method of a service's doors."""
