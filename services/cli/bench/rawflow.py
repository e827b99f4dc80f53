"""The bare drivers on the same way: an INSERT, a pika publish, a pika consume, an INSERT into a book and a page."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pika
import psycopg

from services.chassis.topology import ARGUMENTS, PERSISTENT

QUEUE, PREFETCH = "raw", 500
TABLE = "CREATE TABLE IF NOT EXISTS raw_flow (number bigserial PRIMARY KEY, record bytea NOT NULL)"


class RawFlow:
    """One message at a time, durable at every step, nothing else; a consumer in a thread of its own."""

    def __init__(self, log_url: str, amqp_url: str, folder: Path, record: bytes) -> None:
        self._amqp_url, self._folder, self._record = amqp_url, folder, record
        self._log = psycopg.connect(log_url, autocommit=True)
        self._log.execute(TABLE)
        self._publisher = pika.BlockingConnection(pika.URLParameters(amqp_url))
        self._channel = self._publisher.channel()
        self._channel.queue_declare(QUEUE, durable=True, arguments=dict(ARGUMENTS))
        self._channel.confirm_delivery()
        self.arrived: dict[int, float] = {}
        self._thread = threading.Thread(target=self._consume, daemon=True)
        self._thread.start()

    def one(self) -> int:
        """Insert and publish; returns the row's number when the insert is durable, as the log does."""
        row = self._log.execute("INSERT INTO raw_flow (record) VALUES (%s) RETURNING number", [self._record]).fetchone()
        number = int(row[0]) if row else 0
        self._publish(number)
        return number

    def burst(self, count: int) -> float:
        """So many published at once; messages per second until the last one is consumed."""
        begun, last = time.monotonic(), max(self.arrived, default=0) + count
        for number in range(last - count + 1, last + 1):
            self._publish(number)
        while last not in self.arrived:
            time.sleep(0.005)
        return count / (self.arrived[last] - begun)

    def _publish(self, number: int) -> None:
        properties = pika.BasicProperties(delivery_mode=PERSISTENT, headers={"position": number})
        self._channel.basic_publish("", QUEUE, self._record, properties, mandatory=True)

    def _consume(self) -> None:
        connection = pika.BlockingConnection(pika.URLParameters(self._amqp_url))
        channel, book, page = connection.channel(), self._file("FULL"), self._file("NORMAL")
        channel.basic_qos(prefetch_count=PREFETCH)
        for delivered, properties, record in channel.consume(QUEUE):
            number = properties.headers["position"]
            for file in (book, page):
                file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (number, record))
            channel.basic_ack(delivered.delivery_tag)
            self.arrived[number] = time.monotonic()

    def _file(self, synchronous: str) -> Any:
        file = sqlite3.connect(self._folder / f"raw-{synchronous}.sqlite", isolation_level=None)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute(f"PRAGMA synchronous={synchronous}")
        file.execute("CREATE TABLE IF NOT EXISTS kept (number INTEGER PRIMARY KEY, record BLOB)")
        return file

    def close(self) -> None:
        """The consumer's thread ends with the process."""
        self._publisher.close()
        self._log.close()
