"""Kills processes of a running cluster by -9, one after the other, and keeps the evidence of each death."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple, Self

from services.cli.cluster.plan import Running

SERVERS: Mapping[str, str] = {"rabbitmq-server": "rabbitmq", "bin/postgres": "postgres", "secantus": "secantus"}


class Death(NamedTuple):
    """A process that was there, got SIGKILL and was gone."""

    name: str
    pid: int
    seconds: float


def children_of(running: Running) -> dict[int, str]:
    """Process id → command line of everything the supervisor started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == running.supervisor and state != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


def name_of(running: Running, line: str) -> str:
    """A worker's name, or a server's."""
    for part, name in SERVERS.items():
        if part in line:
            return name
    return next((one.name for one in running.workers if one.module in line), "")


def killed(running: Running, name: str) -> Death:
    """Kill the process of this name, servers with their whole group; raises LookupError when it does not run."""
    victims = [pid for pid, line in children_of(running).items() if name_of(running, line) == name]
    if not victims:
        raise LookupError(name)
    victim, began = victims[0], time.monotonic()
    if os.getpgid(victim) == victim:
        os.killpg(victim, signal.SIGKILL)
    else:
        os.kill(victim, signal.SIGKILL)
    while victim in children_of(running):
        time.sleep(0.01)
    return Death(name, victim, time.monotonic() - began)


class Killer:
    """A thread that kills the next name every few seconds, for as long as it runs."""

    def __init__(self, running: Running, names: Iterable[str], pause: float) -> None:
        self._running, self._names, self._pause = running, iter(names), pause
        self._stopping = Event()
        self.deaths: list[Death] = []
        self._thread = Thread(target=self._kill, name="killer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _kill(self) -> None:
        for name in self._names:
            if self._stopping.wait(self._pause):
                return
            while not self._stopping.is_set():
                try:
                    self.deaths.append(killed(self._running, name))
                    break
                except LookupError:
                    self._stopping.wait(0.5)  # it is being started again


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes to hold within the time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
