"""`dudao do`: one command, as somebody, on files that outlive the process."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from services.chassis.life_cycle import Refused
from services.cli.deployment import owned
from services.cli.testing import ROOT
from services.cli.wiring import WallClock, town
from tests.cli.typing_verbs import ITEM, found, sent


def test_a_command_is_answered_with_its_receipt_and_what_followed(school: Path) -> None:
    answer = sent(school, f"rectification.RegisterItem item=i2 {ITEM} text=消防 --as li", "--json")
    told = json.loads(answer.stdout)
    assert told["receipt"]["service"] == "rectification"
    assert told["events"][0]["event"] == "rectification.ItemRegistered"
    assert "消防" in told["events"][0]["sentence"] and answer.stderr == ""


def test_the_same_id_twice_is_the_same_command(school: Path) -> None:
    line = f"rectification.RegisterItem item=i3 {ITEM} text=消防 --as li --id {uuid4()}"
    first, second = (json.loads(sent(school, line, "--json").stdout) for _ in range(2))
    assert first["receipt"] == second["receipt"]
    assert first["events"] and second["events"] == []


def test_what_happened_earlier_carries_its_own_time_and_reason(school: Path) -> None:
    line = f"rectification.RegisterItem item=i4 {ITEM} text=消防 --as li --occurred-at 2026-03-02T09:00:00+08:00"
    assert sent(school, line, "--reason", "补录").exit_code == 0
    (told,) = [row for row in found("case", "show", "i4", "--data", str(school)) if "消防" in row["sentence"]
               and row["occurredAt"].startswith("2026-03-02")]
    assert "补录" in told["sentence"]


@pytest.mark.parametrize(
    ("line", "exit_code", "code"),
    [
        ("rectification.WriteOffItem item=i1 --as zhao", 4, "NOT_ISSUING_BODY"),
        ("rectification.OpenTheGates item=i1 --as li", 2, "COMMAND_UNKNOWN"),
        ("rectification.StartItem thing=i1 --as li", 7, "FIELD_INVALID"),
        ("rectification.StartItem --as li", 7, "FIELD_INVALID"),
        ("rectification.StartItem item --as li", 2, "ARGUMENT_INVALID"),
        ("rectification.StartItem item=i1 --as nobody", 3, "PERSON_UNKNOWN"),
        ("rectification.StartItem item=i99 --as li", 3, "NOT_FOUND"),
        ("rectification.OpenLedger unit=s9 issuingBody=office --as li", 3, "NAME_UNKNOWN"),
        ("rectification.StartItem item=i1 --as li --occurred-at 2026-03-02", 2, "ARGUMENT_INVALID"),
        ("rectification.StartItem item=i1 --as li --occurred-at 2999-01-01T00:00:00+08:00", 7, "OCCURRED_IN_FUTURE"),
        ("registry.RegisterJurisdiction code=1 name=甲 kind=PROVINCE --as li", 4, "ROLE_NOT_ALLOWED"),
        ("personnel.Nothing a=[b --as li", 7, "SCENARIO_INVALID"),
    ],
)
def test_what_cannot_be_done_is_a_code_and_a_sentence(school: Path, line: str, exit_code: int, code: str) -> None:
    answer = sent(school, line)
    assert (answer.exit_code, answer.stdout) == (exit_code, "")
    told, _, sentence = answer.stderr.partition("：")
    assert told == code and any("一" <= sign <= "鿿" for sign in sentence)


def test_a_refused_command_leaves_no_name_behind(school: Path) -> None:
    before = (school / "names.json").read_bytes()
    sent(school, "rectification.StartItem item=i77 --as li")
    assert (school / "names.json").read_bytes() == before


def test_a_folder_has_one_owner_at_a_time(school: Path) -> None:
    with owned(school):
        answer = sent(school, "rectification.StartItem item=i1 --as li")
    assert answer.exit_code == 75 and answer.stderr.startswith("LOG_OWNED：")


def test_a_town_refused_its_files_gives_up_those_it_had(tmp_path: Path) -> None:
    first = town(tmp_path, WallClock())
    with pytest.raises(Refused, match="LOG_OWNED"):
        town(tmp_path, WallClock())
    first.close()
    town(tmp_path, WallClock()).close()


def test_key_and_names_are_for_their_owner_alone(school: Path) -> None:
    for name in ("signing-key.json", "names.json"):
        assert stat.S_IMODE((school / name).stat().st_mode) == 0o600


def test_a_process_of_its_own_answers_the_same(school: Path) -> None:
    command = [sys.executable, "-m", "services.cli", "do", "rectification.WriteOffItem", "item=i1", "--as", "zhao"]
    environment = {**os.environ, "DUDAO_DATA": str(school)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("NOT_ISSUING_BODY：")
