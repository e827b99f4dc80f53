"""What signals ask of a process: SIGTERM and SIGINT to end, SIGHUP to read its settings and open everything anew."""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from services.chassis.settings import WRITING, Settings, refusals_told
from services.chassis.stage import on_stage

Stop = Callable[[], object]


class Signals:
    """What was asked is remembered, so that nothing asked between two runs is lost."""

    def __init__(self) -> None:
        self._ends = self._renews = False
        self._stop: Stop | None = None
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked)

    def _asked(self, number: int, _: Any) -> None:
        self._renews = self._renews or number == signal.SIGHUP
        self._ends = self._ends or number != signal.SIGHUP
        if self._stop is not None:
            self._stop()

    def goes_on(self) -> bool:
        """Whether to serve (again); what was asked for before is then answered."""
        self._renews, self._stop = False, None
        return not self._ends

    def stops_by(self, stop: Stop) -> None:
        """From now on `stop` ends the run; at once when a signal came already."""
        self._stop = stop
        if self._ends or self._renews:
            stop()


def until_told(serve: Callable[[Settings, Signals], None], needs: Iterable[str] = WRITING) -> None:
    """A process's main: serve with the settings of the environment until SIGTERM, anew after each SIGHUP."""
    with refusals_told():
        signals = Signals()
        while signals.goes_on():
            serve(Settings.read(on_stage(os.environ), needs), signals)
