"""`dudao bench`: every figure is a JSON line with what it is compared to; no speed is asserted."""

import pytest

from services.cli.bench.figures import Figure
from services.cli.bench.rebuilding import all_views
from services.cli.bench.reports import ASKED, all_reports


@pytest.mark.slow
def test_rebuilding_tells_its_rate_beside_the_raw_one_and_the_librarys() -> None:
    told: dict[str, Figure] = {figure.id: figure for figure in all_views(0.1)}
    assert set(told) == {"P4", "P4-events", "P4-batches", "P4-read-p99", "P4-slope"}
    assert all(figure.value > 0 for figure in told.values())
    assert told["P4"].ratio_to_raw and told["P4"].ratio_to_library
    assert "updates" in (told["P4"].note or "")


@pytest.mark.slow
def test_every_report_is_measured_after_a_letter_and_on_the_next_day() -> None:
    told = list(all_reports(0.3))
    assert {(figure.id, (figure.note or "")[:2]) for figure in told} >= {
        (name, report[:2]) for report in ASKED for name in ("P6-first", "P6", "P6-20", "P6-county", "P6-next-day")
    }
    assert all(figure.value > 0 for figure in told)
