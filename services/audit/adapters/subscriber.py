"""Letters of every sender into the casebook: many in one commit, acknowledged after it, one writer at a time.

`python -m services.audit.adapters.subscriber`; a second process stands by until the first one's connection is gone.
"""

from contracts.correspondence import HEARS
from services.audit.casebook import Audit
from services.audit.filing import Filing, FilingMeters
from services.chassis.asking import Asker
from services.chassis.line import Line
from services.chassis.metrics import LineMeters, Meters
from services.chassis.opening import clock_of
from services.chassis.processes import lines_go_on, serve
from services.chassis.settings import Settings
from services.chassis.shelves import open_casebook
from services.chassis.signals import Signals, until_told
from services.chassis.subscriber import Subscriber

NAME = "audit"
NEEDS = ("amqp_url", "casebook_url")


def serve_audit(settings: Settings, signals: Signals) -> None:
    """Hear letters until a signal."""
    clock, meters = clock_of(settings), Meters(NAME, "subscriber")
    casebook = open_casebook(settings.casebook_url, rehearsal=settings.is_rehearsal)
    asker = Asker(settings.amqp_url, NAME, settings.ask_seconds)
    audit = Audit(casebook, asker.announcements, clock)
    shown = FilingMeters(meters, casebook, HEARS[NAME])
    hearer, counts = Filing(audit), LineMeters(meters, NAME, clock)
    lines = [Line(sender, hearer, asker.announcements, counts, settings.idle_seconds) for sender in HEARS[NAME]]
    subscriber = Subscriber(NAME, lines, settings.amqp_url, shown.turn, look=settings.look_seconds, alone=True)
    checks = {
        "casebook": lambda: casebook.last_number() >= 0,
        "broker": lambda: subscriber.connected or subscriber.stands_by, **lines_go_on(lines),
    }
    serve(settings, meters, checks, subscriber, signals)
    asker.close()
    casebook.close()


if __name__ == "__main__":
    until_told(serve_audit, NEEDS)
