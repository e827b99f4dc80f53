"""Reads Python source as a tree of names, so that rules can ask what a module says and does."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.architecture.planting import PYTHON_ROOTS

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One source file of the tree."""

    tree: Path
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(self.tree).as_posix()

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def imported(self) -> dict[str, str]:
        """Local name → what it was imported as, whatever alias was given."""
        names: dict[str, str] = {}
        for node in ast.walk(self.syntax):
            if isinstance(node, ast.Import):
                names |= {a.asname: a.name for a in node.names if a.asname}
            elif isinstance(node, ast.ImportFrom):
                names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        return names

    def full_name(self, node: ast.AST) -> str:
        """`dt.now` → `datetime.datetime.now`; the empty string if the node is no dotted name."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self.full_name(node.value)}.{node.attr}"
        return ""


def modules(tree: Path) -> Iterator[Module]:
    """Every Python module of the repository."""
    for root in PYTHON_ROOTS:
        for path in sorted((tree / root).rglob("*.py")):
            yield Module(tree, path)


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: not the bodies of functions, not the main block."""
    if is_main_block(node):
        return
    yield node
    for child in parts_run_at_import(node):
        yield from run_at_import(child)


def parts_run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Of a function only the decorators and defaults run; of anything else, all of it."""
    if isinstance(node, ast.Lambda):
        yield node.args
    elif isinstance(node, FUNCTIONS):
        yield from (*node.decorator_list, node.args)
    else:
        yield from ast.iter_child_nodes(node)


def is_main_block(node: ast.AST) -> bool:
    """Whether the node is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and "__name__" in {
        name.id for name in ast.walk(node.test) if isinstance(name, ast.Name)
    }


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement to the last; the docstring is not counted."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0
