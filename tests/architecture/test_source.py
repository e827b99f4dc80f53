"""Style a program can judge: the tree keeps every rule, every planted violation is seen."""

import shutil
from pathlib import Path

import pytest

from tests.architecture.planting import ROOT, Plants, plant
from tests.architecture.source_rules import FOLDERS, RULES

DOC = '"""A planted module."""\n'
LONG_FUNCTION = DOC + "def long():\n" + '    """Not counted."""\n' + "    x = 1\n" * 46

ATTACK = "import pytest\n@pytest.mark.attack('R0 刺')\ndef test_attack(attack): ...\n"
CONTROL = "import pytest\n@pytest.mark.control('R0 刺')\ndef test_control(attack): ...\n"

# Rule → sources, each of which must turn that rule red.
VIOLATIONS: dict[str, list[Plants]] = {
    "modules_are_short": [
        {"services/chassis/log.py": DOC + "x = 1\n" * 200},
        {"tests/test_long.py": DOC + "x = 1\n" * 400},
    ],
    "functions_are_short": [
        {"services/chassis/log.py": LONG_FUNCTION},
        {"tests/test_long.py": LONG_FUNCTION.replace("def", "async def")},
    ],
    "names_say_something": [
        *({f"services/chassis/{name}.py": DOC} for name in ("utils", "helpers", "log_helper")),
        *({f"contracts/{name}/x.py": DOC} for name in ("common", "manager", "base", "data")),
        *({"contracts/x.py": DOC + f"class {name}: ...\n"} for name in ("LogManager", "CaseInfo")),
        *({"contracts/x.py": DOC + f"class {name}: ...\n"} for name in ("StoreImpl", "FormBase")),
    ],
    "modules_say_what_they_are_for": [{"contracts/x.py": "x = 1\n"}, {"contracts/x.py": ""}],
    "enums_are_plain": [
        {"contracts/x.py": DOC + "from enum import StrEnum\nclass A(StrEnum): ...\n"},
        {"contracts/x.py": DOC + "import enum as e\nclass A(e.StrEnum): ...\n"},
    ],
    "imports_do_nothing": [
        {"services/chassis/x.py": DOC + line}
        for line in (
            "import os\nHOME = os.environ['HOME']\n",
            "from os import getenv as g\nHOME = g('HOME')\n",
            "from datetime import datetime\nBORN = datetime.now()\n",
            "import time\nclass A:\n    born = time.time()\n",
            "import time\ndef f(at=time.time()): ...\n",
            "import sqlite3\nif True:\n    db = sqlite3.connect('x')\n",
            "import pymongo\ndb = pymongo.MongoClient().db\n",
        )
    ],
    "domains_read_no_clock": [
        {"services/findings/domain/x.py": DOC + line}
        for line in (
            "from datetime import datetime as d\ndef f(): return d.now()\n",
            "import datetime as dt\ndef f(): return dt.date.today()\n",
            "from time import time\ndef f(): return time()\n",
            "import time\nfactory = time.time\n",
        )
    ],
    "fire_tests_have_evidence_and_control": [
        {"tests/test_planted.py": DOC + source}
        for source in (
            "import pytest\n@pytest.mark.fire\ndef test_a(): ...\n",
            "import pytest\npytestmark = [pytest.mark.fire, pytest.mark.slow]\ndef test_a(): ...\n",
            ATTACK.replace("(attack)", "()") + CONTROL,
            ATTACK,
            CONTROL,
            ATTACK + CONTROL.replace("R0", "R1"),
            ATTACK + CONTROL.replace("@pytest.mark.control", "@pytest.mark.fire\n@pytest.mark.control"),
        )
    ],
    "folders_with_modules_are_packages": [{"services/lonely/x.py": DOC}],
}

INNOCENT: Plants = {
    "services/chassis/log.py": DOC + "x = 1\n" * 199,
    "services/chassis/x.py": (
        DOC + "import os, time\nfrom enum import Enum\nclass Database(Enum): ...\n"
        "def f():\n    return os.environ, time.time()\nclock = time.time\n"
        "later = lambda: time.time()\nif __name__ == '__main__':\n    print(os.environ)\n"
    ),
    "services/findings/domain/x.py": (
        DOC + "import datetime\ndef f(now): return datetime.datetime.fromisoformat(now)\n"
    ),
    "tests/test_fire.py": DOC + ATTACK + CONTROL + (
        "NAME = 'R1 砍'\n@pytest.mark.fire\n@pytest.mark.attack(NAME)\ndef test_a(attack): ...\n"
        "@pytest.mark.fire\n@pytest.mark.control(NAME)\ndef test_b(attack): ...\n"
        "@pytest.mark.fire\n@pytest.mark.endurance\ndef test_c(): ...\n"
    ),
    "services/chassis/y.py": LONG_FUNCTION.replace("    x = 1\n" * 26, ""),
}


def complaints(tree: Path) -> dict[str, list[str]]:
    said = {rule.__name__: list(rule(tree)) for rule in RULES}
    return {name: lines for name, lines in said.items() if lines}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A house without a module: what is then complained of was planted."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    return tmp_path


def test_the_real_tree_keeps_every_rule() -> None:
    assert complaints(ROOT) == {}


def test_every_rule_has_a_planted_violation() -> None:
    assert {*VIOLATIONS, "folders_are_there"} == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "plants"),
    [
        pytest.param(rule, plants, id=f"{rule}-{number}")
        for rule, many in VIOLATIONS.items()
        for number, plants in enumerate(many)
    ],
)
def test_a_planted_violation_turns_its_rule_red(rule: str, plants: Plants, tree: Path) -> None:
    plant(tree, plants)
    # plant() makes packages on the way; this rule is about one that was not made.
    if rule == "folders_with_modules_are_packages":
        (tree / "services/lonely/__init__.py").unlink()
    assert rule in complaints(tree)


@pytest.mark.parametrize("folder", [name for name in FOLDERS if "/" not in name])
def test_a_missing_top_level_folder_is_seen(folder: str, tree: Path) -> None:
    shutil.rmtree(tree / folder)
    assert f"{folder} is missing" in complaints(tree)["folders_are_there"]


def test_innocent_modules_are_left_in_peace(tree: Path) -> None:
    assert complaints(plant(tree, INNOCENT)) == {}
