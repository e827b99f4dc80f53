"""Signals end a process or renew it, whenever they come; a rehearsal's stage goes before its environment."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.chassis.life_cycle import Refused
from services.chassis.signals import Signals
from services.chassis.stage import on_stage


@pytest.fixture
def signals() -> Iterator[Signals]:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield Signals()
    for number, handler in before.items():
        signal.signal(number, handler)


ANSWERS = [(signal.SIGHUP, True), (signal.SIGTERM, False), (signal.SIGINT, False)]


@pytest.mark.parametrize(("number", "goes_on"), ANSWERS)
def test_a_signal_stops_the_run_and_says_whether_there_is_another(
    signals: Signals, number: int, goes_on: bool
) -> None:
    stopped: list[int] = []
    assert signals.goes_on()
    signals.stops_by(lambda: stopped.append(1))
    assert stopped == []
    os.kill(os.getpid(), number)
    assert stopped == [1] and signals.goes_on() is goes_on


def test_a_signal_between_two_runs_stops_the_next_one_at_once(signals: Signals) -> None:
    assert signals.goes_on()
    os.kill(os.getpid(), signal.SIGHUP)
    stopped: list[int] = []
    signals.stops_by(lambda: stopped.append(1))
    assert stopped == [1]


def test_the_stage_goes_before_the_environment(tmp_path: Path) -> None:
    stage = tmp_path / "stage.json"
    stage.write_text('{"DUDAO_STAGE": "3"}', encoding="ascii")
    told = {"DUDAO_STAGE_FILE": str(stage), "DUDAO_STAGE": "1", "DUDAO_MODE": "rehearsal"}
    assert on_stage(told)["DUDAO_STAGE"] == "3" and on_stage(told)["DUDAO_MODE"] == "rehearsal"
    assert on_stage({"DUDAO_MODE": "production"}) == {"DUDAO_MODE": "production"}


def test_a_stage_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="STAGE_UNREADABLE"):
        on_stage({"DUDAO_STAGE_FILE": str(tmp_path / "none")})
