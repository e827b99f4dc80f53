"""The casebook folded into pages for as long as the process runs.

`python -m services.reporting.adapters.projection`; any number may run, and a rebuild beside them is seen at its switch.
"""

from services.chassis.metrics import Meters
from services.chassis.opening import clock_of
from services.chassis.processes import serve
from services.chassis.settings import Settings
from services.chassis.shelves import open_casebook, open_pages
from services.chassis.signals import Signals, until_told
from services.reporting.following import Following, ProjectionMeters
from services.reporting.projector import Projector

NAME = "reporting"
NEEDS = ("casebook_url", "pages_url")
BATCH = 1000  # letters folded between two heartbeats


def serve_reporting(settings: Settings, signals: Signals) -> None:
    """Fold until a signal."""
    casebook = open_casebook(settings.casebook_url, rehearsal=settings.is_rehearsal)
    pages = open_pages(settings.pages_url, rehearsal=settings.is_rehearsal)
    meters, projector = Meters(NAME, "projection"), Projector(casebook, pages, batch=BATCH)
    following = Following(projector, ProjectionMeters(meters, casebook, clock_of(settings)), settings.look_seconds)
    checks = {
        "casebook": lambda: casebook.last_number() >= 0, "pages": lambda: projector.number() >= 0,
        "projection": lambda: following.goes_on,
    }
    serve(settings, meters, checks, following, signals)
    casebook.close()
    pages.close()


if __name__ == "__main__":
    until_told(serve_reporting, NEEDS)
