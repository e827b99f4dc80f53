"""`dudao demo`: the same seed makes the same records, in memory and on files; it proves itself."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from services.chassis.clock import HandClock
from services.cli.demo.fates import SPRING, deck, shares
from services.cli.demo.proof import proved
from services.cli.demo.year import FIRST_DAY, settle
from services.cli.scenario.names import Names
from services.cli.wiring import embedded
from tests.cli.typing_verbs import dudao, found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A county on files, and what was told of it."""
    data = tmp_path_factory.mktemp("made") / "county"
    answer = dudao("demo", "--data", str(data), "--no-serve", "--json")
    assert answer.exit_code == 0, answer.stderr
    return data, json.loads(answer.stdout)


def test_a_county_has_problems_in_every_state(made: tuple[Path, dict[str, Any]]) -> None:
    *schools, total = made[1]["rows"]
    assert len(schools) == 12 and len({row["学校"] for row in schools}) == 12
    assert total["未办结"] + total["已销号"] == 40
    assert all(total[state] > 0 for state in ("未办结", "逾期", "督办中", "已销号", "重新打开"))


def test_the_same_seed_makes_the_same_records_wherever_they_are_kept(made: tuple[Path, dict[str, Any]]) -> None:
    again = found("demo", "--no-serve")
    assert again == made[1]
    assert found("demo", "--no-serve", "--seed", "2")["digest"] != again["digest"]


def test_what_was_made_can_be_read_and_goes_on(made: tuple[Path, dict[str, Any]]) -> None:
    data = str(made[0])
    assert "990101-2026-000001" in dudao("case", "show", "990101-2026-000001", "--data", data).stdout
    assert dudao("projection", "verify", "--data", data).exit_code == 0
    assert dudao("do", "rectification.StartItem", "item=i9", "--as", "li", "--data", data).exit_code == 3


def test_a_folder_that_is_not_empty_is_left_alone(made: tuple[Path, dict[str, Any]]) -> None:
    answer = dudao("demo", "--data", str(made[0]))
    assert answer.exit_code == 5 and answer.stderr.startswith("DATA_EXISTS：")


def test_a_proof_counts_every_record() -> None:
    deployment = embedded(None, HandClock(FIRST_DAY))
    settle(deployment, Names("county"))
    records = sum(s.recorder.max_notification_id() or 0 for s in deployment.town.services.values())
    assert proved(deployment).records == records > 60


def test_every_card_of_the_deck_is_dealt_once() -> None:
    dealt = deck(SPRING, Random(1))
    assert {fate: dealt.count(fate) for fate in SPRING} == SPRING
    assert sum(shares(28, 8, 2, Random(1))) == 28 and min(shares(28, 8, 2, Random(1))) >= 2
