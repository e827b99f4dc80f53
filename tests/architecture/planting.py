"""Copies the tree and plants a file in the copy, so that a rule can be seen broken."""

import shutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON_ROOTS = ("contracts", "services", "tests")

Plants = Mapping[str, str]  # path in the tree → source


def copy_of_the_tree(into: Path) -> Path:
    """The Python folders of the repository, without caches."""
    for name in PYTHON_ROOTS:
        without_caches = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, into / name, ignore=without_caches, dirs_exist_ok=True)
    return into


def plant(tree: Path, plants: Plants) -> Path:
    """Write the files, and make every folder on the way a package."""
    for path, source in plants.items():
        file = tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in file.relative_to(tree).parents[:-1]:
            make_package(tree / folder)
        file.write_text(source, encoding="utf-8")
    return tree


def make_package(folder: Path) -> None:
    """Give the folder an `__init__.py` unless it has one."""
    if not (folder / "__init__.py").exists():
        (folder / "__init__.py").write_text('"""A planted package."""\n', encoding="utf-8")
