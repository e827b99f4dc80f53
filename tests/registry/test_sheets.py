"""Files as people have them: encodings, numbers that were codes, formulas; and those that would do harm."""

import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from services.chassis.life_cycle import Refused
from services.registry import sheets
from services.registry.sheets import read_sheet

TEXT = "代码,名称\n0430,甲、乙\n,\n'=1+1,\"丙,丁\"\n"


def refused(path: Path) -> str:
    with pytest.raises(Refused) as refusal:
        read_sheet(path)
    assert refusal.value.code == "SHEET_UNREADABLE"
    return refusal.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    sheet = read_sheet(path)
    assert sheet.columns == ("代码", "名称")
    assert [(row.number, *row.cells.values()) for row in sheet.rows] == [(2, "0430", "甲、乙"), (4, "=1+1", "丙,丁")]


def test_cells_of_a_workbook_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["文本", "数字", "小数", "失真", "公式"])
        page.write_string(1, 0, "0430")
        page.write_number(1, 1, 2143000001)
        page.write_number(1, 2, 1.5)
        page.write_number(1, 3, 914301000000000012)
        page.write_formula(1, 4, "=1+1", None, "2")
    (row,) = read_sheet(path).rows
    assert [*row.cells.values()][:3] == ["0430", "2143000001", "1.5"]
    assert "e+" in row.cells["失真"] and row.cells["公式"] == "2"


@pytest.mark.parametrize(("content", "word"), [
    (b"", "没有内容"), (b"\xff\xfe\x00\x81", "编码"), (b"PK\x03\x04nothing", "xlsx"), ("甲,甲\n".encode(), "重复"),
    (b"a\n" + b"b" * 200_000, "CSV"),
])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert word in refused(path)


def test_what_is_too_large_is_refused_packed_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.UNPACKED_LIMIT + 1))
    assert "解压后" in refused(path)
    monkeypatch.setattr(sheets, "FILE_LIMIT", 1)
    assert "文件超过" in refused(path)


@pytest.mark.parametrize("cell", [(1_000_000, 0), (1, 16_000)])
def test_one_cell_far_out_does_not_make_a_sheet_of_millions(tmp_path: Path, cell: tuple[int, int]) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "代码")
        page.write_string(*cell, "1")
    assert "行或" in refused(path)
