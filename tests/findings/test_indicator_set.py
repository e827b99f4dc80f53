"""IndicatorSet: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from contracts.findings import indicator_set as said
from contracts.findings.indicator_set import Indicator, IndicatorUnitType
from services.findings.domain.indicator_set import IndicatorSet
from tests.kit.cases import AT, Case, folded, staff, suite, uid

SET, OFFICE, NEXT = uid("stream"), uid("office"), uid("next")
ITEMS = (Indicator(code="A", text="办学方向"), Indicator(code="A1", text="党的领导", parent_code="A", weight="0.5"))
ELSEWHERE: dict[str, Any] = {"NOT_OWN_BODY": {"by": staff(body="city")}}


def drafting() -> said.DraftIndicatorSet:
    return said.DraftIndicatorSet(
        set_id=SET, unit_type=IndicatorUnitType.HIGHER_EDUCATION, owner_body_id=OFFICE)


def publishing(*items: Indicator, version: str = "3.0") -> said.PublishIndicatorSet:
    return said.PublishIndicatorSet(
        set_id=SET, version=version, items=items or ITEMS, valid_from=date(2026, 3, 1))


def releasing(year: int = 2026, until: Any = AT + timedelta(days=10)) -> said.ReleaseStandardYear:
    return said.ReleaseStandardYear(set_id=SET, year=year, objection_until=until)


def mapping(*lines: tuple[str, str], source: str = "2.0", to: str = "3.0") -> said.MapIndicators:
    made = tuple(said.IndicatorMapping(from_code=a, to_code=b) for a, b in lines)
    return said.MapIndicators(set_id=SET, from_version=source, to_version=to, map=made)


DRAFTED = said.IndicatorSetDrafted(
    set_id=SET, unit_type=IndicatorUnitType.HIGHER_EDUCATION, owner_body_id=OFFICE)
PUBLISHED = said.IndicatorSetPublished(
    set_id=SET, version="3.0", unit_type=IndicatorUnitType.HIGHER_EDUCATION, items=ITEMS,
    valid_from=date(2026, 3, 1))
OUT = [DRAFTED, PUBLISHED]
SUPERSEDE = said.SupersedeIndicatorSet(set_id=SET, by=NEXT)
SUCCESSOR = {"successor": SimpleNamespace(state="PUBLISHED", unit_type=IndicatorUnitType.HIGHER_EDUCATION)}
DRAFT_ONLY = {"successor": SimpleNamespace(state="DRAFT", unit_type=IndicatorUnitType.HIGHER_EDUCATION)}
OLDER = {"other_codes": {"2.0": frozenset({"B1"})}}

CASES = [
    Case(
        when=drafting(), then=[DRAFTED],
        refused={
            **ELSEWHERE, "OWNER_TIER_TOO_LOW": {"policy": {"indicators.schoolStandards.by": "PROVINCE"}}},
    ),
    Case(
        given=[DRAFTED], when=publishing(), then=[PUBLISHED],
        refused={
            **ELSEWHERE, "VERSION_MISSING": {"when": publishing(version=" ")},
            "VERSION_TAKEN": {"looked_up": {"version_taken": True}},
            "ITEMS_MISSING": {"when": said.PublishIndicatorSet(
                set_id=SET, version="3.0", items=(), valid_from=date(2026, 3, 1))},
            "CODE_TWICE": {"when": publishing(ITEMS[0], ITEMS[0])},
            "PARENT_UNKNOWN": {"when": publishing(Indicator(code="X", text="", parent_code="X"))},
            "WEIGHT_UNREADABLE": {"when": publishing(Indicator(code="A", text="", weight="一半"))},
        },
    ),
    Case(
        given=OUT, when=releasing(),
        then=[said.StandardYearReleased(set_id=SET, year=2026, objection_until=AT + timedelta(days=10))],
        refused={**ELSEWHERE, "YEAR_PAST": {"when": releasing(2025)}, "DATE_PAST": {"when": releasing(until=AT)}},
    ),
    Case(
        given=OUT, when=mapping(("B1", "A1")), looked_up=OLDER,
        then=[said.IndicatorCrosswalkDefined(
            set_id=SET, from_version="2.0", to_version="3.0",
            map=(said.IndicatorMapping(from_code="B1", to_code="A1"),))],
        refused={
            **ELSEWHERE, "MAP_MISSING": {"when": mapping()},
            "SAME_VERSION": {"when": mapping(("A1", "A1"), source="3.0")},
            "VERSION_NOT_OWN": {"when": mapping(("B1", "A1"), to="4.0")},
            "CODE_UNKNOWN": {"when": mapping(("B9", "A1"))},
        },
    ),
    Case(
        given=OUT, when=SUPERSEDE, looked_up=SUCCESSOR,
        then=[said.IndicatorSetSuperseded(set_id=SET, version="3.0", by=NEXT)],
        refused={**ELSEWHERE, "SUCCESSOR_NOT_PUBLISHED": {"looked_up": DRAFT_ONLY}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(IndicatorSet, CASES)


def test_a_published_set_knows_its_version_and_its_codes() -> None:
    found = folded(IndicatorSet, Case(given=OUT, when=SUPERSEDE, then=[]))
    assert (found.edition, found.codes) == ("3.0", {"A", "A1"})
