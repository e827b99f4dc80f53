"""The mains of a service's plain processes: its relay, and its subscriber with the timers."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.correspondence import HEARS
from services.chassis.application import ServiceApplication
from services.chassis.asking import Asker
from services.chassis.health import Health
from services.chassis.line import Line
from services.chassis.listening import Listener
from services.chassis.metrics import LineMeters, Meters, RelayMeters, TimerMeters
from services.chassis.opening import clock_of, open_logs, opened
from services.chassis.outbox import Outbox
from services.chassis.relay import Relay
from services.chassis.settings import Settings
from services.chassis.signals import Signals, until_told
from services.chassis.subscriber import Subscriber
from services.chassis.ticking import Ticking
from services.chassis.watchdog import Watchdog

Checks = Mapping[str, Callable[[], bool]]
TIMERS = 10  # looks at the broker for one at the timers


def relay(application: type[ServiceApplication]) -> None:
    """Run a service's relay with the settings of this process's environment, until SIGTERM."""
    until_told(lambda settings, signals: serve_relay(application.name, settings, signals))


def serve_relay(sender: str, settings: Settings, signals: Signals) -> None:
    """Announce a log until a signal."""
    logs = open_logs(settings, sender)
    meters = Meters(sender, "relay")
    outbox, counts = Outbox(logs.process_recorder(), sender), RelayMeters(meters, sender, clock_of(settings))
    counts.watch(outbox)
    relay = Relay(outbox, settings.amqp_url, counts, window=settings.relay_window, look=settings.look_seconds)
    checks = {"log": lambda: outbox.head() >= 0, "broker": lambda: relay.connected}
    serve(settings, meters, checks, relay, signals)
    logs.close()


def subscriber(application: type[ServiceApplication]) -> None:
    """Run a service's subscriber and timers with the settings of this process's environment, until SIGTERM."""
    until_told(lambda settings, signals: serve_subscriber(application, settings, HEARS, signals))


def serve_subscriber(
    application: type[ServiceApplication], settings: Settings, hears: Mapping[str, tuple[str, ...]], signals: Signals
) -> None:
    """Hear letters and fire timers until a signal."""
    app = opened(application, settings)
    asker = Asker(settings.amqp_url, app.name, settings.ask_seconds)
    meters = Meters(app.name, "subscriber")
    counts = LineMeters(meters, app.name, app.clock)
    hearer = Listener(app, asker.announcements)
    lines = [Line(sender, hearer, asker.announcements, counts, settings.idle_seconds) for sender in hears[app.name]]
    ticking = Ticking(app, TimerMeters(meters, app), meters.beat, look=TIMERS * settings.look_seconds)
    subscriber = Subscriber(app.name, lines, settings.amqp_url, ticking.turn, look=settings.look_seconds)
    checks = {
        "log": lambda: (app.recorder.max_notification_id() or 0) >= 0, "broker": lambda: subscriber.connected,
        **lines_go_on(lines),
    }
    serve(settings, meters, checks, subscriber, signals)
    asker.close()
    app.close()


def lines_go_on(lines: list[Line]) -> Checks:
    """A check for each line, which fails while it stands still."""
    return {f"line {line.sender}": _goes_on(line) for line in lines}


def _goes_on(line: Line) -> Callable[[], bool]:
    return lambda: not line.is_stopped


def serve(settings: Settings, meters: Meters, checks: Checks, runs: Any, signals: Signals) -> None:
    """Run what has `run` and `stop`, answering health, until a signal."""
    health = Health(settings, meters, checks)
    watchdog = Watchdog(meters)
    health.start()
    watchdog.start()
    signals.stops_by(runs.stop)
    runs.run()
    watchdog.stop()
    health.stop()
