"""Importing schools and bodies: each row becomes the commands that are still missing, each answered by itself."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from contracts.record import Command
from contracts.wire import name_of
from services.chassis.life_cycle import Refused
from services.registry.sheets import Row, Sheet, unreadable

Submit = Callable[[Command], Any]
Plan = Callable[[Mapping[str, str]], Iterator[Command]]
NEW, CHANGED, SAME, FAILED = "新增", "变更", "不变", "失败"
REGISTERS = "Register"


class Unfit(ValueError):
    """A row cannot be imported; the message is a Chinese sentence for the person who wrote it."""


class Outcome(NamedTuple):
    """What became of a row; of a failed one, why, and what had been recorded before it failed."""

    number: int
    key: str
    result: str
    reason: str | None
    cells: Mapping[str, str]


class Form(NamedTuple):
    """The columns of a kind of file, the one that names the thing, and what a row asks for."""

    key: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    plan: Plan


def import_rows(sheet: Sheet, form: Form, submit: Submit) -> list[Outcome]:
    """Every row, in the file's order; raises Refused SHEET_UNREADABLE before anything is sent."""
    missing = [name for name in form.required if name not in sheet.columns]
    if missing:
        raise unreadable(f"缺少列：{'、'.join(missing)}")
    first: dict[str, int] = {}
    return [_imported(row, form, submit, first) for row in sheet.rows]


def ignored(sheet: Sheet, form: Form) -> list[str]:
    """The columns of a file that nobody reads."""
    return [name for name in sheet.columns if name not in (*form.required, *form.optional)]


def _imported(row: Row, form: Form, submit: Submit, first: dict[str, int]) -> Outcome:
    key = row.cells[form.key]
    done: list[str] = []
    try:
        if key in first:
            raise Unfit(f"与第 {first[key]} 行重复")
        first[key] = row.number
        blank = [name for name in form.required if not row.cells[name]]
        if blank:
            raise Unfit(f"未填：{'、'.join(blank)}")
        for command in list(form.plan(row.cells)):
            submit(command)
            done.append(name_of(type(command)))
    except (Unfit, Refused) as error:
        reason = error.sentence if isinstance(error, Refused) else str(error)
        before = f"（此前已记录：{'、'.join(done)}）" if done else ""
        return Outcome(row.number, key, FAILED, f"{reason}{before}", row.cells)
    return Outcome(row.number, key, _result(done), None, row.cells)


def _result(done: list[str]) -> str:
    if not done:
        return SAME
    return NEW if any(name.partition(".")[2].startswith(REGISTERS) for name in done) else CHANGED


def one_of(words: Mapping[str, Any], cell: str, column: str) -> Any:
    """The value of a word; digits before it are the code of the statistical form. Raises Unfit."""
    word = cell.lstrip("0123456789").strip(" -.．、")
    if word not in words:
        raise Unfit(f"{column}“{cell}”应为：{'、'.join(words)}")
    return words[word]


def count(cell: str, column: str) -> int:
    """A whole number; raises Unfit."""
    plain = cell.replace(",", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 8):
        raise Unfit(f"{column}“{cell}”应为整数")
    return int(plain)


def day(cell: str, default: date) -> date:
    """A date, the default when none is written; raises Unfit."""
    try:
        return date.fromisoformat(cell[:10]) if cell else default
    except ValueError:
        raise Unfit(f"生效日期“{cell}”应写成 2026-03-02") from None
