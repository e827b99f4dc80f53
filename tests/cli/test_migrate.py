"""An embedded deployment moves to servers: same bytes, same positions, and it goes on where it was."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from eventsourcing.persistence import Tracking

from contracts.record import Receipt
from services.chassis.announcing import all_letters
from services.chassis.casebook import each
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.clock import HandClock, system_clock
from services.chassis.identity import TokenReader, TokenSigner, new_key
from services.chassis.life_cycle import Refused
from services.chassis.listening import Listener
from services.chassis.log_contents import Contents, StoredRecord
from services.chassis.log_postgres import PostgresLogs
from services.chassis.log_postgres_contents import PostgresContents
from services.chassis.log_postgres_schema import migrate
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.log_sqlite_contents import SQLiteContents
from services.chassis.parked import parked_letters
from services.chassis.parking import Parking
from services.chassis.sealing import Sealing
from services.chassis.shelves import open_casebook
from services.chassis.timers import Timers
from services.chassis.town import Town
from services.chassis.vault import SQLiteRows
from services.cli.deployment import identity, names_in, owned
from services.cli.migrate.comparing import compared
from services.cli.migrate.private import keys_of, put_keys
from services.cli.scenario.names import Names
from services.cli.scenario.writing import command
from services.cli.speaking import Wrong
from services.cli.wiring import SERVICES
from tests.architecture.planting import ROOT
from tests.chassis.test_parking import letters_of, mend, registry_with
from tests.cli.typing_verbs import SCHOOL, dudao, found, sent
from tests.kit.cases import uid
from tests.live import parish
from tests.live.parish import Mirror, bodies_in, signer_and_reader
from tests.rabbitmq import eventually


def digests(folder: Path) -> dict[str, str]:
    """Every file and the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def in_the_file(folder: Path, service: str) -> list[Any]:
    """Position, topic and bytes of every record, by the bare driver."""
    with sqlite3.connect(folder / f"{service}.sqlite") as connection:
        return connection.execute("SELECT rowid, topic, state FROM stored_events ORDER BY rowid").fetchall()


def on_the_server(url: str, service: str) -> list[Any]:
    """The same, of the service's schema."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            f"SELECT position, topic, state FROM {service}.stored_events ORDER BY position"  # type: ignore[arg-type]
        ).fetchall()


def moving(folder: Path, url: str, target: Path) -> Any:
    return dudao("migrate", "--from", str(folder), "--to", url, "--to", str(target))


def test_a_deployment_moves_byte_by_byte_and_the_source_is_not_touched(
    school: Path, postgres_url: str, tmp_path: Path
) -> None:
    before = digests(school)
    moved = found("migrate", "--from", str(school), "--to", postgres_url, "--to", str(tmp_path / "rest"))
    assert digests(school) == before
    counts = {one["service"]: one["records"] for one in moved["services"]}
    for service in SERVICES:
        rows = in_the_file(school, service)
        assert on_the_server(postgres_url, service) == rows
        assert counts[service] == len(rows)
    assert sum(counts.values()) == moved["letters"] > 10
    assert all(one["chain"] for one in moved["services"])
    assert (tmp_path / "rest" / "names.json").read_bytes() == (school / "names.json").read_bytes()
    again = moving(school, postgres_url, tmp_path / "rest")
    assert again.exit_code == 0 and "已写入" not in again.stderr
    assert "哈希链" in again.stdout and "完整" in again.stdout


@pytest.mark.slow
def test_the_casebook_keeps_its_numbers(school: Path, postgres_url: str, tmp_path: Path) -> None:
    assert moving(school, postgres_url, tmp_path).exit_code == 0
    theirs, ours = (SQLiteCasebook(folder / "casebook.sqlite", only_read=True) for folder in (school, tmp_path))
    assert list(each(theirs)) == list(each(ours)) != []


@pytest.mark.slow
def test_the_casebook_moves_to_mongodb_under_its_numbers(
    school: Path, postgres_url: str, mongo_url: str, tmp_path: Path
) -> None:
    line = ("migrate", "--from", str(school), "--to", postgres_url, "--to", mongo_url, "--to", str(tmp_path))
    assert dudao(*line).exit_code != 0, "a single server is no replica set"
    for _ in range(2):
        answer = dudao(*line, "--rehearsal")
        assert answer.exit_code == 0, answer.stderr
    theirs, ours = SQLiteCasebook(school / "casebook.sqlite", only_read=True), open_casebook(mongo_url, rehearsal=True)
    assert list(each(theirs)) == list(each(ours)) != []
    ours.file([filed.letter for filed in each(theirs)])
    assert ours.last_number() == theirs.last_number()
    ours.close()


@pytest.mark.slow
def test_a_target_that_holds_anything_else_is_refused_and_nothing_is_written(
    school: Path, postgres_url: str, tmp_path: Path
) -> None:
    logs = PostgresLogs(postgres_url, schema="findings")
    logs.log.insert_tracking(Tracking("registry", 1))
    logs.close()
    answer = moving(school, postgres_url, tmp_path / "rest")
    assert (answer.exit_code, "TARGET_NOT_EMPTY" in answer.stderr, "findings" in answer.stderr) == (5, True, True)
    assert on_the_server(postgres_url, "registry") == []
    assert not (tmp_path / "rest" / "casebook.sqlite").exists()


def test_a_source_in_use_is_refused(school: Path, postgres_url: str, tmp_path: Path) -> None:
    owner = SQLiteLogs(school / "rectification.sqlite")
    try:
        answer = moving(school, postgres_url, tmp_path)
        assert (answer.exit_code, "LOG_OWNED" in answer.stderr) == (75, True)
    finally:
        owner.close()


@pytest.mark.parametrize("targets", [["postgresql://u:p@127.0.0.1:1/x"], ["one-folder"], ["redis://h"], ["a", "b"]])
def test_a_target_that_lacks_something_is_a_wrong_usage(school: Path, targets: list[str]) -> None:
    words = [word for target in targets for word in ("--to", target)]
    assert dudao("migrate", "--from", str(school), *words).exit_code == 2


def test_a_server_that_is_away_is_said_to_be_away(school: Path, tmp_path: Path) -> None:
    answer = moving(school, "postgresql://u:p@127.0.0.1:1/x", tmp_path)
    assert (answer.exit_code, "TARGET_UNREACHABLE" in answer.stderr) == (6, True)


# --- it goes on ---------------------------------------------------------------------------------------

ITEM = {"unit": "s1", "issuingBody": "office", "source": "CONFIRMED_FINDING", "severity": "GENERAL"}


def town_on(url: str, folder: Path, clock: HandClock) -> Town:
    """All services on the logs of a server."""
    key = new_key()
    services = {
        name: kind(PostgresLogs(url, clock, schema=name), TokenReader(key, clock), clock,
                   keys=SQLiteRows(folder / f"{name}-seal-keys.sqlite"))
        for name, kind in SERVICES.items()
    }
    return Town(services, TokenSigner(key, clock), clock)


def registering(town: Town, names: Names, item: str, command_id: UUID) -> Receipt:
    """Office staff li puts a problem on the list, under this command id."""
    said = {"item": item, **ITEM, "text": "操场"}
    made = command(names, "rectification.RegisterItem", said)
    return town.submit(identity(town, names, "li"), made, command_id=command_id)


@pytest.mark.slow
def test_what_was_moved_goes_on_next_position_old_receipt_running_timer(
    tmp_path: Path, postgres_url: str
) -> None:
    folder, rest = tmp_path / "embedded", tmp_path / "rest"
    for line in SCHOOL:
        assert sent(folder, line).exit_code == 0
    with owned(folder) as opened:
        receipt = registering(opened.deployment.town, opened.names, "i2", uid("second"))
    ends = {name: len(in_the_file(folder, name)) for name in SERVICES}
    assert moving(folder, postgres_url, rest).exit_code == 0
    names, town = names_in(rest), town_on(postgres_url, rest, HandClock(system_clock()))
    try:
        assert {name: app.recorder.max_notification_id() or 0 for name, app in town.services.items()} == ends
        assert registering(town, names, "i2", uid("second")) == receipt
        new = registering(town, names, "i3", uid("third"))
        letters = all_letters(town.services["rectification"].recorder, "rectification", ends["rectification"])
        assert next(letters).position == ends["rectification"] + 1 <= new.position
        rectification = town.services["rectification"]
        due = Timers(rectification).next_due()
        assert due is not None
        town.advance_to(due)
        after = all_letters(rectification.recorder, "rectification", new.position)
        lapsed = [letter for letter in after if letter.name == "rectification.ItemDeadlineLapsed"]
        assert {letter.head.occurred_at for letter in lapsed} == {due}
    finally:
        town.close()
    assert moving(folder, postgres_url, rest).exit_code == 5, "what goes on elsewhere is not moved once more"


def test_a_parked_letter_moves_and_is_worked_off_where_it_is_now(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = signer_and_reader(new_key())[1]
    mirror = Mirror(SQLiteLogs(tmp_path / "mirror.sqlite"), reader)
    Listener(mirror, lambda sender, after: []).hear(letters_of(registry_with("甲", parish.NAMED_TO_FAIL, "丙")))
    parked = parked_letters(mirror.memos)
    mirror.close()
    assert len(parked) == 2
    filled(SQLiteContents(tmp_path / "mirror.sqlite"), postgres_url)
    mend(monkeypatch)
    moved = Mirror(PostgresLogs(postgres_url, schema="mirror"), reader)
    try:
        assert parked_letters(moved.memos) == parked
        assert (Parking(moved).retry_all(), [*bodies_in(moved.recorder)]) == (2, ["100001", "100002", "100003"])
    finally:
        moved.close()


# --- broken moves are caught --------------------------------------------------------------------------


def filled(contents: Contents, url: str) -> PostgresContents:
    """An empty log on the server, filled with these contents."""
    target = PostgresContents(url, "mirror")
    assert target.is_empty()
    target.fill(contents)
    return target


class Broken:
    """Contents of a log in which one table is spoilt on the way."""

    def __init__(self, contents: Contents, table: str, spoil: Callable[[list[Any]], list[Any]]) -> None:
        self._contents, self._table, self._spoil = contents, table, spoil

    def __getattr__(self, table: str) -> Callable[[], Iterator[Any]]:
        rows = getattr(self._contents, table)
        return (lambda: iter(self._spoil(list(rows())))) if table == self._table else rows  # type: ignore[no-any-return]


def other_text(rows: list[Any]) -> list[StoredRecord]:
    """One word of one record is another."""
    return [row._replace(state=row.state.replace("食堂".encode(), "厨房".encode())) for row in rows]


BREAKS: dict[str, tuple[str, Callable[[list[Any]], list[Any]]]] = {
    "the last record is dropped": ("records", lambda rows: rows[:-1]),
    "a record in the middle is dropped": ("records", lambda rows: rows[:1] + rows[2:]),
    "a record stands one position later": ("records", lambda rows: [*rows[:-1], rows[-1]._replace(
        position=rows[-1].position + 1)]),
    "a record says something else": ("records", other_text),
    "tracking is forgotten": ("tracking", lambda rows: []),
    "tracking is one behind": ("tracking", lambda rows: [*rows[:-1], rows[-1]._replace(
        position=rows[-1].position - 1)]),
    "a receipt is forgotten": ("memos", lambda rows: [row for row in rows if row.kind != "command"]),
    "a receipt has another position": ("memos", lambda rows: [row._replace(position=row.position + (
        row.kind == "command")) for row in rows]),
}


@pytest.mark.slow
@pytest.mark.parametrize("broken", BREAKS)
def test_a_move_that_loses_or_changes_anything_is_caught(school: Path, postgres_url: str, broken: str) -> None:
    """The control: the same comparison finds nothing wrong with an honest move."""
    source = SQLiteContents(school / "rectification.sqlite")
    table, spoil = BREAKS[broken]
    assert spoil(list(getattr(source, table)())) != list(getattr(source, table)()), "the fault happened"
    target = filled(Broken(source, table, spoil), postgres_url)  # type: ignore[arg-type]
    try:
        with pytest.raises(Wrong) as caught:
            compared("rectification", source, target)
        assert caught.value.code == "MIGRATION_DIFFERS"
    finally:
        target.close()


def test_a_broken_chain_is_told_although_both_sides_are_the_same(school: Path) -> None:
    source = SQLiteContents(school / "rectification.sqlite")
    forged: Any = Broken(source, "records", lambda rows: [row for row in rows if row.version != 1])
    with pytest.raises(Wrong) as caught:
        compared("rectification", forged, forged)
    assert caught.value.code == "CHAIN_BROKEN"


def test_keys_go_to_the_service_whose_text_they_seal_and_a_destroyed_one_stays_destroyed(tmp_path: Path) -> None:
    keys = {uid("lead"): b"", uid("case"): b"k" * 32, uid("nobody"): b"n" * 32}
    mine = keys_of(keys, [uid("lead"), uid("case"), uid("another")])
    assert put_keys(tmp_path / "keys.sqlite", mine) == put_keys(tmp_path / "keys.sqlite", mine) == 2
    with pytest.raises(Refused, match="SEAL_DESTROYED"):
        Sealing(SQLiteRows(tmp_path / "keys.sqlite")).mark("张三", uid("lead"))
    assert SQLiteRows(tmp_path / "keys.sqlite").read(uid("nobody")) is None
    with pytest.raises(Wrong):
        put_keys(tmp_path / "keys.sqlite", {uid("case"): b"x" * 32})


# --- killed in the middle -----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_move_that_is_killed_in_the_middle_is_simply_begun_again(
    school: Path, postgres_url: str, tmp_path: Path
) -> None:
    migrate(postgres_url, "rectification")
    with psycopg.connect(postgres_url) as holding:
        holding.execute("LOCK TABLE rectification.tracking IN SHARE MODE")  # records and memos get in, tracking waits
        line = [sys.executable, "-m", "services.cli", "migrate", "--from", str(school), "--to", postgres_url]
        moving_ = subprocess.Popen([*line, "--to", str(tmp_path / "rest")], cwd=ROOT, stderr=subprocess.PIPE)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'rectification.tracking'::regclass"
        eventually(30, lambda: _one(postgres_url, waiting) == 1)
        os.kill(moving_.pid, signal.SIGKILL)
        assert moving_.wait() == -signal.SIGKILL
        said = moving_.communicate()[1].decode()
        assert "registry：已写入" in said and "rectification：已写入" not in said
    assert on_the_server(postgres_url, "registry") == in_the_file(school, "registry") != []
    eventually(10, lambda: _one(postgres_url, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0)
    assert on_the_server(postgres_url, "rectification") == []
    assert moving(school, postgres_url, tmp_path / "rest").exit_code == 0
    for service in SERVICES:
        assert on_the_server(postgres_url, service) == in_the_file(school, service)


@pytest.mark.slow
def test_a_county_in_small_moves_whole(tmp_path: Path, postgres_url: str) -> None:
    folder = tmp_path / "tiny"
    assert dudao("demo", "--scale", "tiny", "--no-serve", "--data", str(folder)).exit_code == 0
    moved = json.loads(dudao(
        "migrate", "--from", str(folder), "--to", postgres_url, "--to", str(tmp_path / "rest"), "--json").stdout)
    due = {one["service"]: one["due"] for one in moved["services"]}
    assert moved["letters"] == sum(one["records"] for one in moved["services"]) > 900
    assert due["rectification"] > 0 and all(one["chain"] for one in moved["services"])
    assert all(one["receipts"] and one["heard"] for one in moved["services"] if one["service"] == "rectification")


def _one(url: str, statement: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None
