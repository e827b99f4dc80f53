"""`dudao exit-codes` and `dudao version`: what the command line says about itself."""

from collections.abc import Iterator
from importlib import metadata
from typing import Any

from contracts.wire import commands, events
from services.cli.exit_codes import CODES, MEANINGS
from services.cli.speaking import Json, tell
from services.cli.tables import table
from services.cli.testing import ROOT


def exit_codes(as_json: Json = False) -> None:
    """退出码及其含义。例：dudao exit-codes --json"""
    rows = [
        {"退出码": number, "含义": meaning, "代码": "、".join(CODES.get(number, ()))}
        for number, meaning in MEANINGS.items()
    ]
    tell(rows, as_json=as_json, lines=table)


def version(as_json: Json = False) -> None:
    """本程序的版本。例：dudao version --json"""
    found = {"version": _version(), "commands": len(commands()), "events": len(events())}
    tell(found, as_json=as_json, lines=_line)


def _line(found: dict[str, Any]) -> Iterator[str]:
    yield f"dudao {found['version']}（命令 {found['commands']}，事件 {found['events']}）"


def _version() -> str:
    """As written in the project's file, for it is run where it lies; else as installed."""
    project = ROOT / "pyproject.toml"
    if not project.exists():
        return metadata.version("dudao")
    lines = project.read_text("utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))
