"""Parked letters from the command line: listed, shown, retried in order, discarded by two persons."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from contracts.letter import Letter
from services.accountability.application import Accountability
from services.chassis.listening import Policy
from services.cli.deployment import owned
from services.cli.letters.post import Place, to_read
from tests.cli.typing_verbs import ITEM, dudao, found, sent

EVENT = "rectification.ItemRegistered"
HEALTHY: Policy = Accountability.policies[EVENT]
TAKING = ("p2 text=不可照办", "p3 text=操场")


def fails_for_one(app: Any, letter: Letter) -> Iterable[Any]:
    """A program error about one text."""
    event: Any = letter.event
    if event.text == "不可照办":
        raise ZeroDivisionError(event.text)
    return HEALTHY.obey(app, letter)


def break_it(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The policy fails until the answer is called."""
    monkeypatch.setitem(Accountability.policies, EVENT, HEALTHY._replace(obey=fails_for_one))  # type: ignore[arg-type]
    return lambda: monkeypatch.setitem(Accountability.policies, EVENT, HEALTHY)  # type: ignore[arg-type]


def with_items(pristine: Path, data: Path) -> Path:
    """The pristine, and two more items on its list."""
    shutil.copytree(pristine, data)
    for item in TAKING:
        assert sent(data, f"rectification.RegisterItem item={item} {ITEM} --as li").exit_code == 0
    return data


def letters(data: Path, *words: str) -> Any:
    return dudao("letters", *words, "--data", str(data))


def listed(data: Path, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = found("letters", "list", *words, "--data", str(data))
    return rows


def remembered(data: Path) -> dict[str, bytes | None]:
    """What accountability's policy keeps: the cases of each item it heard of."""
    with to_read(Place(data)) as memos:
        return {memo.key: memo.value for memo in memos["accountability"].scan("copy/Thread")}


def test_where_nothing_is_parked_the_verbs_are_quiet(pristine: Path) -> None:
    answer = letters(pristine, "list")
    assert (answer.exit_code, answer.stdout, "没有搁置的信件" in answer.stderr) == (0, "", True)
    assert listed(pristine) == []
    assert letters(pristine, "show", "accountability:rectification/1").exit_code == 3


def test_a_line_is_listed_shown_and_retried_in_its_order(
    pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend = break_it(monkeypatch)
    data = with_items(pristine, tmp_path / "data")
    first, second = listed(data)
    assert [first["number"], second["number"], first["key"] == second["key"]] == [1, 2, True]
    assert "ZeroDivisionError" in first["error"] and "waits" in second["error"]
    assert listed(data, "--service", "findings") == listed(data, "--sender", "registry") == []
    assert [row["letter"] for row in listed(data, "--key", first["key"])] == [first["letter"], second["letter"]]
    table = letters(data, "list").stdout.splitlines()
    assert table[0].split()[:3] == ["信件", "事件", "排队依据"] and first["letter"] in table[1]
    shown = letters(data, "show", first["letter"]).stdout
    assert "不可照办" in shown and "ZeroDivisionError" in shown and "其后还有 1 封" in shown
    again = letters(data, "retry", second["letter"])
    assert (again.exit_code, again.stdout.strip()) == (1, "已处理 0 封，仍搁置 2 封")
    mend()
    done = letters(data, "retry")
    assert (done.exit_code, done.stdout.strip()) == (0, "已处理 2 封，仍搁置 0 封")
    assert listed(data) == []
    clean = with_items(pristine, tmp_path / "clean")
    assert remembered(data) == remembered(clean) and len(remembered(clean)) == 3


def test_a_discard_needs_a_reason_and_another_person_and_the_case_tells_of_it(
    pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it(monkeypatch)
    data = with_items(pristine, tmp_path / "data")
    parked = listed(data)
    which = parked[0]["letter"]

    def discarding(reason: str, person: str) -> int:
        return int(letters(data, "discard", which, "--reason", reason, "--as", person).exit_code)

    def confirming(person: str) -> int:
        return int(letters(data, "confirm", which, "--as", person).exit_code)

    refused = (discarding("重复登记", "li"), discarding("重复登记", "nobody"), discarding(" ", "system"))
    assert (*refused, confirming("security")) == (4, 3, 7, 3)
    assert discarding("重复登记", "system") == 0
    assert listed(data) == parked
    assert "系统管理员：已请求作废" in letters(data, "show", which).stdout
    assert confirming("system") == 4
    assert confirming("security") == 0
    assert [row["letter"] for row in listed(data)] == [parked[1]["letter"]]
    assert letters(data, "retry").exit_code == 0
    assert (discarding("重复登记", "system"), confirming("security")) == (3, 3)
    told = dudao("case", "show", parked[0]["key"], "--data", str(data)).stdout
    assert "安全管理员：搁置的信件已经另一人确认作废（信件：rectification.ItemRegistered" in told
    assert "搁置原因：ZeroDivisionError；理由：重复登记" in told


def test_one_administrator_alone_cannot_discard(
    pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it(monkeypatch)
    data = with_items(pristine, tmp_path / "data")
    which = listed(data)[0]["letter"]
    assert letters(data, "discard", which, "--reason", "重复", "--as", "security").exit_code == 0
    alone = letters(data, "confirm", which, "--as", "security")
    assert alone.exit_code == 4 and "SECOND_PERSON_MISSING" in alone.stderr
    assert len(listed(data)) == 2


def test_a_letter_must_be_named_as_the_list_names_it(pristine: Path, tmp_path: Path) -> None:
    for which in ("findings", "nobody:registry/1", "findings:registry/x"):
        assert letters(pristine, "show", which).exit_code == 2
    assert letters(tmp_path, "list").exit_code == 3
    assert dudao("letters", "list", "--url", "postgresql://u:p@127.0.0.1:1/x").exit_code == 6


def test_beside_the_owner_letters_are_read_but_not_worked_off(pristine: Path) -> None:
    with owned(pristine):
        assert letters(pristine, "list").exit_code == 0
        assert letters(pristine, "retry").exit_code == 75


@pytest.mark.slow
def test_on_a_server_a_line_is_worked_off_as_well(
    pristine: Path, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dudao("letters", "list", "--url", postgres_url).exit_code == 3
    mend = break_it(monkeypatch)
    data, rest = with_items(pristine, tmp_path / "data"), tmp_path / "rest"
    parked = listed(data)
    assert dudao("migrate", "--from", str(data), "--to", postgres_url, "--to", str(rest)).exit_code == 0
    there = ("--url", postgres_url, "--data", str(rest))
    assert found("letters", "list", *there) == parked != []
    unsigned = dudao("letters", "discard", parked[0]["letter"], "--reason", "重复", "--as", "system",
                     "--signing-key", str(tmp_path / "none"), *there)
    assert unsigned.exit_code == 4 and "SIGNING_KEY_MISSING" in unsigned.stderr
    mend()
    assert dudao("letters", "retry", *there).exit_code == 0
    assert found("letters", "list", *there) == []
