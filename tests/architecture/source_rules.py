"""The rules of style that a program can judge; each takes a tree and returns complaints.

To add a rule: write the function, list it in RULES, plant its violation in test_source.py.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.architecture.fire_rules import fire_tests_have_evidence_and_control
from tests.architecture.reading import FUNCTIONS, body_lines, modules, run_at_import

MODULE_LINES, TEST_MODULE_LINES = 200, 400
FUNCTION_LINES, TEST_FUNCTION_LINES = 20, 45
BANNED = ("utils?", "helpers?", "common", "manager", "base", "data", "info", "impl")
BANNED_MODULE = re.compile(rf"(?:.*_)?(?:{'|'.join(BANNED)})")
BANNED_CLASS = re.compile(rf".*(?:{'|'.join(word.capitalize() for word in BANNED)})")
FOLDERS = ("contracts", "services", "services/chassis", "deploy", "k8s", "tests", ".ci")
CLOCKS = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "monotonic", "monotonic_ns", "localtime")),
    *(f"time.{name}" for name in ("gmtime", "perf_counter", "perf_counter_ns", "strftime")),
}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv"}
CONNECTORS = {"connect", "create_connection", "MongoClient", "BlockingConnection"}

Complaints = Iterator[str]


def modules_are_short(tree: Path) -> Complaints:
    for module in modules(tree):
        if module.name.startswith("contracts/") and module.name.count("/") == 2:
            continue  # one aggregate's commands and events stand in one file, however many they are
        ceiling = TEST_MODULE_LINES if module.name.startswith("tests/") else MODULE_LINES
        length = len(module.source.splitlines())
        if length > ceiling:
            yield f"{module.name}: {length} lines, ceiling {ceiling}"


def functions_are_short(tree: Path) -> Complaints:
    for module in modules(tree):
        ceiling = TEST_FUNCTION_LINES if module.name.startswith("tests/") else FUNCTION_LINES
        for node in ast.walk(module.syntax):
            if isinstance(node, FUNCTIONS) and body_lines(node) > ceiling:
                said = f"{node.name} has {body_lines(node)} lines, ceiling {ceiling}"
                yield f"{module.name}:{node.lineno}: {said}"


def names_say_something(tree: Path) -> Complaints:
    for module in modules(tree):
        own_parts = Path(module.name).with_suffix("").parts
        yield from (f"{module.name}: {part}" for part in own_parts if BANNED_MODULE.fullmatch(part))
        for node in ast.walk(module.syntax):
            if isinstance(node, ast.ClassDef) and BANNED_CLASS.fullmatch(node.name):
                yield f"{module.name}:{node.lineno}: {node.name}"


def modules_say_what_they_are_for(tree: Path) -> Complaints:
    for module in modules(tree):
        if not (ast.get_docstring(module.syntax) or "").strip():
            yield f"{module.name}: no docstring"


def enums_are_plain(tree: Path) -> Complaints:
    for module in modules(tree):
        for node in ast.walk(module.syntax):
            bases = node.bases if isinstance(node, ast.ClassDef) else []
            if "enum.StrEnum" in map(module.full_name, bases):
                yield f"{module.name}:{node.lineno}: {node.name}"


def imports_do_nothing(tree: Path) -> Complaints:
    for module in modules(tree):
        for node in run_at_import(module.syntax):
            name = module.full_name(node.func if isinstance(node, ast.Call) else node)
            calls = isinstance(node, ast.Call)
            if name in ENVIRONMENT or (calls and (name in CLOCKS or connects(name))):
                yield f"{module.name}:{node.lineno}: {name} at import"


def connects(name: str) -> bool:
    """Whether a call of this name opens a connection."""
    return name.rpartition(".")[2] in CONNECTORS


def domains_read_no_clock(tree: Path) -> Complaints:
    for module in modules(tree):
        if re.match(r"services/\w+/domain/", module.name):
            for node in ast.walk(module.syntax):
                if module.full_name(node) in CLOCKS:
                    yield f"{module.name}:{node.lineno}: {module.full_name(node)}"


def folders_are_there(tree: Path) -> Complaints:
    yield from (f"{folder} is missing" for folder in FOLDERS if not (tree / folder).is_dir())


def folders_with_modules_are_packages(tree: Path) -> Complaints:
    """A folder without `__init__.py` would be invisible to the import rules."""
    folders = {module.path.parent for module in modules(tree)}
    for folder in sorted(folders):
        if not (folder / "__init__.py").exists():
            yield f"{folder.relative_to(tree)} has no __init__.py"


RULES: tuple[Callable[[Path], Complaints], ...] = (
    modules_are_short,
    functions_are_short,
    names_say_something,
    modules_say_what_they_are_for,
    enums_are_plain,
    imports_do_nothing,
    domains_read_no_clock,
    folders_are_there,
    folders_with_modules_are_packages,
    fire_tests_have_evidence_and_control,
)
