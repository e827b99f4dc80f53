"""`dudao registry`: files in, the tree of a day out; a dry run says what the real one does and leaves nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from services.cli.deployment import owned, read
from services.registry.forms import school_id
from tests.cli.typing_verbs import dudao, found

FIRST = "代码,名称,上级代码\n990000,示例省,\n990100,示例市,990000\n990101,示例县,990100\n990102,柳河县,990100\n"
SECOND = (
    "代码,名称,上级代码,原代码\n990000,示例省,,\n990100,示例市,990000,\n990101,示例新县,990100,\n"
    "990103,柳河区,990100,990102\n"
)
SCHOOL_COLUMNS = ["学校标识码", "学校名称", "办学类型", "所在地代码", "举办者类型", "主管部门", "学生数", "备注"]
GOOD = ["2199000001", "示例县第一小学", "211小学", "990101", "教育部门", "示例县教育局", 1860, ""]
BAD = [
    ["219900000", "短码小学", "小学", "990101", "公办", "", 1, ""],
    ["2199000002", "无此地小学", "小学", "990199", "公办", "", 1, ""],
    ["2199000003", "无此类小学", "学堂", "990101", "公办", "", 1, ""],
    ["2199000004", "无此局小学", "小学", "990101", "公办", "某局", 1, ""],
    ["2199000005", "负数小学", "小学", "990101", "公办", "", -5, ""],
    ["2199000001", "重复小学", "小学", "990101", "公办", "", 1, ""],
    ["2199000006", "", "小学", "990101", "公办", "", 1, ""],
]
BODIES = (
    "机构代码,机构名称,机构种类,级别,所在地代码,上级机构\n9900000001,示例市教育局,部门,市级,990100,\n"
    "9900000002,示例县教育局,部门,县级,990101,示例市教育局\n"
)


def xlsx(path: Path, *rows: list[Any]) -> str:
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    return str(path)


def csv(path: Path, text: str, encoding: str = "utf-8-sig") -> str:
    path.write_bytes(text.encode(encoding))
    return str(path)


def regions(folder: Path, text: str, revision: str, *more: str) -> Any:
    return dudao("registry", "import", "regions", csv(folder / f"{revision}.csv", text), "--revision", revision,
                 "--valid-from", revision, "--data", str(folder / "d"), "--json", *more)


def rows(folder: Path, what: str, file: str, *more: str) -> tuple[int, Any]:
    answer = dudao("registry", "import", what, file, "--valid-from", "2026-03-01", "--data", str(folder / "d"),
                   "--json", *more)
    return answer.exit_code, json.loads(answer.stdout)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder whose deployment has a county and two bodies."""
    assert regions(tmp_path, FIRST, "2025-12-31").exit_code == 0
    assert rows(tmp_path, "bodies", csv(tmp_path / "b.csv", BODIES, "gb18030")) == (0, {
        "dryRun": False, "counts": {"新增": 2}, "failed": [], "ignored": []})
    return tmp_path


def test_the_tree_is_that_of_the_day_before_and_after_a_revision(place: Path) -> None:
    assert json.loads(regions(place, SECOND, "2026-03-01").stdout)["counts"] == {"新增": 1, "更名": 1, "撤销": 1}
    data = ("--data", str(place / "d"))
    before = found("registry", "tree", "--at", "990100", "--on", "2026-02-28", *data)
    assert [(row["code"], row["name"]) for row in before] == [
        ("990100", "示例市"), ("990101", "示例县"), ("990102", "柳河县")]
    after = found("registry", "tree", "--on", "2026-03-01", *data)
    assert [(row["code"], row["name"]) for row in after] == [
        ("990000", "示例省"), ("990100", "示例市"), ("990101", "示例新县"), ("990103", "柳河区")]
    with read(place / "d") as reading:
        assert reading.library.reference.place("990102").successors == ("990103",)
    again = json.loads(regions(place, SECOND, "2026-03-01").stdout)
    assert (again["counts"], again["published"]) == ({}, True)


def test_a_difference_says_what_stands_there(place: Path) -> None:
    rows(place, "schools", xlsx(place / "s.xlsx", SCHOOL_COLUMNS, GOOD))
    told = found("registry", "diff", csv(place / "new.csv", SECOND), "--valid-from", "2026-03-01",
                 "--data", str(place / "d"))
    assert [(row["变化"], row["代码"], row["机构"], row["单位"]) for row in told] == [
        ("新增", "990103", 0, 0), ("更名", "990101", 1, 1), ("撤销", "990102", 0, 0)]
    assert (told[1]["原"], told[1]["现"]) == ("示例县", "示例新县")


def test_an_edition_of_the_same_name_and_another_content_is_refused(place: Path) -> None:
    answer = regions(place, FIRST.replace("示例县", "别县"), "2025-12-31")
    assert (answer.exit_code, answer.stderr[:17]) == (5, "STATE_NOT_ALLOWED")


def test_schools_come_in_with_all_that_is_known_of_them_and_a_second_time_quietly(place: Path) -> None:
    file = xlsx(place / "s.xlsx", SCHOOL_COLUMNS, GOOD)
    assert rows(place, "schools", file) == (0, {
        "dryRun": False, "counts": {"新增": 1}, "failed": [], "ignored": ["备注"]})
    with owned(place / "d") as opened:
        registry = opened.deployment.town.services["registry"]
        unit = registry.reference.unit(school_id("2199000001"))
        assert (unit.name, unit.place) == ("示例县第一小学", "990101")
        assert opened.names.known("2199000001") == unit.unit_id
        before = registry.recorder.max_notification_id()
    assert rows(place, "schools", file)[1]["counts"] == {"不变": 1}
    renamed = [*GOOD[:1], "示例实验小学", *GOOD[2:]]
    assert rows(place, "schools", xlsx(place / "r.xlsx", SCHOOL_COLUMNS, renamed))[1]["counts"] == {"变更": 1}
    with owned(place / "d") as opened:
        assert opened.deployment.town.services["registry"].recorder.max_notification_id() == before + 1


def test_what_is_wrong_with_a_row_stands_beside_it_and_the_others_come_in(place: Path) -> None:
    exit_code, told = rows(place, "schools", xlsx(place / "s.xlsx", SCHOOL_COLUMNS, GOOD, *BAD))
    assert (exit_code, told["counts"]) == (1, {"新增": 1, "失败": 7})
    assert [row["行"] for row in told["failed"]] == list(range(3, 10))
    words = ("十位数字", "没有登记行政区划", "办学类型", "没有登记", "应为整数", "与第 2 行重复", "未填：学校名称")
    for row, word, bad in zip(told["failed"], words, BAD, strict=True):
        assert word in row["原因"] and row["学校名称"] == bad[1]


def test_a_dry_run_says_what_the_real_one_does_and_leaves_nothing(place: Path) -> None:
    file = xlsx(place / "s.xlsx", SCHOOL_COLUMNS, GOOD, *BAD)
    logs = {path.name: path.read_bytes() for path in (place / "d").glob("*.sqlite*")}
    names = (place / "d" / "names.json").read_bytes()
    dry, real = rows(place, "schools", file, "--dry-run"), None
    assert {path.name: path.read_bytes() for path in (place / "d").glob("*.sqlite*")} == logs
    assert (place / "d" / "names.json").read_bytes() == names
    real = rows(place, "schools", file)
    assert dry[1].pop("dryRun") and not real[1].pop("dryRun")
    assert dry == real
    assert not (place / "none").exists()
    assert dudao("registry", "import", "schools", file, "--dry-run", "--data", str(place / "none")).exit_code == 1
    assert not (place / "none").exists()


def test_a_dry_run_does_not_copy_under_the_hands_of_the_owner(place: Path) -> None:
    with owned(place / "d"):
        answer = dudao("registry", "import", "bodies", str(place / "b.csv"), "--dry-run", "--data", str(place / "d"))
    assert (answer.exit_code, answer.stderr[:9]) == (75, "LOG_OWNED")


@pytest.mark.parametrize(("line", "exit_code", "code"), [
    ("import regions snapshot", 2, "ARGUMENT_INVALID"),
    ("import schools none.xlsx", 3, "FILE_NOT_FOUND"),
    ("import schools none.xlsx --valid-from yesterday", 2, "ARGUMENT_INVALID"),
    ("diff snapshot --at 123456", 3, "PLACE_UNKNOWN"),
    ("diff snapshot", 3, "DATA_NOT_FOUND"),
])
def test_what_cannot_be_done_is_a_code_and_a_sentence(tmp_path: Path, line: str, exit_code: int, code: str) -> None:
    answer = dudao("registry", *line.split(), "--data", str(tmp_path / "d"))
    assert (answer.exit_code, answer.stdout) == (exit_code, "")
    assert answer.stderr.startswith(f"{code}：") and not (tmp_path / "d").exists()


def test_the_snapshot_has_hunan_with_14_prefectures_and_122_counties() -> None:
    told = found("registry", "tree", "--at", "430000")
    kinds = [row["kind"] for row in told]
    assert (kinds.count("PREFECTURE"), kinds.count("COUNTY") + kinds.count("DISTRICT")) == (14, 122)
    assert {row["code"]: row["name"] for row in told}["433101"] == "吉首市"
    assert dudao("registry", "tree", "--at", "439999").exit_code == 3
