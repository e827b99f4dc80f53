"""`dudao play`: plays scenario files; the first step that does not go as written ends a file."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.exit_codes import CHECK_FAILED
from services.cli.live.opening import live, rehearsal_cluster
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.player import Mismatch, Played, Player, in_memory
from services.cli.scenario.reading import scenario_file
from services.cli.speaking import Json, answering, say, tell
from services.cli.wiring import Embedded

Files = Annotated[list[Path], typer.Argument(help="场景文件（YAML）", show_default=False)]
Quiet = Annotated[bool, typer.Option("--quiet", help="不报告进度")]
Live = Annotated[bool, typer.Option("--live", help="在集群上演：没有在运行的就起一套，演完停下")]
Data = Annotated[Path | None, typer.Option("--data", help="集群的文件夹（与 --live 同用）")]
Opening = Callable[[datetime, Chronicle], Embedded]


def play(
    files: Files, as_json: Json = False, quiet: Quiet = False, is_live: Live = False, data: Data = None
) -> None:
    """演一遍场景文件，逐步核对。例：dudao play tests/journeys/scenario_example.yaml"""
    with answering(), rehearsal_cluster(data) if is_live else nullcontext() as folder:
        played = [one for path in files if (one := _played(path, quiet, opening_on(folder)))]
    tell([one._asdict() for one in played], as_json=as_json, lines=lambda found: map(_line, found))
    raise typer.Exit(0 if len(played) == len(files) else CHECK_FAILED)


def opening_on(cluster: Path | None) -> Opening:
    """How a scenario's deployment is opened: in memory, or as a fresh stage of a cluster."""
    if cluster is None:
        return in_memory
    return lambda clock, chronicle: live(cluster, clock, (chronicle,))


def _played(path: Path, quiet: bool, opening: Opening) -> Played | None:
    player = Player(scenario_file(path), opening)
    try:
        return player.play(lambda line: None if quiet else say(line))
    except Mismatch as mismatch:
        for line in in_full(path, mismatch):
            say(line)
        return None
    finally:
        player.deployment.close()


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
