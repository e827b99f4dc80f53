"""What the scenario files of this folder say, read without playing them: who is turned down, what follows on what."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.glob("**/*.yaml") if ".world." not in path.name)
Step = Mapping[str, Any]


@cache
def steps() -> Sequence[Step]:
    """Every step of every file, as plain data; whether they are well written is for the player to say."""
    return [step for path in FILES for step in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["steps"]]


def refusals() -> set[tuple[str, str]]:
    """By service and code, every refusal that some step expects."""
    return {(step["do"].split(".")[0], step["refused"]) for step in steps() if "refused" in step}


def raised_by_the_clock() -> set[str]:
    """Events of steps that only move the clock: a timer is behind each of them."""
    return {name for step in steps() if "do" not in step for name in _events(step)}


def followed(cause: str, consequence: str) -> bool:
    """Whether some step expects the one event behind the other."""
    return any(_in_order([*_events(step)], cause, consequence) for step in steps())


def _in_order(events: Sequence[str], cause: str, consequence: str) -> bool:
    return cause in events and consequence in events[events.index(cause) + 1:]


def _events(step: Step) -> Iterator[str]:
    for expected in step.get("then_only") or step.get("then") or ():
        yield from [expected] if isinstance(expected, str) else expected
