"""Sealing: one suite on both key stores; a destroyed key is destroyed for ever, and no guess can be tried."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from contracts.findings.public_lead import LeadCategory, LeadChannel, ReceiveLead
from contracts.wire import commands
from services.chassis.life_cycle import Refused
from services.chassis.sealing import Sealing
from services.chassis.vault import MemoryRows, SQLiteRows
from tests.kit.cases import uid

LEAD, OTHER, TEXT = uid("lead"), uid("other"), "家长王某，13800000000"


@pytest.fixture(params=["memory", "sqlite"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Sealing]:
    kept = MemoryRows()
    return lambda: Sealing(kept if request.param == "memory" else SQLiteRows(tmp_path / "keys.sqlite"))


def test_what_is_sealed_is_opened_again_also_by_the_next_process(opened: Callable[[], Sealing]) -> None:
    sealed = opened().seal(TEXT, LEAD)
    assert "13800000000" not in sealed
    assert opened().open(sealed, LEAD) == TEXT


def test_the_same_text_gives_another_ciphertext_each_time_and_the_same_mark(opened: Callable[[], Sealing]) -> None:
    sealing = opened()
    assert sealing.seal(TEXT, LEAD) != sealing.seal(TEXT, LEAD)
    assert sealing.mark(TEXT, LEAD) == opened().mark(TEXT, LEAD)
    assert sealing.mark(TEXT, LEAD) != sealing.mark(TEXT, OTHER)


def test_what_was_sealed_under_one_key_does_not_open_under_another(opened: Callable[[], Sealing]) -> None:
    sealing = opened()
    with pytest.raises(InvalidTag):
        sealing.open(sealing.seal(TEXT, LEAD), OTHER)


def test_a_destroyed_key_never_comes_again_and_no_guess_can_be_tried(opened: Callable[[], Sealing]) -> None:
    sealing = opened()
    sealed = sealing.seal(TEXT, LEAD)
    sealing.destroy(LEAD)
    for attempt in (lambda s: s.open(sealed, LEAD), lambda s: s.mark(TEXT, LEAD), lambda s: s.seal(TEXT, LEAD)):
        with pytest.raises(Refused, match="SEAL_DESTROYED"):
            attempt(opened())


def test_of_two_processes_that_make_the_same_key_at_once_the_first_wins(tmp_path: Path) -> None:
    for rows in ((MemoryRows(),) * 2, [SQLiteRows(tmp_path / "keys.sqlite") for _ in range(2)]):
        assert [row.first(LEAD, key) for row, key in zip(rows, (b"one", b"two"), strict=True)] == [b"one", b"one"]


def test_without_a_place_for_keys_nothing_is_sealed() -> None:
    with pytest.raises(Refused, match="SEALING_UNAVAILABLE"):
        Sealing(None).seal(TEXT, LEAD)


def test_a_command_is_marked_in_its_protected_fields_only() -> None:
    sealing = Sealing(MemoryRows())
    command = ReceiveLead(
        lead_id=LEAD, school_id=uid("s1"), channel=LeadChannel.VISIT, category=LeadCategory.FOOD, text=TEXT)
    marked = sealing.marked(command)
    assert isinstance(marked, ReceiveLead)
    assert marked.text == sealing.mark(TEXT, LEAD)
    assert (marked.source, marked.school_id) == (None, uid("s1"))


@pytest.mark.parametrize("kind", commands().values())
def test_a_protected_field_is_a_field_of_its_command(kind: type) -> None:
    assert set(kind.protected) <= set(kind.__struct_fields__)
