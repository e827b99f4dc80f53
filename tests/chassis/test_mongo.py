"""What a MongoDB must be and do before letters, pages and attachments are entrusted to it, and what is asked of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import WriteConcern, monitoring

from contracts.letter import Letter
from contracts.rectification.problem_ledger import ItemStarted
from services.chassis.life_cycle import Refused
from services.chassis.mongo import check_mongo_url, check_replicated, open_database
from services.chassis.pages import Row, Scope
from services.chassis.pages_mongo import MongoPages
from services.chassis.shelves import open_attachments, open_casebook, open_pages
from services.cli.cluster.mongo import MongoServer
from tests.letters import Sender, id_of
from tests.mongo import in_database

SAFE = "mongodb://dudao:s%3Acret9@db1:27017,db2:27017/dudao?replicaSet=rs0"
WRITES = {"insert", "update", "delete"}
READS = {"find"}


# --- what is refused at the start -------------------------------------------------------------------


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize("option", [
    "w=1", "w=0", "W=1", "w=2", "journal=false", "j=false", "w=majority&w=1", "w=%31", "wTimeoutMS=100",
    "readConcernLevel=local", "readPreference=secondary", "tlsAllowInvalidCertificates=true",
])
@pytest.mark.parametrize("rehearsal", [True, False])
def test_options_that_lose_what_was_acknowledged_are_refused_even_in_a_rehearsal(option: str, rehearsal: bool) -> None:
    assert code_of(lambda: check_mongo_url(f"{SAFE}&{option}", rehearsal=rehearsal)) == "MONGO_NOT_DURABLE"


@pytest.mark.parametrize("url", [
    SAFE, f"{SAFE}&w=majority&journal=true", f"{SAFE}&readPreference=primary&tls=true&retryWrites=false",
    "mongodb+srv://dudao:s3cret@cluster.example.cn/", "mongodb://CN=dudao@db1/dudao?authMechanism=MONGODB-X509",
])
def test_options_that_lose_nothing_are_taken(url: str) -> None:
    check_mongo_url(url)


@pytest.mark.parametrize("url", [
    "mongodb://db1/dudao", "mongodb://dudao@db1/", "mongodb://dudao:changeme@db1,db2/x", "mongodb://dudao:dud%61o@db1/x",
])
def test_no_password_and_everybodys_password_are_for_rehearsals_only(url: str) -> None:
    assert code_of(lambda: check_mongo_url(url)) == "PASSWORD_DEFAULT"
    check_mongo_url(url, rehearsal=True)


def test_a_server_that_is_no_replica_set_is_refused() -> None:
    assert code_of(lambda: check_replicated({"isWritablePrimary": True})) == "MONGO_NOT_REPLICATED"
    check_replicated({"setName": "rs0"})
    check_replicated({"msg": "isdbgrid"})


@pytest.mark.slow
def test_a_server_standing_alone_or_without_password_is_refused_and_one_of_a_set_is_opened(tmp_path: Path) -> None:
    server = MongoServer(tmp_path, "s3cret")
    try:
        server.start()
        opened = open_casebook(server.url("dudao"))
        assert opened.last_number() == 0
        opened.close()
        assert code_of(lambda: open_casebook(server.plain_url())) == "PASSWORD_DEFAULT"
        server.stop()
        server._run("--auth", "--standalone")
        assert code_of(lambda: open_pages(server.url("dudao"))) == "MONGO_NOT_REPLICATED"
    finally:
        server.kill()


@pytest.mark.parametrize(("opening", "url"), [
    (open_casebook, "postgresql://db/x"), (open_casebook, "sqlite://relative.sqlite"), (open_pages, "pages.sqlite"),
    (open_pages, "sqlite:///"), (open_attachments, "sqlite:///x"), (open_attachments, "file://host/x"),
])
def test_an_address_that_is_none_is_refused(opening: Callable[[str], Any], url: str) -> None:
    assert code_of(lambda: opening(url)) == "URL_INVALID"


def test_a_test_database_keeps_the_options_of_the_address() -> None:
    assert in_database("mongodb://h/", "x") == "mongodb://h/x?"
    assert in_database("mongodb://u:p@h/?tls=true", "x") == "mongodb://u:p@h/x?tls=true&authSource=admin"
    assert in_database("mongodb://u:p@h,i/d", "x") == "mongodb://u:p@h,i/x?authSource=d"


# --- what is asked of it ------------------------------------------------------------------------------


class Listening(monitoring.CommandListener):
    """Every command that leaves this process while it listens."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        self.heard.append((event.command_name, event.command))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Nothing to do."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Nothing to do."""

    def careless(self) -> list[str]:
        """Writes that do not wait for a majority's disks, reads that may see what is taken back."""
        durable, settled = {"w": "majority", "j": True}, {"level": "majority"}
        return [
            name for name, command in self.heard
            if (name in WRITES and command.get("writeConcern") != durable)
            or (name in READS and command.get("readConcern") != settled)
        ]


@pytest.fixture
def listening() -> Iterator[Listening]:
    """Every client made in the test is listened to."""
    found, listeners = Listening(), monitoring._LISTENERS.command_listeners
    monitoring.register(found)
    yield found
    listeners.remove(found)


def letter() -> Letter:
    return Sender().says(ItemStarted(item_id=id_of("i")), "ledger")


def test_every_write_waits_for_a_majoritys_disks_and_no_read_sees_less(listening: Listening, mongo_url: str) -> None:
    casebook, pages, attachments = (
        opening(mongo_url, rehearsal=True) for opening in (open_casebook, open_pages, open_attachments)
    )
    casebook.file([letter()])
    casebook.read()
    collection = pages.fresh("C1.1")
    pages.write(collection, [(Row("a", 1, b"{}"), 0)])
    pages.write(collection, [(Row("a", 2, b"{}"), 1)])
    pages.track(collection, 2)
    pages.switch("C1.1", collection)
    attachments.get(attachments.put(b"photograph", "image/jpeg").id)
    assert {name for name, _ in listening.heard} >= {"insert", "update", "find"}
    assert listening.careless() == []
    for held in (casebook, pages, attachments):
        held.close()


def test_a_careless_write_is_caught(listening: Listening, mongo_url: str) -> None:
    """The control."""
    database = open_database(mongo_url, rehearsal=True)
    database["x"].with_options(write_concern=WriteConcern(1)).insert_one({})
    assert listening.careless() == ["insert"]
    database.client.close()


def test_the_server_decides_the_scope_in_the_order_of_its_index(listening: Listening, mongo_url: str) -> None:
    database = open_database(mongo_url, rehearsal=True)
    pages = MongoPages(database)
    collection = pages.fresh("C1.1")
    rows = [Row(f"k{n:03}", 1, b'{"unit":"u%d"}' % (n % 2), f"990000/9901{n % 10:02}/o") for n in range(100)]
    pages.write(collection, [(row, 0) for row in rows])
    found = pages.find(collection, Scope(("990000/990103/",)), after_key="k020", limit=3)
    assert [row.key for row in found] == ["k023", "k033", "k043"]
    pages.find(collection, Scope(("990000/990103",), "d1"), where={"unit": "u1"})
    plain, asked = [command for name, command in listening.heard if name == "find"][-2:]
    assert (plain["filter"]["seen_by"], plain["limit"]) == ("990000/990103/", 3)
    assert asked["filter"]["seen_by"] == {"$in": ["990000/990103", "990000/990103/", "@d1"]}
    assert asked["filter"]["fields.unit"] == "u1"
    plan = str(database.command("explain", {name: plain[name] for name in ("find", "filter", "sort", "limit")}))
    assert "IXSCAN" in plan and "COLLSCAN" not in plan, plan
    pages.close()
