"""The bare drivers on the same way: an INSERT, a pika publish, a pika consume, an INSERT into a book and a page."""

import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pika
import psycopg

from services.chassis.topology import ARGUMENTS, PERSISTENT

QUEUE, PREFETCH = "raw", 500
TABLE = "CREATE TABLE IF NOT EXISTS raw_flow (number bigserial PRIMARY KEY, record bytea NOT NULL)"


class RawFlow:
    """Durable at every step, nothing else; a consumer in a thread of its own commits what has come, as ours does."""

    def __init__(self, log_url: str, amqp_url: str, folder: Path, record: bytes) -> None:
        self._amqp_url, self._folder, self._record = amqp_url, folder, record
        self._log = psycopg.connect(log_url, autocommit=True)
        self._log.execute(TABLE)
        self._publisher = pika.BlockingConnection(pika.URLParameters(amqp_url))
        self._confirmed, self._unconfirmed = self._publisher.channel(), self._publisher.channel()
        self._confirmed.queue_declare(QUEUE, durable=True, arguments=dict(ARGUMENTS))
        self._confirmed.confirm_delivery()
        self.stored: dict[int, float] = {}
        self.arrived: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._consume, daemon=True)
        self._thread.start()

    def one(self) -> int:
        """Insert, note the instant, publish and wait for the confirm; returns the row's number."""
        row = self._log.execute("INSERT INTO raw_flow (record) VALUES (%s) RETURNING number", [self._record]).fetchone()
        number = int(row[0]) if row else 0
        self.stored[number] = time.monotonic()
        self._publish(self._confirmed, number)
        return number

    def burst(self, count: int) -> float:
        """So many published at once, without confirms; messages per second until the last one is kept."""
        begun, last = time.monotonic(), max(self.arrived, default=0) + count
        for number in range(last - count + 1, last + 1):
            self._publish(self._unconfirmed, number)
        self.until_arrived(last)
        return count / (self.arrived[last] - begun)

    def until_arrived(self, number: int) -> None:
        """Wait for a message to be kept at the other end."""
        while number not in self.arrived:
            self._publisher.process_data_events(0.005)

    def _publish(self, channel: Any, number: int) -> None:
        properties = pika.BasicProperties(delivery_mode=PERSISTENT, headers={"position": number})
        channel.basic_publish("", QUEUE, self._record, properties, mandatory=True)

    def _consume(self) -> None:
        connection = pika.BlockingConnection(pika.URLParameters(self._amqp_url))
        channel, files = connection.channel(), (self._file("FULL"), self._file("NORMAL"))
        channel.basic_qos(prefetch_count=PREFETCH)
        come: list[tuple[int, bytes]] = []
        for delivered, properties, record in channel.consume(QUEUE, inactivity_timeout=0.2):
            if self._ended.is_set():
                break
            if delivered is not None:
                come.append((properties.headers["position"], record))
            if come and not channel.get_waiting_message_count():
                self._keep(files, come)
                channel.basic_ack(delivered.delivery_tag, multiple=True)
                come = []
        connection.close()

    def _keep(self, files: Iterable[Any], come: list[tuple[int, bytes]]) -> None:
        """What has come in one commit: first the book, then the page."""
        for file in files:
            file.execute("BEGIN")
            file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", come)
            file.execute("COMMIT")
        self.arrived.update(dict.fromkeys((number for number, _ in come), time.monotonic()))

    def _file(self, synchronous: str) -> Any:
        file = sqlite3.connect(self._folder / f"raw-{synchronous}.sqlite", isolation_level=None)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute(f"PRAGMA synchronous={synchronous}")
        file.execute("CREATE TABLE IF NOT EXISTS kept (number INTEGER PRIMARY KEY, record BLOB)")
        return file

    def close(self) -> None:
        """The consumer ends first."""
        self._ended.set()
        self._thread.join()
        self._publisher.close()
        self._log.close()
