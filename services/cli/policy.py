"""`dudao policy`: what holds at a place on a day, and what it rests on."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import typer

from services.chassis.clock import system_clock
from services.chassis.policies import Answer, PolicyStore
from services.chassis.policy_values import china_day
from services.cli.deployment import read
from services.cli.speaking import Json, Wrong, answering, tell
from services.cli.tables import table
from services.registry.policy_documents import reviewed_keys, reviewed_store

app = typer.Typer(no_args_is_help=True, help="看政策取值及其依据。")

Key = Annotated[str, typer.Argument(help="政策项，如 rectification.order.deadline", show_default=False)]
Place = Annotated[str, typer.Option("--at", help="行政区代码；不给 --data 时为政策文件的地方（HN、BJ、SD-WH-EDZ…）")]
Day = Annotated[str | None, typer.Option("--on", help="哪一天，如 2026-03-02；默认今天")]
Tier = Annotated[str | None, typer.Option("--tier", help="哪一级：province、city、county、zone、school…")]
Folder = Annotated[Path | None, typer.Option("--data", envvar="DUDAO_DATA", help="部署的数据；不给则看随附的文件")]

STANDING = {
    "own": "有规定", "unset": "未规定", "expired": "已失效", "not-yet": "尚未生效",
    "not-for-this-level": "不适用于本级",
}


class Ground(NamedTuple):
    """The published values and the path of the place asked for, nation first."""

    store: PolicyStore
    path: tuple[str, ...]


@app.command()
def show(place: Place, day: Day = None, tier: Tier = None, data: Folder = None, as_json: Json = False) -> None:
    """一个地方在某日的全部取值。例：dudao policy show --at HN"""
    with answering():
        ground, on = _ground(place, data), _day(day)
        found = [(key, ground.store.find(key, ground.path, on, tier)) for key in reviewed_keys()]
        rows = [_row(key, value) for key, value in found if value is not None]
        tell(rows, as_json=as_json, lines=table)


@app.command()
def explain(
    key: Key, place: Place, day: Day = None, tier: Tier = None, data: Folder = None, as_json: Json = False
) -> None:
    """一项取值逐级从何而来。例：dudao policy explain lookback.scope --at HN --on 2026-03-02"""
    with answering():
        if key not in reviewed_keys():
            raise Wrong("POLICY_KEY_UNKNOWN", f"政策项“{key}”不在目录中")
        ground = _ground(place, data)
        rows = [_answer(answer) for answer in ground.store.explain(key, ground.path, _day(day), tier)]
        tell(rows, as_json=as_json, lines=table)


def _ground(place: str, data: Path | None) -> Ground:
    if data is not None:
        with read(data) as reading:
            reference = reading.library.reference
            return Ground(reference.policies, ("CN", *reference.place(place).path))
    store = reviewed_store()
    if not store.knows(place):
        raise Wrong("PLACE_UNKNOWN", f"没有“{place}”的政策文件")
    return Ground(store, tuple(reversed(store.lineage(place))))


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else china_day(system_clock())
    except ValueError:
        raise Wrong("ARGUMENT_INVALID", f"日期“{text}”应写成 2026-03-02") from None


def _row(key: str, value: Any) -> Mapping[str, Any]:
    return {
        "政策项": key, "取值": _json(value.v), "强度": value.modality, "条款": value.clause,
        "地方": value.jurisdiction, "出处": value.source,
    }


def _answer(answer: Answer) -> Mapping[str, Any]:
    value = answer.value
    return {
        "地方": answer.jurisdiction, "情形": STANDING[answer.standing.value], "适用": answer.applies,
        "取值": _json(value.v) if value else None, "强度": value.modality if value else None,
        "条款": value.clause if value else None, "文件": value.document if value else None,
        "说明": value.note if value else None,
    }


def _json(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


