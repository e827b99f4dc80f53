"""`contracts`, `policy`, `exit-codes`, `version`: what needs no deployment."""

import json
import subprocess
from pathlib import Path

import pytest

from services.cli.exit_codes import CODES, MEANINGS, exit_of
from services.cli.testing import ROOT
from tests.cli.typing_verbs import dudao, found


def test_contracts_are_listed_and_shown_one_by_one() -> None:
    assert {"rectification.RegisterItem", "rectification.ItemRegistered"} <= {one["name"] for one in found("contracts")}
    shown = dudao("contracts", "rectification.RegisterItem").stdout
    assert "issuingBodyId: uuid（必填）" in shown and "office_staff" in shown
    assert dudao("contracts", "rectification.Nothing").exit_code == 3


def test_a_policy_is_explained_place_by_place() -> None:
    rows = found("policy", "explain", "lookback.scope", "--at", "HN", "--on", "2026-03-02")
    assert [(row["地方"], row["适用"]) for row in rows] == [("HN", True), ("CN", False), ("LOCAL", False)]
    assert rows[0]["条款"] == "§12"


def test_what_holds_at_a_place_changes_with_the_day() -> None:
    in_2020, today = (
        {row["政策项"]: row["地方"] for row in found("policy", "show", "--at", "SH", "--on", day)}
        for day in ("2020-06-01", "2026-03-02")
    )
    assert in_2020["appointment.authority"] == "SH" and today["appointment.authority"] == "CN"


def test_a_deployment_answers_from_what_it_published(school: Path) -> None:
    rows = found("policy", "explain", "lookback.scope", "--at", "990000", "--data", str(school))
    assert rows[0]["地方"] == "990000" and rows[0]["条款"] is None and "照抄 HN" in rows[0]["说明"]


@pytest.mark.parametrize(
    ("line", "exit_code", "code"),
    [
        ("policy explain lookback.colour --at HN", 3, "POLICY_KEY_UNKNOWN"),
        ("policy explain lookback.scope --at XX", 3, "PLACE_UNKNOWN"),
        ("policy show --at HN --on tomorrow", 2, "ARGUMENT_INVALID"),
    ],
)
def test_a_wrong_question_is_a_code_and_a_sentence(line: str, exit_code: int, code: str) -> None:
    answer = dudao(*line.split())
    assert (answer.exit_code, answer.stdout) == (exit_code, "") and answer.stderr.startswith(f"{code}：")


def test_every_exit_code_has_one_meaning_and_every_code_one_exit() -> None:
    listed = [code for codes in CODES.values() for code in codes]
    assert len(listed) == len(set(listed)) and set(CODES) < set(MEANINGS)
    assert exit_of("SOMETHING_ABOUT_THE_CONTENT") == 7
    assert {row["退出码"] for row in found("exit-codes")} == set(MEANINGS)


def test_a_word_too_many_is_a_usage_error() -> None:
    assert dudao("version", "please").exit_code == 2
    assert dudao("case").exit_code == 2


def test_every_verb_says_in_chinese_what_it_is_for() -> None:
    for words in (["do"], ["play"], ["view"], ["case", "why"], ["policy", "explain"], ["projection", "verify"]):
        shown = dudao(*words, "--help")
        assert shown.exit_code == 0 and any("一" <= sign <= "鿿" for sign in shown.stdout)


@pytest.mark.slow
def test_the_launcher_tells_the_version() -> None:
    done = subprocess.run([ROOT / "dudao", "version", "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == "0.1.0"
