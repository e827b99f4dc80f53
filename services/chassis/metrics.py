"""What a process counts, for Prometheus. Labels name services, commands and outcomes, never a school or a case."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from math import nan
from time import monotonic
from typing import Any

from eventsourcing.persistence import PersistenceError
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from services.chassis.clock import Clock, system_clock
from services.chassis.outbox import Outbox
from services.chassis.work import instant_key

log = logging.getLogger(__name__)
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
OUTCOMES = ("receipt", "refused", "trouble")
KINDS = ("log", "sender", "program")
HEAD = "position of the last record"
AGES = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 600, 3600, 86400)


class Meters:
    """One process's registry; `loop` names the loop whose heartbeat shows that it is not frozen."""

    def __init__(self, service: str, loop: str) -> None:
        self.registry, self._service = CollectorRegistry(), service
        self.beaten_at = monotonic()
        self.heart = self.gauge("dudao_heartbeat_timestamp_seconds", "last turn of the loop", "loop").labels(
            service, loop
        )

    def counter(self, name: str, text: str, *labels: str) -> Counter:
        """A counter labelled by service and `labels`."""
        return Counter(name, text, ("service", *labels), registry=self.registry)

    def gauge(self, name: str, text: str, *labels: str) -> Gauge:
        """A gauge labelled by service and `labels`."""
        return Gauge(name, text, ("service", *labels), registry=self.registry)

    def asked(self, name: str, text: str, ask: Callable[[], float]) -> None:
        """A gauge that asks the log at each scrape; without the log it is not a number, the other figures stay."""
        self.gauge(name, text).labels(self._service).set_function(lambda: _number_or_nan(ask))

    def histogram(self, name: str, text: str, buckets: Iterable[float], *labels: str) -> Histogram:
        """A histogram labelled by service and `labels`."""
        return Histogram(name, text, ("service", *labels), registry=self.registry, buckets=tuple(buckets))

    def beat(self) -> None:
        """The loop has turned."""
        self.beaten_at = monotonic()
        self.heart.set_to_current_time()

    def text(self) -> bytes:
        """The scrape."""
        return generate_latest(self.registry)


class DeskMeters:
    """Commands by name and outcome, how long they and their commits took, the head of the log."""

    def __init__(self, meters: Meters, app: Any) -> None:
        self._name = app.name
        self._commands = meters.counter("dudao_commands_total", "commands answered", "command", "outcome")
        execute = meters.histogram("dudao_command_seconds", "from the door to the answer", SECONDS, "outcome")
        append = meters.histogram("dudao_append_seconds", "one commit of the log", SECONDS).labels(app.name)
        meters.asked("dudao_log_head_position", HEAD, lambda: app.recorder.max_notification_id() or 0)
        app.on_append = append.observe
        self._seconds = execute
        for outcome in OUTCOMES:
            execute.labels(app.name, outcome)  # a counter that begins with its first event hides that event

    def answered(self, command: str, outcome: str, seconds: float) -> None:
        """A command got its receipt, its refusal, or trouble."""
        self._commands.labels(self._name, command, outcome).inc()
        self._seconds.labels(self._name, outcome).observe(seconds)


class RelayMeters:
    """Letters sent and refused by the broker; how far the relay is behind the head of its log."""

    def __init__(self, meters: Meters, sender: str, clock: Clock = system_clock) -> None:
        self._meters, self._clock = meters, clock
        self.published = meters.counter("dudao_relay_published_total", "letters handed to the broker").labels(sender)
        self.unroutable = meters.counter("dudao_relay_unroutable_total", "letters without a queue").labels(sender)
        self.nacked = meters.counter("dudao_relay_nacked_total", "letters the broker did not take").labels(sender)
        self.log_errors = meters.counter("dudao_relay_log_errors_total", "times the log failed").labels(sender)

    def beat(self) -> None:
        """Tells an idle relay, or one without broker or log, from a frozen one."""
        self._meters.beat()

    def watch(self, outbox: Outbox) -> None:
        """The lag, asked of the log itself: a relay without a broker, or a frozen one, shows it too."""
        asked = self._meters.asked
        asked("dudao_log_head_position", HEAD, outbox.head)
        asked("dudao_relay_position", "confirmed up to", outbox.relayed)
        asked("dudao_relay_lag_letters", "positions not confirmed yet", lambda: outbox.head() - outbox.relayed())
        asked("dudao_relay_oldest_unannounced_seconds", "age of the next letter", lambda: self._age_of_next(outbox))

    def _age_of_next(self, outbox: Outbox) -> float:
        return outbox.age_of_next(outbox.relayed(), self._clock()).total_seconds()


class LineMeters:
    """One listener's letters by sender: heard, how old, fetched because they were missing, stopped."""

    def __init__(self, meters: Meters, listener: str, clock: Clock = system_clock) -> None:
        self._name, self._meters, self._clock = listener, meters, clock
        self._heard = meters.counter("dudao_letters_heard_total", "letters taken in", "sender")
        self._age = meters.histogram("dudao_letter_age_seconds", "from stored to heard", AGES, "sender")
        self._fetched = meters.counter("dudao_letters_fetched_total", "letters asked of their sender", "sender")
        self._stray = meters.counter("dudao_letters_stray_total", "messages that are no letters", "sender")
        self._trouble = meters.counter("dudao_line_trouble_total", "times hearing failed", "sender", "kind")
        self._stopped = meters.gauge("dudao_line_stopped", "1 while a sender's line stands still", "sender")

    def expect(self, sender: str) -> None:
        """Show a sender's figures from the start: a counter that begins with its first event hides that event."""
        for meter in (self._heard, self._age, self._fetched, self._stray, self._stopped):
            meter.labels(self._name, sender)
        for kind in KINDS:
            self._trouble.labels(self._name, sender, kind)

    def heard(self, sender: str, stored_at: Iterable[datetime]) -> None:
        """Letters were taken in."""
        now = self._clock()
        for instant in stored_at:
            self._heard.labels(self._name, sender).inc()
            self._age.labels(self._name, sender).observe((now - instant).total_seconds())

    def fetched(self, sender: str, count: int) -> None:
        """Letters had to be asked for."""
        self._fetched.labels(self._name, sender).inc(count)

    def stray(self, sender: str) -> None:
        """Somebody put something into the queue that is no letter."""
        self._stray.labels(self._name, sender).inc()

    def trouble(self, sender: str, kind: str) -> None:
        """Hearing failed; `kind` is log, sender or program."""
        self._trouble.labels(self._name, sender, kind).inc()

    def stopped(self, sender: str, stopped: bool) -> None:
        """A line stands still until somebody mends it, or goes on."""
        self._stopped.labels(self._name, sender).set(int(stopped))


class TimerMeters:
    """Timers of one log, and the letters parked in it."""

    def __init__(self, meters: Meters, app: Any) -> None:
        due = "timers due and not fired (at most 1000 are counted)"
        meters.asked("dudao_timers_overdue", due, lambda: len(app.memos.scan("due", upto=_upto(app))))
        meters.asked("dudao_timers_oldest_overdue_seconds", "how late the next timer is", lambda: _lateness(app))
        meters.asked("dudao_letters_parked", "letters parked", lambda: app.memos.count("parked"))
        self.failed = meters.counter("dudao_timers_failed_total", "times a timer could not fire").labels(app.name)


def _number_or_nan(ask: Callable[[], float]) -> float:
    try:
        return float(ask())
    except PersistenceError as error:
        log.warning("not measured: %r", error)
        return nan


def _upto(app: Any) -> str:
    return f"{instant_key(app.clock())}|~"


def _lateness(app: Any) -> float:
    rows = app.memos.scan("due", limit=1)
    if not rows:
        return 0.0
    due = datetime.strptime(rows[0].key.partition("|")[0], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return max(0.0, float((app.clock() - due).total_seconds()))
