"""Hosting: one service's doors in a process of its own – patched before anything else, stopped by SIGTERM.

Run as `python -m services.chassis.hosting services.<service>.adapters.entrypoints`.
"""

if __name__ == "__main__":
    import os
    import warnings

    # psycopg blocks every green thread unless told to wait the patched way; it reads this when it is imported.
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"  # a second of start-up for names we look up once
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()

import importlib
import logging
import sys
from typing import Any, ClassVar

import eventlet
from nameko.extensions import DependencyProvider
from nameko.runners import ServiceRunner

from services.chassis.application import ServiceApplication
from services.chassis.brokers import HEARTBEAT, for_kombu
from services.chassis.desk import Desk
from services.chassis.health import Health
from services.chassis.metrics import DeskMeters, Meters
from services.chassis.opening import opened
from services.chassis.replies import Reply
from services.chassis.rpc_queue import door
from services.chassis.settings import Settings
from services.chassis.signals import Signals, until_told

log = logging.getLogger(__name__)
BEAT = 1.0  # seconds


class Opened(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives every call the one desk of the process."""

    desk: ClassVar[Desk]

    def get_dependency(self, worker_ctx: Any) -> Desk:
        """The desk; nothing is made per call."""
        return type(self).desk


class Doors:
    """The table of doors; a service adds its name and its application."""

    name: ClassVar[str]
    application: ClassVar[type[ServiceApplication]]
    desk: Any = Opened()

    @door  # type: ignore[untyped-decorator]
    def execute(self, submission: str) -> Reply:
        """A command, as the JSON of a Submission."""
        return self.desk.execute(submission)  # type: ignore[no-any-return]

    @door  # type: ignore[untyped-decorator]
    def announcements(self, after: int, limit: int, listener: str) -> Reply:
        """Missed letters, for a declared listener."""
        return self.desk.announcements(after, limit, listener)  # type: ignore[no-any-return]

    @door  # type: ignore[untyped-decorator]
    def nothing(self) -> None:
        """What a call costs before anything is done: `dudao bench --live` measures the other doors against it."""


def host(doors: type[Doors], settings: Settings, signals: Signals) -> None:
    """Serve until a signal; what was begun is finished first."""
    app = opened(doors.application, settings)
    meters = Meters(app.name, "doors")
    Opened.desk = Desk(app, DeskMeters(meters, app))
    health = Health(settings, meters, {"log": lambda: bool(app.recorder.max_notification_id() or True)})
    runner = ServiceRunner({
        "AMQP_URI": for_kombu(settings.amqp_url), "HEARTBEAT": HEARTBEAT, "max_workers": settings.workers,
    })
    runner.add_service(doors)
    health.start()
    beating = eventlet.spawn(_beat, meters)
    _serve(runner, signals)
    beating.kill()
    health.stop()
    app.close()


def _beat(meters: Meters) -> None:
    """A green thread gets its turn only while the hub turns: its silence shows a process that is stuck."""
    while True:
        meters.beat()
        eventlet.sleep(BEAT)


def _serve(runner: ServiceRunner, signals: Signals) -> None:
    """A signal handler may not wait, so the stop runs in a green thread; the wait survives the interrupt."""
    runner.start()
    signals.stops_by(lambda: eventlet.spawn_n(runner.stop))
    waiting = eventlet.spawn(runner.wait)
    while True:
        try:
            waiting.wait()
        except InterruptedError:
            continue
        return


def main(module: str) -> None:
    """Find the doors by the name of their module: it is imported only after the process was patched."""
    members = vars(importlib.import_module(module)).values()
    doors = [m for m in members if isinstance(m, type) and issubclass(m, Doors) and m is not Doors]
    until_told(lambda settings, signals: host(doors[0], settings, signals))


if __name__ == "__main__":
    importlib.import_module("services.chassis.hosting").main(sys.argv[1])
