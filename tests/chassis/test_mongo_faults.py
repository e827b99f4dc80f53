"""Faults of the machine beneath MongoDB's casebook, pages and attachments: killed servers and processes, lost replies.

Whatever server DUDAO_MONGO_URI names, the one that is killed here, and the one behind the losing wire, is our own.
"""

import itertools
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pymongo import InsertOne, ReplaceOne
from pymongo.errors import AutoReconnect, PyMongoError

from contracts.letter import Letter
from services.chassis import pages_mongo
from services.chassis.as_of import Cut
from services.chassis.attachments import Attachment, AttachmentDamaged
from services.chassis.casebook import Casebook
from services.chassis.casebook_mongo import MongoCasebook
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.mongo import open_database
from services.chassis.pages import WHOLE, Pages, Row
from services.chassis.shelves import open_attachments, open_casebook, open_pages
from services.cli.cluster.mongo import MongoServer
from services.cli.testing import ROOT
from services.reporting import projector
from services.reporting.draft import Draft
from services.reporting.projector import Projector
from services.reporting.views.folding import folded, rows_of
from tests.chassis.mongo_child import ONE_VIEW, VIDEO, TrackingFirst, letters, told
from tests.letters import START
from tests.mongo_proxy import LosingWire
from tests.reporting.story import Story

pytestmark = pytest.mark.slow


def child(*arguments: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.chassis.mongo_child", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def dies(*arguments: object) -> None:
    """Run a child that kills itself; it must have done so."""
    process = child(*arguments)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, complaint.decode()[-2000:]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MongoServer]:
    """One that may be killed."""
    found = MongoServer(tmp_path / "mongo", password="")
    found.start()
    yield found
    found.kill()


# --- a killed server --------------------------------------------------------------------------------


def promised_until_killed(server: MongoServer, manner: str) -> list[int]:
    """Let a process file, stop the server in the middle, kill it a moment later; what was acknowledged by then."""
    process = child("file", server.url("d"), manner)
    try:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        assert server.process is not None
        time.sleep(0.4)
        server.process.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
    finally:
        server.kill()
        process.kill()
    said, _ = process.communicate()
    return [int(line) for line in said.split()]


def holds(url: str, numbers: list[int]) -> bool:
    """Whether the casebook has every number promised, no gap, and the letters as they were told."""
    casebook = open_casebook(url, rehearsal=True)
    filed = casebook.read(limit=1_000_000)
    casebook.close()
    should = [*itertools.islice(letters(), len(filed))]
    whole = [kept.number for kept in filed] == [*range(1, len(filed) + 1)] and [kept.letter for kept in filed] == should
    return whole and len(filed) >= max(numbers, default=0)


def test_a_server_killed_while_letters_are_filed_loses_nothing_acknowledged(server: MongoServer) -> None:
    numbers: list[int] = []
    for _ in range(3):
        now = promised_until_killed(server, "honest")
        assert now, "it was at work when the server was killed"
        numbers += now
        server.start()
        assert holds(server.url("d"), numbers)


def test_writes_that_nobody_waits_for_are_lost_and_the_check_finds_it(server: MongoServer) -> None:
    """The control: w=0."""
    numbers = promised_until_killed(server, "careless")
    server.start()
    assert numbers and not holds(server.url("d"), numbers)


@pytest.mark.parametrize(("draft", "right"), [(Draft, True), (TrackingFirst, False)])
def test_a_server_killed_in_the_middle_of_a_batch_of_pages_loses_none(
    draft: type[Draft], right: bool, server: MongoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "Draft", draft)
    casebook, _ = casebook_in(tmp_path)
    pages = open_pages(f"{server.url('d')}?serverSelectionTimeoutMS=500", rehearsal=True)
    write, batches = pages.write, [0]

    def cut(collection: str, batch: Any) -> Any:
        batch, batches[0] = [*batch], batches[0] + 1
        if batches[0] == 3:
            write(collection, batch[:1])
            server.kill()
        return write(collection, batch[1:] if batches[0] == 3 else batch)

    monkeypatch.setattr(pages, "write", cut)
    with pytest.raises(PyMongoError):
        Projector(casebook, pages, ONE_VIEW, batch=7).follow()
    server.start()
    assert Projector(casebook, pages, ONE_VIEW, batch=7).follow() == casebook.last_number()
    assert (rows(pages) == should_be(casebook)) is right
    pages.close()
    casebook.close()


# --- killed between pages and tracking ----------------------------------------------------------------


def casebook_in(folder: Path) -> tuple[SQLiteCasebook, str]:
    path = folder / "casebook.sqlite"
    casebook = SQLiteCasebook(path)
    told(Story()).file_into(casebook)
    return casebook, f"sqlite://{path}"


def rows(pages: Pages) -> list[Row]:
    return [*pages.find(pages.current(ONE_VIEW["C1"].shelf) or "", WHOLE)]


def should_be(casebook: Casebook) -> list[Row]:
    return rows_of(ONE_VIEW["C1"], folded(ONE_VIEW["C1"], casebook, Cut(casebook.last_number(), START)))


@pytest.mark.parametrize(("kind", "collection", "count"), [
    ("update", "tracked", 1), ("update", "tracked", 4), ("update", "pages:", 2),
])
def test_a_projector_killed_between_pages_and_tracking_is_gone_on_with(
    kind: str, collection: str, count: int, tmp_path: Path, mongo_url: str
) -> None:
    (casebook, where), pages = casebook_in(tmp_path), open_pages(mongo_url, rehearsal=True)
    dies("follow", where, mongo_url, kind, collection, count)
    number = pages.number(pages.current(ONE_VIEW["C1"].shelf) or "")
    assert number < casebook.last_number()
    if collection == "tracked":
        assert max(row.number for row in rows(pages)) > number, "rows stand that no tracking speaks of"
    assert Projector(casebook, pages, ONE_VIEW, batch=5).follow() == casebook.last_number()
    assert rows(pages) == should_be(casebook)
    pages.close()
    casebook.close()


def test_tracking_that_is_written_first_loses_pages_and_verifying_finds_it(tmp_path: Path, mongo_url: str) -> None:
    """The control."""
    (casebook, where), pages = casebook_in(tmp_path), open_pages(mongo_url, rehearsal=True)
    dies("follow", where, mongo_url, "update", "pages:", 2, "tracking-first")
    Projector(casebook, pages, ONE_VIEW).follow()
    assert Projector(casebook, pages, ONE_VIEW).verify("C1") is not None
    pages.close()
    casebook.close()


# --- two at once ------------------------------------------------------------------------------------


def unguarded(row: Row, previous: int) -> Any:
    """The broken control: written whatever stands there."""
    return ReplaceOne({"_id": row.key}, pages_mongo._document(row), upsert=True)


@pytest.mark.parametrize(("request_of", "right"), [(pages_mongo._request, True), (unguarded, False)])
def test_a_projector_that_was_overtaken_spoils_no_page_because_of_the_guard(
    request_of: Callable[..., Any], right: bool, mongo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_mongo, "_request", request_of)
    casebook, _ = casebook_in(tmp_path)
    slow, quick = (open_pages(mongo_url, rehearsal=True) for _ in range(2))
    overtaken: list[int] = []
    write = slow.write

    def late(collection: str, batch: Any) -> Any:
        batch = [*batch]
        if batch and not overtaken:
            overtaken.append(Projector(casebook, quick, ONE_VIEW).follow())
        return write(collection, batch)

    monkeypatch.setattr(slow, "write", late)
    Projector(casebook, slow, ONE_VIEW, batch=4).follow()
    assert overtaken == [casebook.last_number()]
    assert (rows(slow) == should_be(casebook)) is right
    for held in (slow, quick, casebook):
        held.close()


def test_processes_that_file_the_same_letters_at_once_give_each_one_number(mongo_url: str) -> None:
    should = [*itertools.islice(letters(), 120)]
    books = [open_casebook(mongo_url, rehearsal=True) for _ in range(3)]

    def file(casebook: Casebook, step: int) -> None:
        for start in range(0, len(should), step):
            casebook.file(should[: start + step])

    together([lambda book=book, step=step: file(book, step) for book, step in zip(books, (7, 10, 13), strict=True)])
    filed = books[0].read()
    assert [kept.letter for kept in filed] == should
    assert [kept.number for kept in filed] == [*range(1, 121)]
    for book in books:
        book.close()


def together(acts: list[Callable[[], object]]) -> None:
    """At once; what one of them raises is raised here."""
    raised: list[Exception] = []

    def caught(act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - told below, whatever it is
            raised.append(error)

    threads = [Thread(target=caught, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


def test_without_its_guards_a_casebook_files_a_letter_twice(mongo_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: two that both found a letter missing, each with a number of its own."""
    first, second = (MongoCasebook(open_database(mongo_url, rehearsal=True)) for _ in range(2))
    first._letters.drop_indexes()
    (letter,) = itertools.islice(letters(), 1)
    fresh = first._fresh([letter]), second._fresh([letter])
    first._keep({"_id": 0, "known": 0}, fresh[0])
    second._keep({"_id": 1, "known": 0}, fresh[1])
    assert [kept.letter for kept in first.read()] == [letter, letter]
    first.close()
    second.close()


# --- a lost reply -----------------------------------------------------------------------------------


@pytest.fixture
def wire(server: MongoServer) -> Iterator[LosingWire]:
    found = LosingWire(server.port)
    yield found
    found.close()


def again(act: Callable[[], Any], retried_by_driver: bool) -> Any:
    """With the driver's own retries once is enough; without them it raises, and the caller does it again."""
    if retried_by_driver:
        return act()
    with pytest.raises(AutoReconnect):
        act()
    return act()


@pytest.mark.parametrize("retries", [True, False], ids=["retried by the driver", "done again"])
def test_a_lost_reply_doubles_and_loses_nothing(wire: LosingWire, retries: bool) -> None:
    url = wire.url("d", f"retryWrites={str(retries).lower()}")
    casebook, pages, attachments = (
        opening(url, rehearsal=True) for opening in (open_casebook, open_pages, open_attachments)
    )
    some = [*itertools.islice(letters(), 5)]
    wire.lose_reply_to("insert")
    assert again(lambda: casebook.file(some), retries) == 5
    assert [kept.letter for kept in casebook.read()] == some
    collection = pages.fresh("C1.1")
    for kind, batch in (("insert", [(Row("a", 3, b"{}"), 0)]), ("update", [(Row("a", 5, b"{}"), 3)])):
        wire.lose_reply_to(kind)
        assert again(lambda batch=batch: pages.write(collection, batch), retries) == []
    wire.lose_reply_to("update")
    again(lambda: pages.track(collection, 5), retries)
    assert (pages.number(collection), [row.number for row in pages.find(collection, WHOLE)]) == (5, [5])
    wire.lose_reply_to("insert")
    put: Attachment = again(lambda: attachments.put(VIDEO, "video/mp4"), retries)
    assert attachments.get(put.id) == VIDEO
    assert wire.lost == 5
    for held in (casebook, pages, attachments):
        held.close()


def test_a_counter_that_is_told_to_count_again_counts_twice(wire: LosingWire) -> None:
    """The control: the wire does lose the reply to a write that was done."""
    database = open_database(wire.url("d", "retryWrites=false"), rehearsal=True)
    database["counts"].bulk_write([InsertOne({"_id": "a", "count": 0})])
    wire.lose_reply_to("update")
    again(lambda: database["counts"].update_one({"_id": "a"}, {"$inc": {"count": 1}}), False)
    found = database["counts"].find_one()
    assert found is not None and found["count"] == 2
    database.client.close()


# --- attachments half put ---------------------------------------------------------------------------


def test_a_put_killed_before_its_file_is_named_left_nothing_that_is_in_the_way(mongo_url: str) -> None:
    held = open_attachments(mongo_url, rehearsal=True)
    dies("put", mongo_url, "insert", "attachments.files", 1)
    pieces = open_database(mongo_url, rehearsal=True)["attachments.chunks"]
    assert pieces.count_documents({}) > 0, "its pieces were there already"
    put = held.put(VIDEO, "video/mp4")
    assert held.get(put.id) == VIDEO
    held.close()
    pieces.database.client.close()


@pytest.mark.parametrize(("manner", "torn"), [("safe", False), ("bare", True)])
def test_a_file_is_whole_or_not_there(manner: str, torn: bool, tmp_path: Path) -> None:
    dies("half", tmp_path, manner)
    assert any(path.stat().st_size == len(VIDEO) // 2 for path in tmp_path.rglob("*")), "half of it was written"
    held, video = open_attachments(f"file://{tmp_path}"), open_attachments(f"file://{tmp_path}/other").put(VIDEO, "a/b")
    assert held.exists(video.id) is torn
    if torn:
        with pytest.raises(AttachmentDamaged):
            held.verify(video.id)
    assert held.get(held.put(VIDEO, "video/mp4").id) == VIDEO


def test_letters_are_the_same_in_every_process() -> None:
    first, second = ([*itertools.islice(letters(), 4)] for _ in range(2))
    assert first == second and all(isinstance(letter, Letter) for letter in first)
