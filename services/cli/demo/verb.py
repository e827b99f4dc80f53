"""`dudao demo`: makes the fictional county, proves it and shows it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Annotated, Any, NamedTuple

import typer

from services.chassis.clock import HandClock
from services.chassis.pages import Scope
from services.cli.demo.county import CITY_CODE, COUNTY
from services.cli.demo.proof import proved
from services.cli.demo.province import written
from services.cli.demo.quiet import compared
from services.cli.demo.scales import SIZES, Scale, Size
from services.cli.demo.year import FIRST_DAY, play_year
from services.cli.deployment import SPACE, keep_names
from services.cli.live.opening import live, rehearsal_cluster
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.speaking import Json, Wrong, answering, say, tell
from services.cli.tables import table as grid
from services.cli.wiring import SERVICES, Embedded, embedded
from services.reporting.views.ask import cells_of
from services.reporting.views.view import Cells

MEMORY = Path("/dev/shm")  # noqa: S108 - only a folder of our own is made there
SHARED = MEMORY if MEMORY.is_dir() else None
class Table(NamedTuple):
    """A view shown at the end: its title, of which place, its columns."""

    title: str
    place: str
    columns: dict[str, str]
    summed: bool = False


ITEMS = {
    "open": "未办结", "overdue": "逾期", "in_order": "督办中", "suspended": "中止", "written_off": "已销号",
    "reopened": "重新打开",
}
TABLES: dict[str, Table] = {
    "C1": Table("学校问题台账", COUNTY, {"name": "学校", **ITEMS}, summed=True),
    "T1": Table("县区排名", CITY_CODE, {"name": "地区", **ITEMS}),
    "P1": Table("省市县问题台账", "", {
        "name": "地区", "key": "代码", "units": "单位", **ITEMS, "median_age": "天数中位数"}),
}


ScaleOption = Annotated[
    Scale, typer.Option("--scale", help="规模：tiny 一县十二校，county 一县，city 一市九县，province 一省")
]
Seed = Annotated[int, typer.Option("--seed", help="种子；同一种子生成同样的记录")]
Folder = Annotated[Path | None, typer.Option("--data", help="写入这个（新的）文件夹；不给则只在内存里")]
Live = Annotated[bool, typer.Option("--live", help="经由集群生成；--data 是集群的文件夹，没有在运行的就起一套")]
NoServe = Annotated[bool, typer.Option("--no-serve", help="生成后即结束")]


def demo(
    scale: ScaleOption = Scale.TINY, seed: Seed = 20260901, data: Folder = None, no_serve: NoServe = False,
    as_json: Json = False, is_live: Live = False,
) -> None:
    """生成一个虚构的县，自检后给出学校问题台账。例：dudao demo --scale tiny --data .demo"""
    with answering():
        if is_live:
            tell(_lived(scale, seed, data), as_json=as_json, lines=_lines)
            return
        if data is not None and data.exists() and any(data.iterdir()):
            raise Wrong("DATA_EXISTS", f"文件夹“{data}”不是空的；请换一个，或先删除它")
        say(f"[1/3] 生成数据：{SIZES[scale].title}，种子 {seed}")
        with workshop(data) as folder:
            told = _made(SIZES[scale], seed, folder)
        tell(told, as_json=as_json, lines=_lines)
        if data is not None and not SIZES[scale].copies:
            say(f"试试：dudao case show {COUNTY}-2026-000001 --data {data}")
        if not no_serve:
            say("浏览器界面尚未随本版提供；数据可用 dudao view、dudao case 查看")


@contextmanager
def workshop(data: Path | None) -> Iterator[Path | None]:
    """Where the files are made: in the machine's memory if it lets us, brought to their folder whole, at the end."""
    if data is None:
        yield None
        return
    with TemporaryDirectory(prefix="dudao-", dir=SHARED) as folder:
        yield Path(folder)
        copytree(folder, data, dirs_exist_ok=True)


def _made(size: Size, seed: int, data: Path | None) -> dict[str, Any]:
    chronicle, names = Chronicle(), Names(SPACE)
    with closing(embedded(None if size.copies else data, HandClock(FIRST_DAY), hearers=(chronicle,))) as deployment:
        play_year(deployment, names, chronicle, seed, _progress, size)
        if data is not None and not size.copies:
            keep_names(data, names)
        told = _checked(deployment, seed)
        if not size.copies:
            return told | {"rows": _rows(size, lambda table: _asked(deployment, size.table, table.place))}
        return told | _province(chronicle, size, deployment.town.clock, data)


def _checked(deployment: Embedded, seed: int) -> dict[str, Any]:
    say("[2/3] 自检：视图与案卷、哈希链、抽取")
    proof = proved(deployment)
    say(f"      视图 {proof.views} 个与重算一致，记录 {proof.records} 条的链完整，抽取 {proof.draws} 次可重算")
    return {"seed": seed, "records": proof.records, "digest": proof.digest}


def _lived(scale: Scale, seed: int, data: Path | None) -> dict[str, Any]:
    """The same on a cluster, and held against the quiet run."""
    size, chronicle, names = SIZES[scale], Chronicle(), Names(SPACE)
    if size.copies:
        raise Wrong("ARGUMENT_INVALID", "province 一级由复制而成，不经集群；--live 请用 tiny、county 或 city")
    with rehearsal_cluster(data) as folder, closing(live(folder, FIRST_DAY, (chronicle,))) as deployment:
        say(f"[1/3] 在集群“{folder}”上生成数据：{size.title}，种子 {seed}")
        play_year(deployment, names, chronicle, seed, _progress, size)
        deployment.town.pages_follow()
        told = _checked(deployment, seed)
        compared(chronicle, seed, size)
        say(f"      与同一种子的单进程结果逐类相同：信件 {len(chronicle.letters)} 封")
        return told | {"rows": _rows(size, lambda table: _asked(deployment, size.table, table.place))}


def _progress(line: str) -> None:
    say(f"      {line}")


def _asked(deployment: Embedded, view: str, place: str) -> Iterable[Cells]:
    path = deployment.library.reference.path_of(place)
    return cells_of(deployment.library.ask.view(view, Scope(paths=(path,))))


def _province(chronicle: Chronicle, size: Size, clock: HandClock, data: Path | None) -> dict[str, Any]:
    with workshop(data) if data else TemporaryDirectory(prefix="dudao-", dir=SHARED) as folder:
        made = written(chronicle.letters, SERVICES, Path(str(folder)), clock, size.copies, _progress)
    say(f"      全省 {made.records} 条，追加每秒 {made.rate} 条；抽查 {made.sampled} 个流，链完整")
    return {"appended": made.records, "rate": made.rate, "rows": _rows(size, lambda _: made.rows)}


def _rows(size: Size, ask: Callable[[Table], Iterable[Cells]]) -> list[dict[str, Any]]:
    table = TABLES[size.table]
    say(f"[3/3] {table.title}")
    found = sorted(ask(table), key=lambda row: str(row["key" if "key" in table.columns else "name"]))
    shown = [{title: row[name] for name, title in table.columns.items()} for row in found]
    return [*shown, _sum(shown, table)] if table.summed else shown


def _sum(rows: list[dict[str, Any]], table: Table) -> dict[str, Any]:
    first, *others = table.columns.values()
    return {first: "合计", **{title: sum(row[title] for row in rows) for title in others}}


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield from grid(told["rows"])
    yield f"记录 {told['records']} 条，全部日志的摘要 {told['digest']}"
