"""Runs the import rules on a tree, the real one or a planted copy, and tells which are broken."""

import contextlib
import copy
import importlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import importlinter.api  # noqa: F401  (configures import-linter)

from tests.architecture.import_rules import RULES

IMPORT_ROOTS = ("contracts", "services")


def broken_rules(tree: Path) -> dict[str, str]:
    """Rule name → what import-linter has to say about it; empty when all is well."""
    with looking_at(tree):
        graph = grimp.build_graph(*IMPORT_ROOTS, include_external_packages=True, cache_dir=None)
    complaints = ((rule.__name__, complaint(rule(graph), graph)) for rule in RULES)
    return {name: text for name, text in complaints if text}


def complaint(contract, graph: grimp.ImportGraph) -> str:
    """The rendered violation of one contract, or nothing."""
    if contract is None:
        return ""
    check = contract.check(copy.deepcopy(graph), verbose=False)
    if check.kept:
        return ""
    with contextlib.redirect_stdout(io.StringIO()) as told:
        contract.render_broken_contract(check)
    return told.getvalue() or "broken"


@contextlib.contextmanager
def looking_at(tree: Path) -> Iterator[None]:
    """Packages are found by import path, so the copy has to stand in front of the running tree."""
    running = {name: sys.modules.pop(name) for name in IMPORT_ROOTS if name in sys.modules}
    sys.path.insert(0, str(tree))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(tree))
        sys.modules.update(running)
