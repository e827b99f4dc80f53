"""The mains of a service's plain processes: its relay, and its subscriber with the timers."""

import os
import signal
from collections.abc import Callable, Mapping
from typing import Any

from contracts.correspondence import HEARS
from services.chassis.application import ServiceApplication
from services.chassis.asking import Asker
from services.chassis.health import Health
from services.chassis.line import Line
from services.chassis.listening import Listener
from services.chassis.metrics import LineMeters, Meters, RelayMeters, TimerMeters
from services.chassis.opening import open_logs, opened
from services.chassis.outbox import Outbox
from services.chassis.relay import Relay
from services.chassis.settings import Settings, refusals_told
from services.chassis.subscriber import Subscriber
from services.chassis.ticking import Ticking
from services.chassis.watchdog import Watchdog


def relay(application: type[ServiceApplication]) -> None:
    """Run a service's relay with the settings of this process's environment, until SIGTERM."""
    with refusals_told():
        serve_relay(application.name, Settings.read(os.environ))


def serve_relay(sender: str, settings: Settings) -> None:
    """Announce a log until SIGTERM."""
    logs = open_logs(settings, sender)
    meters = Meters(sender, "relay")
    outbox = Outbox(logs.process_recorder(), sender)
    relay = Relay(outbox, settings.amqp_url, RelayMeters(meters, sender), window=settings.relay_window)
    checks = {"log": lambda: outbox.head() >= 0, "broker": lambda: relay.connected}
    _serve(settings, meters, checks, relay)
    logs.close()


def subscriber(application: type[ServiceApplication]) -> None:
    """Run a service's subscriber and timers with the settings of this process's environment, until SIGTERM."""
    with refusals_told():
        serve_subscriber(application, Settings.read(os.environ), HEARS)


def serve_subscriber(
    application: type[ServiceApplication], settings: Settings, hears: Mapping[str, tuple[str, ...]]
) -> None:
    """Hear letters and fire timers until SIGTERM."""
    app = opened(application, settings)
    asker = Asker(settings.amqp_url, app.name, settings.ask_seconds)
    meters = Meters(app.name, "subscriber")
    counts = LineMeters(meters, app.name)
    hearer = Listener(app, asker.announcements)
    lines = [Line(sender, hearer, asker.announcements, counts, settings.idle_seconds) for sender in hears[app.name]]
    ticking = Ticking(app, TimerMeters(meters, app), meters.beat)
    subscriber = Subscriber(app.name, lines, settings.amqp_url, ticking.turn)
    checks = {
        "log": lambda: (app.recorder.max_notification_id() or 0) >= 0, "broker": lambda: subscriber.connected,
        **{f"line {line.sender}": _goes_on(line) for line in lines},
    }
    _serve(settings, meters, checks, subscriber)
    asker.close()
    app.close()


def _goes_on(line: Line) -> Callable[[], bool]:
    return lambda: not line.is_stopped


def _serve(settings: Settings, meters: Meters, checks: Mapping[str, Callable[[], bool]], runs: Any) -> None:
    """Run what has `run` and `stop`, answering health, until SIGTERM or SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: runs.stop())
    health = Health(settings, meters, checks)
    watchdog = Watchdog(meters)
    health.start()
    watchdog.start()
    runs.run()
    watchdog.stop()
    health.stop()
