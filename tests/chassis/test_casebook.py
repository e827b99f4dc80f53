"""Shows that every casebook gives each letter one number, once, in order of arrival, for ever."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.rectification.problem_ledger import ItemDeadlineLapsed, ItemStarted
from contracts.values import case_id
from services.chassis.casebook import Casebook, Contradiction, OutOfOrder, each
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.shelves import open_casebook
from tests.letters import ACTIVITY, HOUR, START, Sender, id_of

SECOND = timedelta(seconds=1)


@pytest.fixture(params=["memory", "sqlite", "mongo"])
def casebook(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Casebook]:
    if request.param == "memory":
        yield MemoryCasebook()
        return
    url = request.getfixturevalue("mongo_url") if request.param == "mongo" else f"sqlite://{tmp_path}/casebook.sqlite"
    held = open_casebook(url, rehearsal=True)
    yield held
    held.close()


def started(item: str) -> ItemStarted:
    return ItemStarted(item_id=id_of(item))


def talk(name: str, count: int, step: int = 1, unit: str = "s1") -> Sender:
    sender = Sender(name, step)
    for n in range(count):
        sender.says(started(f"i{n}"), f"{name}-stream-{n % 2}", unit)
    return sender


def numbers(filed: Any) -> list[int]:
    return [f.number for f in filed]


def test_numbers_follow_arrival_without_gaps_whatever_the_positions(casebook: Casebook) -> None:
    a, b = talk("rectification", 3, step=7).letters, talk("findings", 2).letters
    assert casebook.file([a[0], b[0]]) == 2
    assert casebook.file([a[1], b[1], a[2]]) == 5
    assert [f.letter for f in casebook.read()] == [a[0], b[0], a[1], b[1], a[2]]
    assert numbers(casebook.read()) == [1, 2, 3, 4, 5]


def test_a_letter_told_twice_is_filed_once(casebook: Casebook) -> None:
    letters = talk("rectification", 4).letters
    casebook.file([*letters[:3], letters[1], letters[0]])
    assert casebook.file(letters) == 4
    assert [f.letter for f in casebook.read()] == letters


def test_a_letter_before_its_turn_is_refused_and_nothing_of_the_call_is_filed(
    casebook: Casebook,
) -> None:
    letters = talk("rectification", 4).letters
    with pytest.raises(OutOfOrder):
        casebook.file([letters[0], letters[2]])
    assert (casebook.last_number(), casebook.heard("rectification")) == (0, 0)
    assert casebook.file(letters) == 4


def test_another_record_at_a_filed_position_is_a_contradiction(casebook: Casebook) -> None:
    casebook.file(talk("rectification", 2).letters)
    forked = Sender("rectification")
    forked.says(started("another"), "rectification-stream-0")
    with pytest.raises(Contradiction):
        casebook.file(forked.letters)


def test_it_knows_how_far_each_sender_was_heard(casebook: Casebook) -> None:
    casebook.file(talk("rectification", 3, step=5).letters)
    casebook.file(talk("findings", 2).letters)
    assert casebook.heard("rectification") == 15
    assert casebook.heard("findings") == 2
    assert casebook.heard("nobody") == 0
    assert casebook.number_of("rectification", 10) == 2
    assert casebook.number_of("rectification", 11) is None


def test_reading_goes_page_by_page_between_two_numbers(casebook: Casebook) -> None:
    casebook.file(talk("rectification", 9).letters)
    assert numbers(casebook.read(after=2, limit=3)) == [3, 4, 5]
    assert numbers(casebook.read(after=7, upto=8)) == [8]
    assert numbers(casebook.read(after=0, upto=0)) == []
    assert numbers(each(casebook, 3)) == [4, 5, 6, 7, 8, 9]


def test_reading_may_ask_for_some_events_only(casebook: Casebook) -> None:
    sender = talk("rectification", 2)
    sender.says(ItemDeadlineLapsed(item_id=id_of("i1"), due_at=START), "rectification-stream-1")
    casebook.file(sender.letters)
    assert numbers(casebook.read(names={"rectification.ItemDeadlineLapsed"})) == [3]
    assert numbers(casebook.read(names=set())) == []


def test_a_case_and_a_stream_are_read_in_one_order_across_senders(casebook: Casebook) -> None:
    a, b = talk("rectification", 3).letters, talk("findings", 2).letters
    casebook.file([a[0], b[0], a[1], b[1], a[2], *talk("personnel", 1, unit="s2").letters])
    case = case_id(ACTIVITY, id_of("s1"))
    assert numbers(casebook.of_case(case)) == [1, 2, 3, 4, 5]
    assert numbers(casebook.of_case(case, upto=2)) == [1, 2]
    assert numbers(casebook.of_stream(id_of("rectification-stream-0"))) == [1, 5]
    assert numbers(casebook.of_stream(id_of("rectification-stream-0"), upto=4)) == [1]


def test_a_letter_of_several_cases_stands_in_each(casebook: Casebook) -> None:
    sender, cases = Sender(), (id_of("case-1"), id_of("case-2"))
    sender.says(started("i"), "ledger", cases=(*cases, cases[0]))
    casebook.file(sender.letters)
    assert [numbers(casebook.of_case(case)) for case in cases] == [[1], [1]]


def test_stored_bytes_are_the_records_bytes(casebook: Casebook) -> None:
    letter = talk("rectification", 1).letters[0]
    casebook.file([letter])
    assert casebook.read()[0].letter.record == letter.record


def test_known_at_an_instant_is_the_longest_beginning_recorded_by_then(casebook: Casebook) -> None:
    letters = talk("rectification", 3).letters
    casebook.file(letters)
    third = letters[2].head.recorded_at
    assert casebook.number_at(START) == 0
    assert casebook.number_at(third - SECOND) == 2
    assert casebook.number_at(third) == 3
    assert casebook.number_at(third + 100 * HOUR) == 3


def test_what_arrived_behind_a_later_record_was_not_known_before_it(casebook: Casebook) -> None:
    slow, quick = Sender("findings"), Sender("rectification")
    slow.says(started("slow"), "s", at=START + HOUR)
    quick.says(started("quick"), "q", at=START + 5 * HOUR)
    casebook.file([*quick.letters, *slow.letters])
    assert casebook.number_at(START + 2 * HOUR) == 0
    assert casebook.number_at(START + 5 * HOUR) == 2
    assert casebook.instant_of(2) == START + 5 * HOUR
    assert casebook.instant_of(3) is None


def test_a_past_instant_keeps_its_number_once_a_later_record_is_filed(casebook: Casebook) -> None:
    first, late = talk("rectification", 3).letters, talk("findings", 3).letters
    casebook.file(first)
    instant = first[1].head.recorded_at
    before = casebook.number_at(instant)
    casebook.file(late)
    assert casebook.number_at(instant) == before == 2


def test_the_file_is_written_ahead_and_synced_on_every_commit(tmp_path: Path) -> None:
    casebook = SQLiteCasebook(tmp_path / "casebook.sqlite")
    writer = casebook._file._writer
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert writer.execute("PRAGMA synchronous").fetchone() == (2,)
    casebook.close()


def test_another_process_reads_the_file_and_it_survives_reopening(tmp_path: Path) -> None:
    path, letters = tmp_path / "casebook.sqlite", talk("rectification", 3).letters
    first = SQLiteCasebook(path)
    first.file(letters[:2])
    second = SQLiteCasebook(path)
    assert second.file(letters) == 3
    assert [f.letter for f in first.read()] == letters
    with sqlite3.connect(path) as connection:
        plans = connection.execute("EXPLAIN QUERY PLAN SELECT 1 FROM cases WHERE case_id=''")
        assert "SEARCH" in str(plans.fetchall())
    first.close()
    second.close()
