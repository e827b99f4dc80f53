"""`dudao play`: a story that goes wrong says where; a file that cannot be read says why."""

import json
from pathlib import Path

import pytest

from services.cli.scenario.player import Player
from services.cli.scenario.reading import scenario
from services.cli.scenario.yaml_tree import Unreadable
from services.cli.testing import ROOT
from tests.cli.typing_verbs import dudao

EXAMPLE = ROOT / "tests/journeys/scenario_example.yaml"


@pytest.fixture
def told(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Plays the example with some words changed."""

    def play(*changes: tuple[str, str]):  # type: ignore[no-untyped-def]
        text = EXAMPLE.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "story.yaml").write_text(text, "utf-8")
        return dudao("play", str(tmp_path / "story.yaml"), "--quiet")

    return play


def test_a_story_that_goes_as_written_is_reported() -> None:
    answer = dudao("play", str(EXAMPLE), "--json", "--quiet")
    assert answer.exit_code == 0 and answer.stderr == ""
    assert json.loads(answer.stdout)[0]["steps"] == 5


def test_the_same_story_plays_to_the_same_records() -> None:
    played = [Player(scenario(EXAMPLE.read_text("utf-8"))) for _ in range(2)]
    for player in played:
        player.play()
    first, second = ([letter.record for letter in player.chronicle.letters] for player in played)
    assert first == second


@pytest.mark.parametrize(
    ("changes", "expected", "got"),
    [
        ([("refused: NOT_ISSUING_BODY", "refused: OUT_OF_SCOPE")], "refused: OUT_OF_SCOPE", "NOT_ISSUING_BODY"),
        ([("refused: NOT_ISSUING_BODY", "then: []")], "命令被受理", "NOT_ISSUING_BODY"),
        ([("refused: NOT_ISSUING_BODY", "expect_error: FIELD_INVALID")], "expect_error: FIELD_INVALID", "NOT_ISSUING"),
        ([("then: [rectification.ItemDeadlineLapsed]", "then: []")], "没有事件", "rectification.ItemDeadlineLapsed"),
        ([("then: [rectification.LedgerOpened, ", "then_only: [")], "只有 rectification.ItemReg", "LedgerOpened"),
        ([("then: [rectification.LedgerOpened, rectification.ItemRegistered]",
           "then: [rectification.ItemRegistered, rectification.LedgerOpened]")], "依次有", "LedgerOpened"),
        ([("overdue: 1", "overdue: 2")], "overdue: 2", "{unit: s1, open: 1, overdue: 1}"),
        ([("open: 1, overdue", "opened: 1, overdue")], "opened: 1", "（无此栏）"),
        ([("events: [rectification.ItemRegistered,", "events: [rectification.ItemAssigned,")], "案卷依次有", "Lapsed"),
        ([("as: zhao", "as: system")], "refused: NOT_ISSUING_BODY", "ROLE_NOT_ALLOWED"),
    ],
)
def test_a_mismatch_names_step_expectation_outcome_and_case(told, changes, expected, got) -> None:  # type: ignore[no-untyped-def]
    answer = told(*changes)
    assert answer.exit_code == 1 and answer.stdout == ""
    head, should, did, *case = answer.stderr.splitlines()
    assert head.startswith("SCENARIO_MISMATCH：") and "步（" in head
    assert expected in should and got in did
    assert any("rectification.ItemRegistered" in line and "i1" in line for line in case)


@pytest.mark.parametrize(
    ("changes", "exit_code", "code", "said"),
    [
        ([("  - as: li", "  - as: nobody")], 3, "NAME_UNKNOWN", "第 1 步：没有名为“nobody”的人员"),
        ([("issuingBody: office", "issuingBody: offices")], 3, "NAME_UNKNOWN", "没有名为“offices”的机构"),
        ([("managedBy: edu", "managedBy: edux")], 3, "NAME_UNKNOWN", "edux"),
        ([("place: \"990101\", managedBy", "place: \"990109\", managedBy")], 3, "NAME_UNKNOWN", "990109"),
        ([("policy: [HN]", "policy: [XX]")], 3, "NAME_UNKNOWN", "XX"),
        ([("    do: rectification.WriteOffItem", "    doo: rectification.WriteOffItem")], 7, "SCENARIO_INVALID", "doo"),
        ([("refused: NOT_ISSUING_BODY", "refused: [")], 7, "SCENARIO_INVALID", "不是有效的 YAML"),
        ([("refused: NOT_ISSUING_BODY", "refused: 5")], 7, "SCENARIO_INVALID", "第 3 步"),
        ([("roles: [office_staff]", "roles: [king]")], 7, "SCENARIO_INVALID", "king"),
        ([("title: ", "titel: ")], 7, "SCENARIO_INVALID", "titel"),
        ([("T09:00:00+08:00", "T09:00:00")], 7, "SCENARIO_INVALID", "时区"),
        ([("2026-04-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00")], 7, "SCENARIO_INVALID", "时钟不能往回走"),
        ([("name: C1", "name: C99")], 3, "VIEW_UNKNOWN", "C99"),
        ([("title: ", "title: &a ")], 0, "", ""),
        ([("title: ", "title: *a ")], 7, "SCENARIO_INVALID", ""),
        ([("title: ", "title: 甲\ntitle: ")], 7, "SCENARIO_INVALID", "重复"),
    ],
)
def test_a_file_that_cannot_be_played_says_where_and_why(told, changes, exit_code, code, said) -> None:  # type: ignore[no-untyped-def]
    answer = told(*changes)
    assert answer.exit_code == exit_code, answer.stderr
    assert answer.stderr.startswith(code) and said in answer.stderr


def test_an_unknown_command_or_field_can_be_expected(told) -> None:  # type: ignore[no-untyped-def]
    assert told(("do: rectification.WriteOffItem", "do: rectification.Shred"),
                ("refused: NOT_ISSUING_BODY", "expect_error: COMMAND_UNKNOWN")).exit_code == 0
    assert told(("with: {item: i1}", "with: {items: i1}"),
                ("refused: NOT_ISSUING_BODY", "expect_error: FIELD_INVALID")).exit_code == 0


def test_fields_of_an_event_can_be_expected_and_named(told) -> None:  # type: ignore[no-untyped-def]
    lapsed = "then: [rectification.ItemDeadlineLapsed]"
    assert told((lapsed, "then: [{rectification.ItemDeadlineLapsed: {item: i1}}]")).exit_code == 0
    opened = ("then: [rectification.LedgerOpened, ", "then: [{rectification.LedgerOpened: {tier: CITY}}, ")
    assert told(opened).exit_code == 1
    named = ("rectification.ItemRegistered]\n", "{rectification.ItemRegistered: {competentDepartment: boss}}]\n")
    assert told(named, ("issuingBody: office, ", "issuingBody: office, ")).exit_code == 0


def test_a_file_that_is_not_there_is_not_found() -> None:
    answer = dudao("play", "nowhere.yaml")
    assert answer.exit_code == 3 and answer.stderr.startswith("FILE_NOT_FOUND：")
    assert dudao("play", str(ROOT)).stderr.startswith("FILE_UNREADABLE：")


def test_a_world_in_a_file_of_its_own_is_complained_about_by_name(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("jurisdictions:\n  - {code: 1, name: 甲, kind: PROVINCE}\n", "utf-8")
    story = "title: 甲\nclock: 2026-03-02T09:00:00+08:00\nworld: w.yaml\nsteps: []\n"
    with pytest.raises(Unreadable, match=r"w\.yaml 第 2 行：应为 str"):
        scenario(story, tmp_path)
    with pytest.raises(FileNotFoundError):
        scenario(story, tmp_path / "elsewhere")
