"""`dudao simulate`: the services in a failing world, seed by seed; a finding is told with its seed and its trace."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from services.cli.simulation.chance import FAULTS
from services.cli.simulation.running import Outcome
from services.cli.simulation.running import simulate as simulated
from services.cli.speaking import Json, tell

Seeds = Annotated[int, typer.Option("--seeds", min=1, help="跑多少个种子")]
First = Annotated[int, typer.Option("--seed", help="第一个种子；只给它一个即可重现")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="逐步列出每个种子的经过")]
SHOWN = 40
"""Lines of a trace before its end, when not all are asked for."""


def simulate(seeds: Seeds = 1, seed: First = 1, verbose: Verbose = False, as_json: Json = False) -> None:
    """模拟网络、磁盘、时钟、进程一再出错，检查什么也没有丢失、重复或错序。例：dudao simulate --seeds 200"""
    struck, found, steps = Counter[str](), list[Outcome](), 0
    for number in range(seed, seed + seeds):
        outcome = simulated(number)
        struck += outcome.struck
        steps += outcome.steps
        found += [outcome] if outcome.breaches or verbose else []
    wrong = sum(bool(outcome.breaches) for outcome in found)
    told = {
        "seeds": seeds, "first": seed, "steps": steps, "faults": {kind: struck[kind] for kind in FAULTS},
        "wrong": wrong, "outcomes": [_plain(outcome, verbose=verbose) for outcome in found],
    }
    tell(told, as_json=as_json, lines=_lines)
    if wrong:
        raise typer.Exit(1)


def _plain(outcome: Outcome, *, verbose: bool) -> dict[str, Any]:
    trace = outcome.trace if verbose else outcome.trace[-SHOWN:]
    return {"seed": outcome.seed, "breaches": [*outcome.breaches], "trace": [*trace]}


def _lines(told: Any) -> Iterator[str]:
    last = told["first"] + told["seeds"] - 1
    yield f"跑了 {told['seeds']} 个种子（{told['first']}–{last}），共 {told['steps']} 步"
    yield "发生的故障："
    yield from (f"  {FAULTS[kind][0]} {count} 次" for kind, count in told["faults"].items() if count)
    for outcome in told["outcomes"]:
        yield from _of_one(outcome)
    yield f"有 {told['wrong']} 个种子出错" if told["wrong"] else "没有发现丢失、重复或错序"


def _of_one(outcome: Any) -> Iterator[str]:
    yield f"种子 {outcome['seed']}（重现：dudao simulate --seed {outcome['seed']} --verbose）"
    yield from (f"  {line}" for line in outcome["trace"])
    yield from (f"  出错：{breach}" for breach in outcome["breaches"])
