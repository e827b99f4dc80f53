"""Every reason to refuse that a command can meet, and every timer: read from the tables and the sources themselves."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import services
from contracts.wire import commands
from services.chassis.aggregates import Aggregate, charter_of
from services.cli.wiring import SERVICES

ROOT = Path(services.__path__[0])
REFUSALS = {"Refused", "Violation"}


def aggregates() -> list[tuple[str, type[Aggregate]]]:
    """Every aggregate of every service, with the service's name; those that other tests make are none."""
    for found in pkgutil.walk_packages(services.__path__, "services."):
        if ".domain." in found.name:
            importlib.import_module(found.name)
    ours = [kind for kind in _below(Aggregate) if kind.life_cycles and kind.__module__.startswith("services.")]
    return [(kind.__module__.split(".")[1], kind) for kind in ours]


def _below(kind: type[Aggregate]) -> Iterator[type[Aggregate]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def guards() -> Iterator[tuple[str, str]]:
    """By service and code, the guards of all life-cycle tables."""
    for service, kind in aggregates():
        for line in (line for cycle in kind.life_cycles for line in cycle.rows):
            yield from ((service, guard.code) for guard in (*line.who, *line.when))


def written_out() -> Iterator[tuple[str, str]]:
    """By service and code, the refusals that a service's sources write out: `Refused("CODE", …)`."""
    for service in SERVICES:
        for path in (ROOT / service).rglob("*.py"):
            yield from ((service, code) for code in _codes(ast.parse(path.read_text("utf-8"))))


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in REFUSALS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def timers() -> Iterator[tuple[str, frozenset[str]]]:
    """By the command that an aggregate's `timers` sends, the events it leads to."""
    known = {name.partition(".")[2]: kind for name, kind in commands().items()}
    for service, kind in aggregates():
        for name in sorted(_sent(kind) & known.keys()):
            _, rows = charter_of(kind).rows[known[name]]
            yield f"{service}.{name}", frozenset(f"{service}.{e.__name__}" for row in rows for e in row.outcome)


def _sent(kind: type[Aggregate]) -> set[str]:
    """The commands named in its `timers`, its own or inherited."""
    ours = (base for base in kind.__mro__ if base.__module__.startswith("services.") and ".domain." in base.__module__)
    return {name for base in ours for name in _sent_by(base)}


def _sent_by(kind: type[Aggregate]) -> set[str]:
    path = ROOT / kind.__module__.removeprefix("services.").replace(".", "/")
    tree = ast.parse(path.with_suffix(".py").read_text("utf-8"))
    bodies = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "timers")
    return {_called(node) for body in bodies for node in ast.walk(body) if isinstance(node, ast.Call)}
