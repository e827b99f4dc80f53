"""YAML as plain data that remembers its lines, so that a complaint can say where."""

from collections.abc import Iterator
from typing import Any

import yaml

LIMIT = 2_000_000
"""Characters in one file."""
DEPTH = 20
TIMESTAMP = "tag:yaml.org,2002:timestamp"


class Unreadable(ValueError):
    """The file is not a scenario; the message is a Chinese sentence for the person who wrote it."""

    code = "SCENARIO_INVALID"


class _Loader(yaml.CSafeLoader):
    """Dates stay text: the contracts know which fields are dates."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if tag != TIMESTAMP]
        for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        if len(set(map(str, names))) < len(names):
            raise Unreadable(f"第 {line_of(node)} 行起有重复的栏目")
        return super().construct_mapping(node, deep)


def read(text: str) -> tuple[Any, yaml.Node | None]:
    """Plain data and the tree it came from; raises Unreadable."""
    if len(text) > LIMIT:
        raise Unreadable(f"文件超过 {LIMIT} 字")
    try:
        _refuse_traps(text)
        return yaml.load(text, Loader=_Loader), yaml.compose(text, Loader=_Loader)
    except Unreadable:
        raise
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"第 {line} 行：不是有效的 YAML（{error.problem}）") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(f"不是有效的 YAML（{error}）") from error


def line_of(node: yaml.Node) -> int:
    """The line a node begins on, counted from one."""
    return int(node.start_mark.line) + 1


def inside(node: yaml.Node, step: str | int) -> yaml.Node | None:
    """The part of a node under a key or at an index, None when there is none."""
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def line_at(node: yaml.Node | None, path: Iterator[str | int]) -> int:
    """The line of the deepest part of the tree that a path leads to."""
    line = 1
    for step in path:
        if node is None:
            break
        line, node = line_of(node), inside(node, step)
    return line_of(node) if node is not None else line


def _refuse_traps(text: str) -> None:
    # Before anything is built: the C loader recurses by depth and would take the process down with it.
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH or isinstance(event, yaml.AliasEvent):
            raise Unreadable(f"场景文件不得使用 YAML 引用，嵌套不得超过 {DEPTH} 层")
