"""`dudao play`: plays scenario files; the first step that does not go as written ends a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.exit_codes import CHECK_FAILED
from services.cli.scenario.player import Mismatch, Played, Player
from services.cli.scenario.reading import scenario_file
from services.cli.speaking import Json, answering, say, tell

Files = Annotated[list[Path], typer.Argument(help="场景文件（YAML）", show_default=False)]
Quiet = Annotated[bool, typer.Option("--quiet", help="不报告进度")]


def play(files: Files, as_json: Json = False, quiet: Quiet = False) -> None:
    """演一遍场景文件，逐步核对。例：dudao play tests/journeys/scenario_example.yaml"""
    played, failed = [], False
    for path in files:
        with answering():
            one = _played(path, quiet)
        failed = failed or one is None
        played += [one] if one else []
    tell([one._asdict() for one in played], as_json=as_json, lines=lambda found: map(_line, found))
    raise typer.Exit(CHECK_FAILED if failed else 0)


def _played(path: Path, quiet: bool) -> Played | None:
    try:
        return Player(scenario_file(path)).play(lambda line: None if quiet else say(line))
    except Mismatch as mismatch:
        for line in in_full(path, mismatch):
            say(line)
        return None


def in_full(path: Path, mismatch: Mismatch) -> list[str]:
    """The mismatch, and the case as it stood."""
    return [
        f"{mismatch.code}：{path} {mismatch.step}",
        f"  应为：{mismatch.expected}",
        f"  实为：{mismatch.got}",
        "  案卷至此：", *(f"    {line}" for line in mismatch.case or ["（空）"]),
    ]


def _line(one: dict[str, Any]) -> str:
    return f"通过：{one['title']}（{one['steps']} 步，{one['events']} 个事件）"
