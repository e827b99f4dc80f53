"""`case`, `view`, `projection`: the library, beside the process that writes."""

from pathlib import Path

import pytest

from services.cli.deployment import owned
from tests.cli.typing_verbs import dudao, found


def test_a_case_reads_as_sentences_with_their_grounds(school: Path) -> None:
    answer = dudao("case", "show", "i1", "--data", str(school))
    assert answer.exit_code == 0
    assert "问题已挂账（" in answer.stdout and "内容：食堂" in answer.stdout
    assert "依据：rectification.item.defaultDeadline（LOCAL，第1版）" in answer.stdout


def test_a_case_seen_from_elsewhere_is_empty(school: Path) -> None:
    whole = found("case", "show", "s1", "--data", str(school), "--scope", "990000")
    assert whole
    assert dudao("case", "show", "s1", "--data", str(school), "--scope", "110000").exit_code == 3


def test_a_case_at_a_number_is_as_it_was(school: Path) -> None:
    shown = found("case", "show", "i1", "--data", str(school))
    assigned = next(row["number"] for row in shown if row["event"] == "rectification.ItemAssigned")
    fields = found("case", "at", "i1", "--data", str(school), "--at", str(assigned - 1))
    assert {"basis"} & {row["字段"] for row in fields} == set()
    changed = dudao("case", "diff", "i1", str(assigned - 1), str(assigned), "--data", str(school))
    assert changed.exit_code == 1 and "会议" in changed.stdout and "分工" in changed.stdout
    assert dudao("case", "diff", "i1", str(assigned), str(assigned), "--data", str(school)).exit_code == 0


def test_why_names_the_letter_to_which_a_value_is_owed(school: Path) -> None:
    answer = dudao("case", "why", "i1", "basis", "--data", str(school))
    assert answer.exit_code == 0 and "责任人和整改期限已明确" in answer.stdout and "分工" in answer.stdout
    assert dudao("case", "why", "i1", "colour", "--data", str(school)).stderr.startswith("NOT_FOUND：")


def test_a_view_is_rows_for_programs_and_a_table_for_people(school: Path) -> None:
    answer = found("view", "C1", "--scope", "990000", "--data", str(school))
    assert [row["name"] for row in answer["rows"]] == ["示例一小"]
    table = dudao("view", "C1", "--scope", "990000", "--unit", "s1", "--data", str(school))
    assert "s1" in table.stdout and "学校问题台账" in table.stderr


def test_a_view_of_the_past_has_no_items_yet(school: Path) -> None:
    answer = found("view", "C1", "--scope", "990000", "--at", "2", "--data", str(school))
    assert answer["rows"] == []
    long_ago = ("--happened", "2020-01-01T00:00:00+08:00")
    assert found("view", "C1", "--scope", "990000", *long_ago, "--data", str(school))["rows"] == []


def test_views_are_listed_rebuilt_and_proved_while_the_owner_is_at_work(school: Path) -> None:
    with owned(school):
        listed = found("projection", "list", "--data", str(school))
        assert {row["已到总号"] for row in listed} == {row["案卷总号"] for row in listed}
        assert [row["视图"] for row in found("projection", "rebuild", "C1", "--data", str(school))] == ["C1"]
        assert all(row["一致"] for row in found("projection", "verify", "--data", str(school)))


@pytest.mark.parametrize(
    ("line", "exit_code", "code"),
    [
        ("view C99 --scope 990000", 3, "VIEW_UNKNOWN"),
        ("view C1 --scope 123456", 3, "PLACE_UNKNOWN"),
        ("view C1 --scope 990000 --unit s9", 3, "NAME_UNKNOWN"),
        ("view C1 --scope 990000 --at yesterday", 2, "ARGUMENT_INVALID"),
        ("view C1 --scope 990000 --at 2999-01-01T00:00:00+08:00", 7, "AS_OF_IN_FUTURE"),
        ("view C1 --scope 990000 --at 99999", 3, "NUMBER_UNKNOWN"),
        ("case show nothing", 3, "CASE_UNKNOWN"),
        ("case at edux", 3, "CASE_UNKNOWN"),
        ("projection rebuild C99", 3, "VIEW_UNKNOWN"),
        ("projection verify C99", 3, "VIEW_UNKNOWN"),
    ],
)
def test_what_is_not_there_is_a_code_and_a_sentence(school: Path, line: str, exit_code: int, code: str) -> None:
    answer = dudao(*line.split(), "--data", str(school))
    assert (answer.exit_code, answer.stdout) == (exit_code, "")
    assert answer.stderr.splitlines()[-1].startswith(f"{code}：")


def test_an_empty_folder_says_what_to_type_next(tmp_path: Path) -> None:
    answer = dudao("view", "C1", "--scope", "990000", "--data", str(tmp_path))
    assert answer.exit_code == 3 and "dudao demo" in answer.stderr
