"""On a running deployment a discard goes through the service's doors, which know the signer's key or refuse."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from click.testing import Result
from joserfc.jwk import OKPKey

from services.chassis.announcing import all_letters
from services.chassis.asking import Asker
from services.chassis.identity import new_key
from services.chassis.log_postgres import PostgresLogs
from services.chassis.parked import parking_memos
from services.chassis.replies import NoAnswer
from services.registry.application import Registry
from tests.architecture.planting import ROOT
from tests.cli.typing_verbs import dudao
from tests.live.parish import place, signer_and_reader, submission, write_public_key
from tests.rabbitmq import eventually

WHICH = "rectification:registry/1"


class Deployed(NamedTuple):
    """Where the logs are, and a folder with keys."""

    log_url: str
    folder: Path

    def letters(self, *words: str, key: str = "gateway.json") -> Result:
        """As somebody who is told the servers by the environment types it."""
        return dudao("letters", *words, "--data", str(self.folder), "--signing-key", str(self.folder / key))


@pytest.fixture
def deployed(
    postgres_url: str, amqp_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Deployed]:
    """A letter that rectification parked, and the doors of rectification."""
    key = written(new_key(), tmp_path / "gateway.json")
    written(new_key(), tmp_path / "stranger.json")
    park_one(postgres_url, key)
    told = {"LOG_URL": postgres_url, "AMQP_URL": amqp_url, "MODE": "rehearsal",
            "TOKEN_KEY": str(write_public_key(key, tmp_path / "public.json"))}
    for name, value in told.items():
        monkeypatch.setenv(f"DUDAO_{name}", value)
    command = [sys.executable, "-m", "services.chassis.hosting", "services.rectification.adapters.entrypoints"]
    doors = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    eventually(30, lambda: answers(amqp_url))
    yield Deployed(postgres_url, tmp_path)
    doors.terminate()
    assert doors.wait(20) == 0


def written(key: OKPKey, path: Path) -> OKPKey:
    path.write_bytes(msgspec.json.encode(key.as_dict(private=True)))
    return key


def park_one(url: str, key: OKPKey) -> None:
    """One place in the registry's log; its letter is parked at rectification, which has no policy for it."""
    signer, reader = signer_and_reader(key)
    registry, logs = Registry(PostgresLogs(url, schema="registry"), reader), PostgresLogs(url, schema="rectification")
    registry.execute(submission(signer, place(100001)))
    (letter,) = all_letters(registry.recorder, "registry")
    logs.log.insert_events([], memos=parking_memos(logs.log, letter, "a-case", "KeyError('rubric')"))
    registry.close()
    logs.close()


def answers(amqp_url: str) -> bool:
    asker = Asker(amqp_url, "test", 1.0)
    try:
        asker.nothing("rectification")
    except NoAnswer:
        return False
    finally:
        asker.close()
    return True


def facts(url: str) -> list[Any]:
    logs = PostgresLogs(url, schema="rectification")
    found = list(all_letters(logs.log, "rectification"))
    logs.close()
    return found


@pytest.mark.slow
def test_a_discard_is_signed_and_goes_through_the_doors(deployed: Deployed) -> None:
    assert WHICH in deployed_list(deployed) and "rubric" in deployed_list(deployed)
    assert dudao("letters", "retry", "--service", "rectification", "--data", str(deployed.folder)).exit_code == 1
    asked = ("discard", WHICH, "--reason", "重复", "--as", "system")
    stranger = deployed.letters(*asked, key="stranger.json")
    assert stranger.exit_code == 4 and "TOKEN_INVALID" in stranger.stderr
    assert deployed.letters(*asked).exit_code == 0
    assert deployed.letters("confirm", WHICH, "--as", "system").exit_code == 4
    assert WHICH in deployed_list(deployed)
    assert deployed.letters("confirm", WHICH, "--as", "security").exit_code == 0
    assert WHICH not in deployed_list(deployed)
    assert deployed.letters("confirm", WHICH, "--as", "security").exit_code == 3
    asking, discarded = facts(deployed.log_url)
    assert (asking.name, discarded.name) == ("post.DiscardRequested", "post.LetterDiscarded")
    assert (discarded.event.parked_because, discarded.event.reason) == ("KeyError", "重复")


def deployed_list(deployed: Deployed) -> str:
    return dudao("letters", "list", "--service", "rectification", "--data", str(deployed.folder)).output
