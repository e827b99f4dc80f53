"""A rehearsal's clock: one sets it, all read it, and it never goes back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.chassis.clock import FileClock, write_clock

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, UTC)


def test_everyone_reads_what_one_has_set(tmp_path: Path) -> None:
    write_clock(tmp_path / "clock", NOW)
    mine, theirs = FileClock(tmp_path / "clock"), FileClock(tmp_path / "clock")
    assert mine() == theirs() == NOW
    mine.set(NOW + timedelta(days=400))
    assert theirs() == NOW + timedelta(days=400)
    with pytest.raises(ValueError, match="cannot go back"):
        mine.set(NOW)
    assert theirs() == NOW + timedelta(days=400)
    for clock in (mine, theirs):
        clock.close()
