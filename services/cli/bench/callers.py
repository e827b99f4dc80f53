"""Callers of a service's doors in a process of their own: `python -m services.cli.bench.callers JOB`, a JSON file."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from contracts.record import encode
from contracts.submission import Submission
from contracts.wire import name_of
from services.chassis.asking import Asker
from services.cli.bench.figures import threaded
from services.cli.bench.ledgers import assignment


class Job(msgspec.Struct, kw_only=True):
    """Turns of `turn` seconds from the instant `begins` (Unix time) on, empty calls and commands in turn."""

    amqp_url: str
    service: str
    token: str
    items: list[UUID]
    threads: int
    begins: float
    turn: float
    turns: int


class Done(msgspec.Struct, kw_only=True):
    """Calls per second of each turn, and the worst 99th percentile of one command in milliseconds."""

    empty: list[float]
    commands: list[float]
    slowest: float


def call(job: Job) -> Done:
    """Keep to the schedule, so that several processes call in the same turns."""
    asker = Asker(job.amqp_url, "bench", timeout=30.0)
    done = Done(empty=[], commands=[], slowest=0.0)
    empty: list[Callable[[], object]] = [partial(asker.nothing, job.service)] * job.threads
    commands = [partial(_assign, asker, job, iter(job.items[n::job.threads])) for n in range(job.threads)]
    threaded(empty, job.turn)  # connections are made before anything counts
    for number in range(2 * job.turns):
        _wait_until(job.begins + number * (job.turn + 0.5))
        if number % 2 == 0:
            done.empty.append(threaded(empty, job.turn)[0])
        else:
            rate, slowest = threaded(commands, job.turn)
            done.commands.append(rate)
            done.slowest = max(done.slowest, slowest)
    asker.close()
    return done


def _assign(asker: Asker, job: Job, mine: Iterator[UUID]) -> None:
    """The next of the caller's own items: registering would take numbers of one register, one after another."""
    command = assignment(next(mine))
    asker.execute(job.service, Submission(
        command_id=uuid4(), name=name_of(type(command)), body=msgspec.Raw(encode(command)), token=job.token,
    ))


def _wait_until(instant: float) -> None:
    time.sleep(max(0.0, instant - time.time()))


if __name__ == "__main__":
    read = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Job)
    print(msgspec.json.encode(call(read)).decode())
