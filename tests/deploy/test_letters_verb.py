"""`dudao letters`: what is parked in a running deployment is listed, tried again, and discarded by two persons."""

from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from services.chassis.announcing import announcements
from services.chassis.identity import new_key
from services.chassis.log_postgres import PostgresLogs
from services.chassis.parked import parking_memos, place_of
from services.cli.app import app
from services.registry.application import Registry
from tests.live.parish import place, signer_and_reader, submission, write_public_key


@pytest.fixture
def parked(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The place of a letter that is parked in rectification's log and that it has no policy for."""
    key = new_key()
    signer, reader = signer_and_reader(key)
    registry = Registry(PostgresLogs(postgres_url, schema="registry"), reader)
    registry.execute(submission(signer, place(100001)))
    (letter,) = announcements(registry.recorder, "registry", 0, 10)
    logs = PostgresLogs(postgres_url, schema="rectification")
    logs.log.insert_events([], memos=parking_memos(logs.log, letter, "a-case", "KeyError('rubric')"))
    registry.close()
    logs.close()
    for name, value in (
        ("LOG_URL", postgres_url), ("AMQP_URL", "amqp://dudao:x9-Pw3@nowhere:5672/%2F"),
        ("TOKEN_KEY", str(write_public_key(key, tmp_path / "key.json"))),
    ):
        monkeypatch.setenv(f"DUDAO_{name}", value)
    return place_of(letter)


def letters(*words: str) -> Result:
    return CliRunner().invoke(app, ["letters", *words, "--service", "rectification"])


@pytest.mark.slow
def test_a_parked_letter_is_listed_tried_again_and_discarded_by_two(parked: str) -> None:
    listed = letters("list")
    assert listed.exit_code == 0 and parked in listed.output and "rubric" in listed.output
    assert letters("retry").exit_code == 1
    assert parked in letters("list").output
    one, two = str(uuid4()), str(uuid4())
    alone = letters("discard", parked, "--person", one, "--second", one, "--reason", "重复")
    assert alone.exit_code != 0 and "SECOND_PERSON_MISSING" in alone.output
    assert letters("discard", parked, "--person", one, "--second", two, "--reason", "重复").exit_code == 0
    assert parked not in letters("list").output
    assert letters("discard", parked, "--person", one, "--second", two, "--reason", "重复").exit_code == 3


@pytest.mark.slow
def test_a_service_that_does_not_exist_is_told(parked: str) -> None:
    told = CliRunner().invoke(app, ["letters", "list", "--service", "nobody"])
    assert told.exit_code == 2 and "SERVICE_UNKNOWN" in told.output
