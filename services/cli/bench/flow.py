"""P5: an event stored in the log, until every view shows it; and how soon the views are level after an outage."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Thread

from services.chassis.shelves import open_casebook, open_pages
from services.cli.bench.figures import Figure, figure
from services.cli.bench.ground import Ground
from services.cli.bench.ledgers import registering
from services.cli.bench.rawflow import RawFlow
from services.cli.bench.watching import Watch, paced, percentiles

A_SECOND, EVENTS, OUTAGE, QUICK_OUTAGE, PATIENCE, BURST = 100, 2, 30.0, 5.0, 180.0, 2000
ADAPTER = "postgres+rabbitmq+sqlite"
"""A command stores two events, a problem and its number: a hundred commands a second are two hundred events."""


def stored_to_shown(ground: Ground, seconds: float) -> Iterator[Figure]:
    """P5. Raw: the same way by the bare drivers, in the same run, at the same pace."""
    ground.start("doors", "relay", "audit", "reporting")
    outage = OUTAGE if seconds >= OUTAGE / 2 else QUICK_OUTAGE
    casebook, pages = open_casebook(ground.shelf("casebook")), open_pages(ground.shelf("pages"))
    with closing(casebook), closing(pages):
        watch = Watch(casebook, pages)
        store = registering(ground.app)
        watch.until(store(), PATIENCE)  # the first letter finds everything open
        yield from _steady(ground, watch, store, max(5.0, seconds))
        yield from _outage(ground, watch, store, outage)
        watch.end()


def _steady(ground: Ground, watch: Watch, store: Callable[[], int], seconds: float) -> Iterator[Figure]:
    stored = paced(store, A_SECOND, _for(seconds))
    watch.until(max(stored), PATIENCE)
    ours = percentiles([watch.shown_at(position) - at for position, at in stored.items()])
    raw = _raw(ground, seconds)
    rate = round(EVENTS * len(stored) / seconds, 1)
    for name, value, beside in zip(("P5-p50", "P5"), ours, raw, strict=True):
        yield figure(name, ADAPTER, "ms", value, beside, None, f"{rate} events/s stored")


def _raw(ground: Ground, seconds: float) -> tuple[float, float]:
    flow = _rawflow(ground)
    paced(flow.one, EVENTS * A_SECOND, _for(seconds))
    flow.until_arrived(max(flow.stored))
    flow.close()
    return percentiles([flow.arrived[number] - at for number, at in flow.stored.items()])


def _outage(ground: Ground, watch: Watch, store: Callable[[], int], seconds: float) -> Iterator[Figure]:
    """The broker is killed, events are stored as before, the broker comes back; they go on until all is level."""
    level = [False]
    writer = Thread(target=lambda: paced(store, A_SECOND, lambda: not level[0]), daemon=True)
    writer.start()
    gone = time.monotonic()
    ground.rabbit.kill()
    time.sleep(seconds)
    ground.rabbit.start()
    back, head, shown = time.monotonic(), _head(ground), watch.position()
    caught_up = watch.until(head, PATIENCE) - back
    level[0] = True
    writer.join()
    raw = _rawflow(ground)
    note = f"{round(back - gone)} s without a broker, {head - shown} letters behind"
    yield Figure(id="P5-catch-up", adapter=ADAPTER, value=round(caught_up, 2), unit="s", note=note)
    yield figure("P5-catch-up-rate", ADAPTER, "letters/s", (head - shown) / caught_up, raw.burst(BURST), None)
    raw.close()


def _head(ground: Ground) -> int:
    return int(ground.app.recorder.max_notification_id() or 0)


def _for(seconds: float) -> Callable[[], bool]:
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() < ends


def _rawflow(ground: Ground) -> RawFlow:
    record = ground.app.recorder.rows(2, 1)[0][2]
    return RawFlow(ground.log_url, ground.amqp_url, ground.folder, record)
