"""`dudao contracts`: the published commands and events."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from contracts.schema import describe
from services.cli.speaking import Json, Wrong, answering, tell
from services.cli.tables import table

Name = Annotated[str | None, typer.Argument(help="服务，或一条命令、一个事件的全名", show_default=False)]


def contracts(name: Name = None, as_json: Json = False) -> None:
    """列出公开的命令与事件。例：dudao contracts rectification.RegisterItem"""
    with answering():
        tell(_named(name), as_json=as_json, lines=_lines)


def _named(name: str | None) -> list[dict[str, Any]]:
    found = [one for one in describe() if name in (None, one["service"], one["name"])]
    if not found:
        raise Wrong("NOT_FOUND", f"没有名为“{name}”的服务、命令或事件")
    return found


def _lines(found: list[dict[str, Any]]) -> Iterator[str]:
    if len(found) > 1:
        yield from table([{"名称": one["name"], "类别": _kind(one), "说明": one["doc"]} for one in found])
        return
    (one,) = found
    yield f"{one['name']}（{_kind(one)}）{one['doc']}"
    if one["roles"]:
        yield f"可由：{'、'.join(one['roles'])}"
    for field in one["fields"]:
        yield f"  {field['name']}: {field['type']}{'（必填）' if field['required'] else ''}"


def _kind(one: dict[str, Any]) -> str:
    return {"command": "命令", "event": "事件"}[one["kind"]]
