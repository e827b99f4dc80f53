"""One rehearsal cluster for all tests that play on it, and a year of a county played there."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services.cli.cluster.plan import Running
from services.cli.cluster.verbs import running_in
from services.cli.demo.proof import Proof, proved
from services.cli.demo.quiet import compared
from services.cli.demo.scales import SIZES, Scale
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE
from services.cli.live.opening import live, rehearsal_cluster
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names

SEED = 20260901


@pytest.fixture(scope="session")
def rehearsal() -> Iterator[Path]:
    """The folder of a running cluster; every play begins a stage of its own."""
    with tempfile.TemporaryDirectory(prefix="dudao-rehearsal-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)  # PostgreSQL runs as somebody else and must reach its folder
        with rehearsal_cluster(Path(made) / "cluster") as folder:
            assert running_in(folder) is not None, (folder / "supervisor.log").read_text(errors="replace")[-3000:]
            yield folder


def running(folder: Path) -> Running:
    """The cluster in a folder, which runs."""
    found = running_in(folder)
    assert found is not None
    return found


def year_proved(folder: Path, scale: Scale, seed: int = SEED) -> tuple[Proof, Chronicle]:
    """A county's year on the cluster: pages are the fold, chains whole, draws proven, counts those of the quiet run."""
    chronicle = Chronicle()
    with closing(live(folder, FIRST_DAY, (chronicle,))) as deployment:
        play_year(deployment, Names(SPACE), chronicle, seed, lambda _: None, SIZES[scale])
        deployment.town.pages_follow()
        proof = proved(deployment)
        compared(chronicle, seed, SIZES[scale])
    return proof, chronicle
