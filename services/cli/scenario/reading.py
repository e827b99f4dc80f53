"""Reading a scenario file; what does not fit is told in Chinese, with line and step."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from services.cli.scenario.format import Scenario, World
from services.cli.scenario.yaml_tree import Unreadable, line_at, read

Shape = TypeVar("Shape")
NO_FOLDER = Path()
SAID = (
    (r"Object contains unknown field `(.+)`", "没有名为“{}”的栏目"),
    (r"Object missing required field `(.+)`", "缺少栏目“{}”"),
    (r"Invalid enum value '?(.+?)'?", "没有“{}”这个取值"),
    (r"Expected `(.+)`, got `(.+)`", "应为 {}，写的是 {}"),
    (r"Expected `datetime` with a timezone component", "时刻须带时区，如 2026-03-02T09:00:00+08:00"),
)


def scenario(text: str, folder: Path = NO_FOLDER) -> Scenario:
    """A scenario from YAML; `world` may name a file beside it. Raises Unreadable, FileNotFoundError."""
    plain, tree = read(text)
    if isinstance(plain, dict) and isinstance(plain.get("world"), str):
        path = folder / plain["world"]
        world = _shaped(*read(text_of(path)), World, f"{path.name} ")
        plain["world"] = msgspec.to_builtins(world)
    return _shaped(plain, tree, Scenario)


def scenario_file(path: Path) -> Scenario:
    """As `scenario`, from a file."""
    return scenario(text_of(path), path.parent)


def text_of(path: Path) -> str:
    """The text of a file; raises Unreadable, FileNotFoundError."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(f"文件“{path.name}”不是 UTF-8 文本") from None


def _shaped(plain: Any, tree: Any, kind: type[Shape], where: str = "") -> Shape:
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        sentence, _, path = str(error).partition(" - at ")
        steps = list(_steps(path))
        line = f"{where}第 {line_at(tree, iter(steps))} 行{_step(steps)}"
        raise Unreadable(f"{line}：{in_chinese(sentence)}") from None


def in_chinese(sentence: str) -> str:
    """What msgspec complains of, for the person who wrote the file."""
    for pattern, said in SAID:
        found = re.fullmatch(pattern, sentence)
        if found:
            return said.format(*found.groups())
    return sentence


def _steps(path: str) -> Iterator[str | int]:
    for name, number in re.findall(r"\.([A-Za-z_]+)|\[(\d+)\]", path.strip("`")):
        yield name or int(number)


def _step(path: list[str | int]) -> str:
    inside_a_step = len(path) > 1 and path[0] == "steps" and isinstance(path[1], int)
    return f"（第 {int(path[1]) + 1} 步）" if inside_a_step else ""
