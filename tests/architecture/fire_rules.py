"""The rule of the fire tests (G-0): each says what it attacks and what it saw, and each attack has a broken control.

What a test really saw is judged when it runs, by tests/attacks.py; this rule sees what is not even there.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.architecture.reading import FUNCTIONS, Module, modules

KINDS = frozenset({"attack", "control"})


class Trial(NamedTuple):
    """One test as its marks and parameters describe it; `names` are what it attacks or controls."""

    place: str
    marks: frozenset[str]
    names: dict[str, str]
    takes_it_down: bool


def trials(tree: Path) -> Iterator[Trial]:
    """Every test of the tree that is marked as fire, attack or control."""
    for module in modules(tree):
        if module.name.startswith("tests/"):
            shared = _marks(_module_marks(module))
            for node in module.syntax.body:
                if isinstance(node, FUNCTIONS) and node.name.startswith("test_"):
                    trial = _trial(module, node, shared)
                    if trial.marks & {"fire", *KINDS}:
                        yield trial


def _trial(module: Module, node: ast.FunctionDef | ast.AsyncFunctionDef, shared: frozenset[str]) -> Trial:
    texts, names = _texts(module), dict[str, str]()
    for mark in node.decorator_list:
        kind = _marks([mark]) & KINDS
        if kind and isinstance(mark, ast.Call) and mark.args:
            said = mark.args[0]
            names[min(kind)] = texts.get(said.id, "") if isinstance(said, ast.Name) else ast.literal_eval(said)
    takes = any(argument.arg == "attack" for argument in node.args.args)
    return Trial(f"{module.name}:{node.lineno}: {node.name}", shared | _marks(node.decorator_list), names, takes)


def _module_marks(module: Module) -> list[ast.expr]:
    for node in module.syntax.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "pytestmark":
            return node.value.elts if isinstance(node.value, ast.List) else [node.value]
    return []


def _marks(nodes: list[ast.expr]) -> frozenset[str]:
    """`pytest.mark.fire` and `pytest.mark.attack(…)` → fire, attack."""
    bare = [node.func if isinstance(node, ast.Call) else node for node in nodes]
    return frozenset(
        node.attr for node in bare if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "pytest.mark"
    )


def _texts(module: Module) -> dict[str, str]:
    """Texts that a module gives a name, one or several in a line."""
    found: dict[str, str] = {}
    for node in module.syntax.body:
        if isinstance(node, ast.Assign):
            targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found[target.id] = value.value
    return found


def fire_tests_have_evidence_and_control(tree: Path) -> Iterator[str]:
    """Complaints: a fire test without a word of what it attacks, one that takes nothing down, a lonely attack."""
    found = list(trials(tree))
    for trial in found:
        if not trial.marks & {*KINDS, "endurance"}:
            yield f"{trial.place} says neither attack nor control"
        if trial.marks & KINDS and not (trial.takes_it_down and all(trial.names.values())):
            yield f"{trial.place} takes nothing down"
    for is_fire in (True, False):
        sides = {kind: _named(found, kind, is_fire) for kind in KINDS}
        lonely = sides["attack"] - sides["control"]
        yield from (f"attack without a control that runs with it: {name}" for name in lonely)
    everywhere = _named(found, "attack", with_fire=True)
    yield from (f"control of no attack: {name}" for name in _named(found, "control", with_fire=True) - everywhere)


def _named(found: list[Trial], kind: str, with_fire: bool) -> set[str]:
    """The attacks that tests of a kind name; without fire, only those of the shorter run."""
    return {trial.names[kind] for trial in found if kind in trial.names and (with_fire or "fire" not in trial.marks)}
