"""`dudao view` and `dudao projection`: looking at the views, making them anew, proving them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
import typer

from services.chassis.pages import Scope
from services.cli.deployment import HERE, Folder, Reading, read
from services.cli.exit_codes import CHECK_FAILED
from services.cli.moments import At, HappenedBy, moment
from services.cli.speaking import Json, Wrong, answering, say, tell
from services.cli.tables import table
from services.reporting.views import REPORTS, VIEWS
from services.reporting.views.ask import Answer, cells_of

NOBODY = Scope()
projection = typer.Typer(no_args_is_help=True, help="列出、重建、核对视图。")

Name = Annotated[str, typer.Argument(help="视图，如 C1；dudao projection list 列出全部", show_default=False)]
SomeName = Annotated[str | None, typer.Argument(help="视图；不给则全部", show_default=False)]
Place = Annotated[str, typer.Option("--scope", help="行政区代码：看它和它以下的")]
Unit = Annotated[str | None, typer.Option("--unit", help="只看一个单位")]


def view(
    name: Name, place: Place, at: At = None, happened: HappenedBy = None, unit: Unit = None,
    data: Folder = HERE, as_json: Json = False,
) -> None:
    """看一个视图，现在的或截至某一时刻的。例：dudao view C1 --scope 990101 --at 2026-04-01T00:00:00+08:00"""
    with answering(), read(data) as reading:
        scope = Scope(paths=(_path(reading, place, unit),))
        answer = reading.library.ask.view(name, scope, at=moment(at, happened))
        say(f"{answer.title}：截至案卷总号 {answer.number}，{answer.as_of.isoformat(timespec='seconds')}")
        tell(_plain(answer), as_json=as_json, lines=lambda found: _for_people(found, reading))


@projection.command("list")
def listed(data: Folder = HERE, as_json: Json = False) -> None:
    """列出视图和各自更新到的案卷总号。"""
    with answering(), read(data) as reading:
        ask, last = reading.library.ask, reading.library.audit.casebook.last_number()
        rows = [
            {"视图": name, "名称": each.title, "已到总号": ask.view(name, NOBODY).number, "案卷总号": last}
            for name, each in REPORTS.items()
        ]
        tell(rows, as_json=as_json, lines=table)


@projection.command()
def rebuild(name: SomeName = None, data: Folder = HERE, as_json: Json = False) -> None:
    """从案卷重建视图，建好后再换上。例：dudao projection rebuild C1"""
    with answering(), read(data) as reading:
        rows = [{"视图": each, "已到总号": reading.library.projector.rebuild(each)} for each in _names(name)]
        tell(rows, as_json=as_json, lines=table)


@projection.command()
def verify(name: SomeName = None, data: Folder = HERE, as_json: Json = False) -> None:
    """从案卷重算视图并逐字节核对，不一致时退出码为 1。"""
    with answering(), read(data) as reading:
        found = {each: reading.library.projector.verify(each) for each in _names(name)}
    rows = [{"视图": each, "一致": wrong is None, "首个不一致": wrong and wrong.key} for each, wrong in found.items()]
    tell(rows, as_json=as_json, lines=table)
    raise typer.Exit(CHECK_FAILED if any(found.values()) else 0)


def _names(name: str | None) -> Iterator[str]:
    if name is not None and name not in VIEWS:
        raise Wrong("VIEW_UNKNOWN", f"没有名为“{name}”的视图")
    return iter(VIEWS if name is None else (name,))


def _path(reading: Reading, place: str, unit: str | None) -> str:
    reference = reading.library.reference
    path = reference.path_of(place)
    if unit is None:
        return path
    found = reference.unit_path(reading.names.existing(unit, "单位"))
    if not found.startswith(path):
        raise Wrong("UNIT_UNKNOWN", f"“{place}”之内没有单位“{unit}”")
    return found


def _plain(answer: Answer) -> Mapping[str, Any]:
    rows = msgspec.to_builtins([dict(cells) for cells in cells_of(answer)], enc_hook=str)
    return {
        "view": answer.view, "title": answer.title, "number": answer.number, "asOf": answer.as_of, "rows": rows,
    }


def _for_people(found: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    """The cells, ids by their short names; what a row is kept under is for programs."""
    rows = [{name: cell for name, cell in row.items() if name != "key"} for row in found["rows"]]
    return table([{name: _short(cell, reading) for name, cell in row.items()} for row in rows])


def _short(cell: Any, reading: Reading) -> Any:
    return reading.names.short_of(cell) if isinstance(cell, str) else cell
