"""`dudao bench`: runs the figures asked for and prints each as a JSON line when it is known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated

import msgspec
import typer

from services.cli.bench.adapters import Adapter, adapters
from services.cli.bench.appending import many_waiting, one_at_a_time
from services.cli.bench.doors import through_the_doors
from services.cli.bench.figures import Figure
from services.cli.bench.flow import stored_to_shown
from services.cli.bench.ground import Ground, ground
from services.cli.bench.rebuilding import all_views
from services.cli.bench.replaying import one_case, whole_log

Bench = Callable[[Adapter, float], Iterator[Figure]]
OF_LOGS: dict[str, Bench] = {"P1": one_at_a_time, "P2": many_waiting, "P3": whole_log, "P7": one_case}
OF_PAGES: dict[str, Callable[[float], Iterator[Figure]]] = {"P4": all_views}
LIVE: dict[str, Callable[[Ground, float], Iterator[Figure]]] = {"P2": through_the_doors, "P5": stored_to_shown}
QUICK_SECONDS, SECONDS = 1.0, 20.0


def measure(names: Sequence[str], seconds: float) -> Iterator[Figure]:
    """The figures named, on every adapter; `seconds` is about what one of them takes on one adapter."""
    if OF_LOGS.keys() & set(names):
        with adapters() as found:
            for name in filter(OF_LOGS.get, names):
                for adapter in found:
                    yield from OF_LOGS[name](adapter, seconds)
    for name in filter(OF_PAGES.get, names):
        yield from OF_PAGES[name](seconds)


def measure_live(names: Sequence[str], seconds: float) -> Iterator[Figure]:
    """The figures named, each on servers and processes of its own."""
    for name in names:
        with ground() as here:
            yield from LIVE[name](here, seconds)


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="一分钟以内的粗测")] = False,
    only: Annotated[str, typer.Option("--only", help="只测这些，如 P1,P3")] = "",
    live: Annotated[bool, typer.Option("--live", help="测多个进程：P2 经 nameko，P5 从存入到视图可见")] = False,
) -> None:
    """测量速度：每行一个 JSON，附与裸驱动、与 eventsourcing 默认用法之比。"""
    known: Mapping[str, object] = LIVE if live else {**OF_LOGS, **OF_PAGES}
    names = only.split(",") if only else list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise typer.BadParameter(f"没有 {unknown}；可选：{', '.join(known)}")
    for figure in (measure_live if live else measure)(names, QUICK_SECONDS if quick else SECONDS):
        typer.echo(msgspec.json.encode(figure))
