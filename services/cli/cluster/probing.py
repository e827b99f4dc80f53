"""Asking the processes of a cluster how they are."""

import re
import time
from collections.abc import Iterable
from urllib.error import URLError
from urllib.request import urlopen

from services.cli.cluster.plan import Worker
from services.cli.speaking import Wrong

READY_SECONDS, LOOK = 120.0, 0.1


def readiness(worker: Worker) -> str:
    """What a process says about itself: ready, not ready, or silent."""
    try:
        with urlopen(f"http://127.0.0.1:{worker.health_port}/readyz", timeout=5):
            return "ready"
    except URLError as error:
        return "not ready" if hasattr(error, "code") else "silent"
    except OSError:
        return "silent"


def until_on_stage(workers: Iterable[Worker], number: int) -> None:
    """Returns when every process says that it is ready on this stage; raises Wrong CLUSTER_NOT_READY."""
    deadline = time.monotonic() + READY_SECONDS
    waiting = list(workers)
    while waiting:
        waiting = [worker for worker in waiting if not is_on_stage(worker, number)]
        if time.monotonic() > deadline:
            raise Wrong("CLUSTER_NOT_READY", f"仍未就绪：{'、'.join(worker.name for worker in waiting)}")
        time.sleep(LOOK if waiting else 0)


def is_on_stage(worker: Worker, number: int) -> bool:
    """Whether it has opened this stage and is ready."""
    port = worker.health_port
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as said:
            found = re.search(rb"stage (\d+)", said.read())
    except (URLError, OSError):
        return False
    return found is not None and int(found.group(1)) == number and readiness(worker) == "ready"
