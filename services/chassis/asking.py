"""Asking a service by RPC: a pool of started nameko proxies, always a time-out, refusals as refusals."""

import select
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from typing import Any

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

from nameko.amqp.publish import Publisher
from nameko.exceptions import RemoteError, RpcTimeout, UnknownService
from nameko.rpc import MethodProxy
from nameko.standalone.rpc import ClusterRpcProxy, PollingQueueConsumer, SingleThreadedReplyListener

from contracts.letter import Letter
from contracts.record import Receipt, encode
from contracts.submission import Submission
from services.chassis.brokers import for_kombu
from services.chassis.replies import PAGE, NoAnswer, letters_in, receipt_in

TRANSIENT = 1
TROUBLE = (RpcTimeout, UnknownService, RemoteError, KombuError, AMQPError, OSError, RuntimeError)


PATIENCE = {"read_timeout": 15, "write_timeout": 15, "connect_timeout": 5}  # nameko itself waits for ever


class _Requests(Publisher):  # type: ignore[misc]  # nameko has no types
    """Transient, and with a limit to the wait for the broker's confirm."""

    delivery_mode = TRANSIENT
    transport_options = {**Publisher.transport_options, **PATIENCE}


class _Method(MethodProxy):  # type: ignore[misc]
    publisher_cls = _Requests


class _Replies(PollingQueueConsumer):  # type: ignore[misc]
    """The reply queue, on a connection that does not wait for ever."""

    def _setup_consumer(self) -> None:
        self.connection.transport_options.update(PATIENCE)
        super()._setup_consumer()


class _Listener(SingleThreadedReplyListener):  # type: ignore[misc]
    def __init__(self, timeout: float | None = None) -> None:
        super().__init__(timeout=timeout)
        self.queue_consumer = _Replies(timeout=timeout)


class _Caller(ClusterRpcProxy):  # type: ignore[misc]
    """A proxy whose requests vanish when nobody has read them before the caller gave up."""

    def __init__(self, amqp_url: str, timeout: float) -> None:
        super().__init__({"AMQP_URI": for_kombu(amqp_url)}, timeout=timeout, reply_listener_cls=_Listener)
        self._options = {"expiration": timeout, "confirm_timeout": timeout}

    def call(self, service: str, method: str, *arguments: Any) -> Any:
        return _Method(self._worker_ctx, service, method, self._reply_listener, **self._options)(*arguments)

    def is_fresh(self) -> bool:
        """Nothing waits to be read: neither a late answer nor the broker's good-bye."""
        connection = self._reply_listener.queue_consumer.connection
        return bool(connection.connected) and not select.select([connection.connection.sock], [], [], 0)[0]


class Asker:
    """Asks on behalf of one listener or door; safe to share between threads, each call has its own proxy."""

    def __init__(self, amqp_url: str, name: str, timeout: float = 5.0) -> None:
        self._url, self._name, self._timeout = amqp_url, name, timeout
        self._idle: LifoQueue[_Caller] = LifoQueue()

    def execute(self, service: str, submission: Submission) -> Receipt:
        """Send a command; raises Refused, or NoAnswer (then it may be sent again under the same id)."""
        return receipt_in(self._call(service, "execute", encode(submission).decode()))

    def announcements(self, sender: str, after: int, limit: int = PAGE) -> list[Letter]:
        """A sender's letters after a position; raises Refused or NoAnswer."""
        return letters_in(self._call(sender, "announcements", after, limit, self._name), sender)

    def nothing(self, service: str) -> None:
        """An empty call; raises NoAnswer."""
        self._call(service, "nothing")

    def close(self) -> None:
        """Close every connection that is not in use."""
        for caller in self._drained():
            caller.stop()

    def _call(self, service: str, method: str, *arguments: Any) -> Any:
        with self._caller() as caller:
            return caller.call(service, method, *arguments)

    @contextmanager
    def _caller(self) -> Iterator[_Caller]:
        """A proxy nobody else uses; after any trouble it is thrown away, with whatever still comes for it."""
        caller = None
        try:
            caller = self._borrowed()
            yield caller
        except TROUBLE as error:
            if caller is not None:
                _abandon(caller)
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        else:
            self._idle.put(caller)

    def _borrowed(self) -> _Caller:
        for caller in self._drained():
            if caller.is_fresh():
                return caller
            _abandon(caller)
        caller = _Caller(self._url, self._timeout)
        caller.start()
        return caller

    def _drained(self) -> Iterator[_Caller]:
        while True:
            try:
                yield self._idle.get_nowait()
            except Empty:
                return


def _abandon(caller: _Caller) -> None:
    try:
        caller.stop()
    except TROUBLE:
        return
