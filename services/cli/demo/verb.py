"""`dudao demo`: makes the fictional county, proves it and shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from services.chassis.clock import HandClock
from services.chassis.pages import Scope
from services.cli.demo.county import COUNTY
from services.cli.demo.proof import Proof, proved
from services.cli.demo.scales import SIZES, Scale, Size
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE, keep_names
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.speaking import Json, Wrong, answering, say, tell
from services.cli.tables import table
from services.cli.wiring import Embedded, embedded
from services.reporting.views.ask import cells_of

MEMORY = Path("/dev/shm")  # noqa: S108 - only a folder of our own is made there
SHOWN = {
    "name": "学校", "open": "未办结", "overdue": "逾期", "in_order": "督办中", "suspended": "中止",
    "written_off": "已销号", "reopened": "重新打开",
}


ScaleOption = Annotated[Scale, typer.Option("--scale", help="规模：tiny 一县十二校，county 一县，city 一市九县，province 一省")]
Seed = Annotated[int, typer.Option("--seed", help="种子；同一种子生成同样的记录")]
Folder = Annotated[Path | None, typer.Option("--data", help="写入这个（新的）文件夹；不给则只在内存里")]
NoServe = Annotated[bool, typer.Option("--no-serve", help="生成后即结束")]


def demo(
    scale: ScaleOption = Scale.TINY, seed: Seed = 20260901, data: Folder = None, no_serve: NoServe = False,
    as_json: Json = False,
) -> None:
    """生成一个虚构的县，自检后给出学校问题台账。例：dudao demo --scale tiny --data .demo"""
    with answering():
        if data is not None and data.exists() and any(data.iterdir()):
            raise Wrong("DATA_EXISTS", f"文件夹“{data}”不是空的；请换一个，或先删除它")
        say(f"[1/3] 生成数据：{SIZES[scale].title}，种子 {seed}")
        with workshop(data) as folder:
            told = _made(SIZES[scale], seed, folder)
        tell(told, as_json=as_json, lines=_lines)
        if data is not None:
            say(f"试试：dudao case show {COUNTY}-2026-000001 --data {data}")
        if not no_serve:
            say("浏览器界面尚未随本版提供；数据可用 dudao view、dudao case 查看")


@contextmanager
def workshop(data: Path | None) -> Iterator[Path | None]:
    """Where the files are made: in the machine's memory if it lets us, brought to their folder whole, at the end."""
    if data is None:
        yield None
        return
    with TemporaryDirectory(prefix="dudao-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)
        copytree(folder, data, dirs_exist_ok=True)


def _made(size: Size, seed: int, data: Path | None) -> dict[str, Any]:
    chronicle, names = Chronicle(), Names(SPACE)
    deployment = embedded(data, HandClock(FIRST_DAY), hearers=(chronicle,))
    try:
        play_year(deployment, names, chronicle, seed, lambda line: say(f"      {line}"), size)
        if data is not None:
            keep_names(data, names)
        say("[2/3] 自检：视图与案卷、哈希链")
        return _told(deployment, proved(deployment), seed)
    finally:
        deployment.close()


def _told(deployment: Embedded, proof: Proof, seed: int) -> dict[str, Any]:
    say(f"      视图 {proof.views} 个与重算一致，记录 {proof.records} 条的链完整")
    say("[3/3] 学校问题台账")
    path = deployment.library.reference.path_of(COUNTY)
    rows = [*cells_of(deployment.library.ask.view("C1", Scope(paths=(path,))))]
    shown = [{title: row[name] for name, title in SHOWN.items()} for row in sorted(rows, key=lambda row: row["name"])]
    return {"seed": seed, "records": proof.records, "digest": proof.digest, "rows": [*shown, _sum(shown)]}


def _sum(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {title: "合计" if title == "学校" else sum(row[title] for row in rows) for title in SHOWN.values()}


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield from table(told["rows"])
    yield f"记录 {told['records']} 条，全部日志的摘要 {told['digest']}"
