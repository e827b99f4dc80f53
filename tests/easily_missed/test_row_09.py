"""Row 9: "city" is the prefecture's word; what Beijing and Shanghai call 市 is a province-level municipality."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import services
from services.registry.application import LEVEL
from tests.easily_missed.story import Story

ROOT = Path(services.__path__[0])
MAY_SPEAK_OF_CITIES = {
    "registry/application.py": "a prefecture's bodies are of the city level",
    "registry/forms.py": "the Chinese word of the level in a sheet",
    "findings/domain/indicator_guards.py": "the levels from above to below",
    "registry/policy_documents.py": "the policy documents' own words",
}
"""Where the level of prefectures is named; the stage sets of the demo and of scenarios are no code of the domain."""
STAGES = ("cli",)


def identifiers() -> Iterator[tuple[str, str]]:
    """Names in the services' sources that speak of a city, by file."""
    for path in sorted(ROOT.rglob("*.py")):
        where = path.relative_to(ROOT)
        if where.parts[0] not in STAGES:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
                if isinstance(name, str) and "city" in name.lower().split("_"):
                    yield str(where), name


def test_row_09_only_the_prefectures_modules_name_a_city() -> None:
    assert {where for where, _ in identifiers()} <= MAY_SPEAK_OF_CITIES.keys()


def test_row_09_a_municipality_is_of_the_provinces_level() -> None:
    assert {kind for kind, tier in LEVEL.items() if tier.value == "city"} == {"PREFECTURE"}
    assert LEVEL["MUNICIPALITY"] is LEVEL["PROVINCE"]


@pytest.mark.parametrize(("world", "policy"), [("two_districts", "BJ"), ("two_districts", "SH")])
def test_row_09_nothing_recorded_in_a_municipality_is_of_the_city_level(world: str, policy: str) -> None:
    story = Story(world, policy)
    story.does("mei", "scheduling.DraftPlan", plan="m2026", body="city", year=2026)
    assert {letter.head.tier.value for letter in story.chronicle.letters} <= {"nation", "province", "county"}
