"""Rows of text from an xlsx or CSV file; whatever would blow up or be guessed at is refused."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from services.chassis.life_cycle import Refused

FILE_LIMIT, UNPACKED_LIMIT = 20_000_000, 100_000_000
ROWS, COLUMNS = 200_000, 100
CHUNK, OVERLAP = 1 << 20, 64
PLACED = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
EXACT = 2**53
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Row(NamedTuple):
    """One row as it stands in the file, its number as spreadsheets count."""

    number: int
    cells: Mapping[str, str]


class Sheet(NamedTuple):
    """The first sheet of a file, its columns in their order, and the digest of the file."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    digest: str


def unreadable(sentence: str) -> Refused:
    """What is raised when a file is no table that can be imported."""
    return Refused("SHEET_UNREADABLE", sentence)


def read_sheet(path: Path) -> Sheet:
    """Read a file; raises Refused SHEET_UNREADABLE, FileNotFoundError."""
    if path.stat().st_size > FILE_LIMIT:
        raise unreadable(f"文件超过 {FILE_LIMIT // 1_000_000} MB")
    content = path.read_bytes()
    lines = _of_workbook(content) if content[:2] == b"PK" else _of_text(content)
    return _sheet(lines, hashlib.sha256(content).hexdigest())


def _sheet(lines: Sequence[Sequence[str]], digest: str) -> Sheet:
    filled = [(number, line) for number, line in enumerate(lines, 1) if any(line)]
    if not filled:
        raise unreadable("文件里没有内容")
    if len(filled) > ROWS or len(filled[0][1]) > COLUMNS:
        raise unreadable(f"超过 {ROWS} 行或 {COLUMNS} 列")
    columns = [name for name in filled[0][1] if name]
    twice = {name for name in columns if columns.count(name) > 1}
    if twice:
        raise unreadable(f"列名重复：{'、'.join(sorted(twice))}")
    rows = (Row(number, _cells(filled[0][1], line)) for number, line in filled[1:])
    return Sheet(tuple(columns), tuple(rows), digest)


def _cells(names: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    padded = [*line, *[""] * (len(names) - len(line))]
    return {name: cell for name, cell in zip(names, padded, strict=False) if name}


# --- text -------------------------------------------------------------------------------------------


def _of_text(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    try:
        return [[_cell(cell) for cell in line] for line in csv.reader(io.StringIO(text, ""), delimiter=delimiter)]
    except csv.Error as error:
        raise unreadable(f"不是有效的 CSV：{error}") from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable("文件不是 xlsx，也不是 UTF-8 或 GB18030 编码的 CSV")


# --- workbooks --------------------------------------------------------------------------------------


def _of_workbook(content: bytes) -> list[list[str]]:
    try:
        _refuse_bombs(content)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_cell(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise unreadable(f"不是有效的 xlsx：{error}") from error


def _refuse_bombs(content: bytes) -> None:
    """Unpacked once, counting: sizes may lie, and one cell far out makes a sheet of thousands of millions."""
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            for piece in _pieces(packed, part):
                unpacked += len(piece) - OVERLAP
                if unpacked > UNPACKED_LIMIT:
                    raise unreadable(f"解压后超过 {UNPACKED_LIMIT // 1_000_000} MB")
                if any(_far_out(*found.groups()) for found in PLACED.finditer(piece)):
                    raise unreadable(f"超过 {ROWS} 行或 {COLUMNS} 列")


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    before = b" " * OVERLAP
    with packed.open(part) as file:
        while piece := file.read(CHUNK):
            yield before + piece
            before = (before + piece)[-OVERLAP:]


def _far_out(letters: bytes, digits: bytes) -> bool:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column > COLUMNS or int(digits) > ROWS


def _cell(value: Any) -> str:
    """As text; a whole number without a point, one that has lost digits is shown as lost."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < EXACT else f"{value:e}"
    text = str(value).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text
