"""P2 live: commands through a service's doors, beside an empty call to the same process in the same run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

import msgspec

from services.cli.bench.callers import Done, Job
from services.cli.bench.figures import Figure, figure
from services.cli.bench.ground import SERVICE, Ground
from services.cli.bench.ledgers import registered
from services.cli.cluster.plan import ROOT

PROCESSES, THREADS, TURNS, FASTEST = 2, 8, 3, 1000  # the last: calls/s that nameko does not reach on one core


def through_the_doors(ground: Ground, seconds: float) -> Iterator[Figure]:
    """P2-live. Raw: calls per second of a method that does nothing; the same callers, turn and turn about."""
    ground.start("doors")
    done = _called(ground, max(1.0, seconds / (2 * TURNS)))
    ours, raw = (_median(done, name) for name in ("commands", "empty"))
    yield figure("P2-live", "nameko+postgres", "calls/s", ours, raw, None, f"{PROCESSES * THREADS} callers")
    slowest = max(one.slowest for one in done)
    yield Figure(id="P2-live-p99", adapter="nameko+postgres", value=round(slowest, 1), unit="ms")


def _median(done: list[Done], name: str) -> float:
    """Of the turns, each the sum over all processes."""
    return statistics.median(map(sum, zip(*(getattr(one, name) for one in done), strict=True)))


def _called(ground: Ground, turn: float) -> list[Done]:
    items = registered(ground.app, round(FASTEST * turn * TURNS))
    begins = time.time() + 8 + turn  # a caller starts, and makes its connections in a turn that does not count
    callers = []
    for number in range(PROCESSES):
        job = Job(
            amqp_url=ground.amqp_url, service=SERVICE, token=ground.token(), items=items[number::PROCESSES],
            threads=THREADS, begins=begins, turn=turn, turns=TURNS,
        )
        file = ground.folder / f"job-{number}.json"
        file.write_bytes(msgspec.json.encode(job))
        command = [sys.executable, "-m", "services.cli.bench.callers", str(file)]
        callers.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE))
    return [msgspec.json.decode(caller.communicate()[0], type=Done) for caller in callers]
