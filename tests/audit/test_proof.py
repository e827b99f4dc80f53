"""Shows that whatever is changed, taken out or put in is found, and where."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.letter import Letter
from contracts.values import case_id
from services.audit.casebook import Audit
from services.audit.proof import Fault, first_fault, first_fault_of_all
from services.chassis.casebook import Filed
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.clock import HandClock
from tests.audit.silence import silent
from tests.letters import ACTIVITY, id_of
from tests.reporting.story import DUE, Story

CASE = case_id(ACTIVITY, id_of("s1"))


def told() -> Story:
    story = Story()
    story.unit("s1", "示例一小")
    story.item("i1")
    story.assigned("i1")
    story.lapsed("i1")
    story.extended("i1")
    return story


def filed() -> list[Filed]:
    story = told()
    letters = [*story.registry.letters, *story.rectification.letters]
    return [Filed(number, letter) for number, letter in enumerate(letters, 1)]


def again(found: Filed, record: bytes) -> Filed:
    old = found.letter
    return Filed(found.number, Letter(old.sender, old.position, old.previous, old.topic, record))


def reworded(letters: list[Filed]) -> list[Filed]:
    record = letters[2].letter.record.replace("办法第12条".encode(), "办法第13条".encode())
    return [*letters[:2], again(letters[2], record), *letters[3:]]


def taken_out(letters: list[Filed]) -> list[Filed]:
    return [*letters[:2], *letters[3:]]


def swapped(letters: list[Filed]) -> list[Filed]:
    return [*letters[:2], letters[3], letters[2], letters[4]]


def renamed(letters: list[Filed]) -> list[Filed]:
    old = letters[3].letter
    letter = Letter(old.sender, old.position, old.previous, "rectification.ItemStarted", old.record)
    return [*letters[:3], Filed(4, letter), letters[4]]


def garbled(letters: list[Filed]) -> list[Filed]:
    return [*letters[:2], again(letters[2], b"not a record"), *letters[3:]]


def test_what_was_written_is_whole() -> None:
    assert first_fault_of_all(filed()) is None
    assert first_fault(filed()[1:], id_of("ledger-s1")) is None


@pytest.mark.parametrize(
    ("spoil", "number", "code"),
    [
        (reworded, 4, "HASH_BROKEN"), (taken_out, 4, "VERSION_GAP"), (swapped, 4, "VERSION_GAP"),
        (renamed, 4, "NAME_WRONG"), (garbled, 3, "RECORD_UNREADABLE"),
    ],
)
def test_a_spoiled_stream_is_found_at_its_first_fault(
    spoil: Callable[[list[Filed]], list[Filed]], number: int, code: str
) -> None:
    fault = first_fault(spoil(filed()))
    assert fault is not None
    assert (fault.number, fault.code) == (number, code)
    assert fault.sentence.startswith(f"总号{number}：")


def test_a_stream_taken_out_whole_is_found_by_numbers_and_positions() -> None:
    letters = filed()
    assert code_of(first_fault_of_all(letters[1:])) == "NUMBER_GAP"
    moved = [letters[0], *(Filed(n, f.letter) for n, f in enumerate(letters[2:], 2))]
    assert code_of(first_fault_of_all(moved)) == "POSITION_GAP"


def test_a_record_of_another_stream_is_found() -> None:
    assert code_of(first_fault(filed()[1:], id_of("another"))) == "STREAM_WRONG"


def test_an_edit_in_the_file_is_found_by_stream_case_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "casebook.sqlite"
    casebook = SQLiteCasebook(path)
    told().file_into(casebook)
    audit = Audit(casebook, silent, HandClock(DUE))
    assert (audit.verify(), audit.verify_case(CASE)) == (None, None)
    with sqlite3.connect(path) as connection:
        sql = "UPDATE letters SET record=CAST(replace(CAST(record AS TEXT), '12', '13') AS BLOB)"
        connection.execute(f"{sql} WHERE number=3")
    for fault in (audit.verify(), audit.verify_case(CASE), audit.verify_stream(id_of("ledger-s1"))):
        assert (fault is not None, code_of(fault)) == (True, "HASH_BROKEN")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE letters SET record='x' WHERE number=3")
    assert code_of(audit.verify_case(CASE)) == "RECORD_UNREADABLE"
    casebook.close()


def code_of(fault: Fault | None) -> str:
    return fault.code if fault else ""
