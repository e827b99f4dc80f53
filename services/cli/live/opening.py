"""A running cluster, opened as a deployment: a fresh stage to play on, or the stores as they are, to read."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from joserfc.jwk import OKPKey

from services.chassis.application import ServiceApplication
from services.chassis.asking import Asker
from services.chassis.clock import FileClock, HandClock
from services.chassis.identity import TokenReader, TokenSigner
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_postgres_standing import Standings
from services.chassis.shelves import open_casebook, open_pages
from services.chassis.town import REGISTRY, Hearer
from services.cli.cluster.plan import private_key_in
from services.cli.cluster.stages import Stage, fresh_stage, stage_in
from services.cli.cluster.verbs import running_in, start, stop
from services.cli.live.town import HEARERS, LiveTown, Wires
from services.cli.speaking import Wrong
from services.cli.wiring import SERVICES, Embedded, Library, WallClock, library_on

ASK_SECONDS = 5.0


@contextmanager
def rehearsal_cluster(data: Path | None) -> Iterator[Path]:
    """The folder of a running rehearsal cluster; one that does not run is started, and stopped afterwards."""
    if data is not None and running_in(data.resolve()) is not None:
        yield data.resolve()
        return
    with TemporaryDirectory(prefix="dudao-cluster-", ignore_cleanup_errors=True) as passing:
        folder = (data or Path(passing)).resolve()
        Path(passing).chmod(0o755)  # PostgreSQL runs as somebody else and must reach its folder
        start(folder, may_install=False, rehearsal=True)
        try:
            yield folder
        finally:
            if (running := running_in(folder)) is not None:
                stop(running)


def live(folder: Path, instant: datetime, hearers: Iterable[Hearer] = ()) -> Embedded:
    """A fresh stage of the cluster, its clock at an instant; raises Wrong CLUSTER_NOT_RUNNING and as `fresh_stage`."""
    running = running_in(folder)
    if running is None:
        raise Wrong("CLUSTER_NOT_RUNNING", f"“{folder}”里没有集群在运行；先运行 dudao cluster up --rehearsal")
    return _opened(folder, fresh_stage(folder, running, instant), hearers)


def reading(folder: Path) -> Library | None:
    """The shelves of the cluster that runs in a folder, to be read beside it; None when none runs there."""
    running = running_in(folder)
    if running is None:
        return None
    stage = stage_in(folder) if running.rehearsal else None
    told = stage.settings if stage else {
        "DUDAO_LOG_URL": running.log_url, "DUDAO_CASEBOOK_URL": running.casebook_url,
        "DUDAO_PAGES_URL": running.pages_url,
    }
    clock = FileClock(stage.clock_file) if stage else WallClock()
    key = OKPKey.import_key(msgspec.json.decode(private_key_in(folder).read_bytes()))
    logs = PostgresLogs(told["DUDAO_LOG_URL"], clock, schema=REGISTRY)
    registry = SERVICES[REGISTRY](logs, TokenReader(key, clock), clock)
    library = _library(told, {REGISTRY: registry}, clock)
    return library._replace(files=(*library.files, registry))


def _opened(folder: Path, stage: Stage, hearers: Iterable[Hearer]) -> Embedded:
    clock, told = FileClock(stage.clock_file), stage.settings
    key = OKPKey.import_key(msgspec.json.decode(private_key_in(folder).read_bytes()))
    reader = TokenReader(key, clock)
    services = {
        name: kind(PostgresLogs(told["DUDAO_LOG_URL"], clock, schema=name), reader, clock)
        for name, kind in SERVICES.items()
    }
    shelves = _library(told, services, clock)

    def pages_behind(heads: Mapping[str, int]) -> str:
        return behind(shelves, heads)

    wires = Wires(
        Asker(told["DUDAO_AMQP_URL"], "cli", ASK_SECONDS), Standings(told["DUDAO_LOG_URL"], HEARERS), pages_behind
    )
    return Embedded(LiveTown(services, TokenSigner(key, clock), clock, hearers, wires), shelves)


def _library(told: Mapping[str, str], services: Mapping[str, ServiceApplication], clock: HandClock) -> Library:
    casebook = open_casebook(told["DUDAO_CASEBOOK_URL"], rehearsal=True)
    pages = open_pages(told["DUDAO_PAGES_URL"], rehearsal=True)
    return library_on(casebook, pages, services, clock)


def behind(library: Library, heads: Mapping[str, int]) -> str:
    """Who of audit and reporting is behind these heads of the logs, in words."""
    casebook = library.audit.casebook
    for sender, head in heads.items():
        if (heard := casebook.heard(sender)) < head:
            return f"the casebook has {heard} of {head} from {sender}"
    number, last = library.projector.number(), casebook.last_number()
    return f"the pages are folded to {number} of {last}" if number < last else ""
