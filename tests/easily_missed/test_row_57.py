"""Row 57: the unit that a clause names first leads; what was imported says so, clause by clause, as the text does."""

import re
from pathlib import Path
from typing import Any

from services.registry.domain.policy_keys import valid
from services.registry.policy_documents import read_document, reviewed_keys
from tests.easily_missed.story import Story

REGISTRY = Path(__file__).parents[1] / "registry" / "fixtures"
FILE = Path(__file__).parents[2] / "services" / "registry" / "policies" / "SD-WH-EDZ.yaml"
NUMBERS = "一二三四五六七八九十"
REMARKS = {"第一单位为牵头单位", "下同"}


def number(text: str) -> int:
    """The number of a clause, 一 to 二十."""
    tens, _, ones = text.rpartition("十")
    high = (NUMBERS.index(tens) + 1 if tens else 1) * 10 if "十" in text else 0
    return high + (NUMBERS.index(ones) + 1 if ones else 0)


def named_in_the_text() -> dict[str, dict[str, Any]]:
    """What stands at the end of each clause from the fifth on, where the text says that the first unit leads."""
    text = (REGISTRY / "003_responsible_units.txt").read_text("utf-8")
    found = {}
    for clause, units in re.findall(r"^（([一二三四五六七八九十]+)）.*（责任单位：(.*)）$", text, re.MULTILINE):
        lead, *others = [unit for unit in re.split("[、，]", units) if unit not in REMARKS]
        found[f"§{number(clause)}"] = {"lead": lead, **({"with": others} if others else {})}
    return found


def test_row_57_what_was_imported_for_the_zone_has_the_finance_bureau_in_the_lead_of_clause_5() -> None:
    story = Story("zone", "WH")
    reference = story.deployment.library.reference
    path = ("CN", *reference.place("990171").path)
    found = reference.policies.find("responsible.units", path, story.town.clock())
    assert found is not None and found.v["§5"] == {"lead": "财政金融局", "with": ["党政办公室", "教育分局"]}
    assert found.v == named_in_the_text() and len(found.v) == 16


def test_row_57_an_order_that_was_swapped_is_not_that_of_the_text() -> None:
    """The broken control."""
    text = FILE.read_text("utf-8")
    swapped = text.replace("lead: 财政金融局, with: [党政办公室,", "lead: 党政办公室, with: [财政金融局,")
    assert swapped != text
    assert read_document(text).values["responsible.units"].v == named_in_the_text()
    assert read_document(swapped).values["responsible.units"].v != named_in_the_text()


def test_row_57_a_unit_named_twice_or_a_clause_without_a_lead_is_not_published() -> None:
    spec = reviewed_keys()["responsible.units"]
    assert valid(spec, {"§5": {"lead": "财政金融局", "with": ["教育分局"]}})
    refused: tuple[Any, ...] = (
        {}, ["甲"], {"§5": {}}, {"§5": {"with": ["教育分局"]}}, {"§5": {"lead": "甲", "with": ["甲"]}},
        {"§5": {"lead": "甲", "others": ["乙"]}}, {"§5": {"lead": "", "with": []}}, {"§5": {"lead": 5}},
        {"§5": {"lead": "甲", "with": "乙"}},
    )
    assert [wrong for wrong in refused if valid(spec, wrong)] == []
