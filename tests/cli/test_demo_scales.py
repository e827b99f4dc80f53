"""`dudao demo --scale`: a believable year, measured in the casebook and the views; a province that is whole."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from services.chassis.announcing import all_letters
from services.chassis.casebook import each
from services.chassis.clock import HandClock
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.pages import Scope
from services.cli.demo.county import COUNTY
from services.cli.demo.proof import proved
from services.cli.demo.province import written
from services.cli.demo.scales import SIZES, Scale, Size, Temper, autumn, spring
from services.cli.demo.verb import SHARED
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.wiring import SERVICES, Embedded, embedded
from services.reporting.views.ask import cells_of

SMALL = SIZES[Scale.COUNTY]._replace(schools=22, inspectors=6, tempers=(Temper("小", 45),))


def played(size: Size, seed: int = 1, data: Path | None = None) -> tuple[Embedded, Chronicle]:
    """A year, and every letter of it."""
    chronicle, names = Chronicle(), Names(SPACE)
    deployment = embedded(data, HandClock(FIRST_DAY), hearers=(chronicle,))
    play_year(deployment, names, chronicle, seed, lambda _: None, size)
    return deployment, chronicle


def asked(deployment: Embedded, view: str) -> list[Any]:
    path = deployment.library.reference.path_of(COUNTY)
    return [*cells_of(deployment.library.ask.view(view, Scope(paths=(path,))))]


@pytest.fixture(scope="module")
def small() -> tuple[Embedded, Chronicle]:
    """A small county with everything a county has."""
    return played(SMALL)


def test_a_draw_is_abandoned_an_inspector_leaves_and_a_school_is_merged(small: tuple[Embedded, Chronicle]) -> None:
    told = Counter(letter.name for letter in small[1].letters)
    assert told["personnel.InspectorExited"] == told["registry.UnitMerged"] == told["scheduling.DrawAbandoned"] == 1
    states = Counter((row["state"], row["sound"]) for row in asked(small[0], "C9"))
    assert states[("ABANDONED", None)] == 1 and states[("REVEALED", True)] == proved(small[0]).draws == 4


@pytest.mark.slow
def test_the_same_seed_makes_the_same_county_on_files(small: tuple[Embedded, Chronicle]) -> None:
    with TemporaryDirectory(dir=SHARED) as folder:
        on_files, _ = played(SMALL, data=Path(folder))
        try:
            assert proved(on_files) == proved(small[0])
        finally:
            on_files.close()


def test_a_province_repeats_a_county_and_every_chain_is_whole(
    small: tuple[Embedded, Chronicle], tmp_path: Path,
) -> None:
    said: list[str] = []
    made = written(small[1].letters, SERVICES, tmp_path, small[0].town.clock, 2, said.append)
    assert len(small[1].letters) < made.records < 2 * len(small[1].letters) and made.sampled == 500
    (county,) = (row for row in asked(small[0], "P1") if row["key"] == COUNTY)
    counties = [row for row in made.rows if row["kind"] == "COUNTY"]
    counted = ("units", "open", "overdue", "written_off", "reopened", "median_age")
    assert [row["key"] for row in counties] == ["990101", "990102"]
    assert all(row[name] == county[name] for row in counties for name in counted)
    assert "每秒" in said[-1]
    told, logs = 0, SQLiteLogs(tmp_path / "rectification.sqlite")
    for letter in all_letters(logs.log, "rectification"):
        assert letter.previous == told
        told = letter.position
    end = told + 2
    sealed = [(letter.head.stream, letter.head.version + 1000 + n, letter.topic, letter.record) for n in range(2)]
    assert logs.log.insert_sealed(sealed) == end and len(logs.log.rows(told, 9)) == 2
    logs.close()


def test_every_deck_has_as_many_cards_as_problems() -> None:
    for temper in SIZES[Scale.CITY].tempers:
        assert sum(spring(temper).values()) == sum(autumn(temper).values()) == temper.problems


@pytest.mark.slow
def test_a_county_has_a_believable_year() -> None:
    deployment, chronicle = played(SIZES[Scale.COUNTY], seed=20260901)
    assert 15_000 < len(chronicle.letters) < 17_500
    rows = asked(deployment, "C1")
    total = {name: sum(row[name] for row in rows) for name in ("open", "overdue", "written_off", "reopened")}
    items = total["open"] + total["written_off"]
    returned = Counter(
        filed.letter.event.item_id  # type: ignore[attr-defined]
        for filed in each(deployment.library.audit.casebook, names={"rectification.ItemVerificationFailed"})
    )
    twice = sum(times == 2 for times in returned.values())
    assert len(rows) == 165
    assert 0.04 <= total["overdue"] / items <= 0.06
    assert 0.07 <= twice / items <= 0.09
    assert 0.01 <= total["reopened"] / items <= 0.03
    assert proved(deployment).draws == 4
