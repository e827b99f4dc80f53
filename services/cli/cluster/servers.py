"""The servers beneath a cluster: our own, started again when they end, or those that the environment names."""

import logging
import subprocess
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, Protocol

LOOK, JOIN = 0.5, 60.0  # seconds
log = logging.getLogger(__name__)


class Server(Protocol):
    """What the supervisor needs of one."""

    url: str

    def open(self) -> None:
        """Start it, if it is ours."""

    def close(self) -> None:
        """Stop it, if it is ours; its data stays."""


class Named:
    """Somebody else's server: nothing is started, stopped or kept."""

    def __init__(self, url: str) -> None:
        self.url = url

    def open(self) -> None:
        """It runs already."""

    def close(self) -> None:
        """It runs on."""


class Own:
    """A server of our own, with `start`, `stop` and a `process`; `prepare` gives its URL once it runs.

    It is started by one thread for all its life: the server is told to end with the thread that started it.
    """

    def __init__(self, server: Any, prepare: Callable[[], str]) -> None:
        self._server, self._prepare, self.url = server, prepare, ""
        self._up, self._stopping = Event(), Event()
        self._trouble: Exception | None = None
        self._keeper = Thread(target=self._keep, name=type(server).__name__, daemon=True)

    def open(self) -> None:
        """Returns when it runs; raises what kept it from starting."""
        self._keeper.start()
        self._up.wait()
        if self._trouble is not None:
            raise self._trouble

    def close(self) -> None:
        """Stop it in good order; one that was never opened has nothing to stop."""
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join(JOIN)
        self._server.stop()

    def _keep(self) -> None:
        try:
            self._server.start()
            self.url = self._prepare()
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            self._trouble = error
        self._up.set()
        while not self._stopping.wait(LOOK) and self._trouble is None:
            if self._server.process.poll() is not None:
                self._start_again()

    def _start_again(self) -> None:
        log.warning("%s ended and is started again", type(self._server).__name__)
        try:
            self._server.start()
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            log.error("%s does not start: %r", type(self._server).__name__, error)
