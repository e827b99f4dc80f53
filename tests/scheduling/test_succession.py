"""P12: what is owed to a school that is merged, split or closed is owed to its successors."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts.personnel import school_listing
from contracts.record import Command
from contracts.registry import supervised_unit
from contracts.scheduling import coverage_obligation as owed
from contracts.values import natural_id
from services.scheduling.domain.coverage_obligation import CoverageObligation
from tests.kit.cases import uid
from tests.kit.county import COUNTY, KEEPER
from tests.scheduling.county import OFFICE, S1, S2, PersonnelSpeaker, SchedulingCounty

S3, TODAY = uid("s3"), date(2026, 3, 2)
WEIHAI = {"cycle.comprehensive.school": {"anchor": "SCHOOL_YEAR"}, "schoolYear.firstTerm.begins": "09-01"}
PLATE = {"listing_id": uid("plate"), "inspector_id": uid("wang")}


@pytest.fixture
def county() -> SchedulingCounty:
    found = SchedulingCounty(WEIHAI, personnel=PersonnelSpeaker)
    register(found, supervised_unit.RegisterUnit(
        unit_id=S3, kind=supervised_unit.UnitKind.SCHOOL, name="第三小学", located_in=COUNTY))
    return found


def register(county: SchedulingCounty, command: Command) -> None:
    county.town.submit(KEEPER, command)


def opened(county: SchedulingCounty, unit: UUID, kind: str = "COMPREHENSIVE_SCHOOL", anchor: str = "SCHOOL_YEAR",
           ref: str = "2025-2026", **window: Any) -> UUID:
    key = (owed.ObligationKind(kind), unit, owed.ObligationAnchor(anchor), ref)
    made = natural_id("CoverageObligation", *key)
    county.li(owed.OpenObligation(
        obligation_id=made, kind=key[0], unit_id=unit, anchor=key[2], anchor_ref=ref, **window))
    return made


def found(county: SchedulingCounty, obligation: UUID) -> CoverageObligation:
    one = county.app.load(CoverageObligation, obligation)
    assert isinstance(one, CoverageObligation)
    return one


def merge(county: SchedulingCounty) -> None:
    register(county, supervised_unit.MergeUnits(unit_id=S1, unit_ids=(S2,), valid_from=TODAY))


def listed(county: SchedulingCounty, school: UUID) -> None:
    county.hears("personnel", school_listing.SchoolListed(
        school_id=school, published_at=county.town.clock.now, public_fields=(), evidence_hash="h", **PLATE),
        unit=school)


def taken_down(county: SchedulingCounty) -> None:
    county.hears("personnel", school_listing.ListingWithdrawn(
        listing_id=uid("old"), school_id=S2, at=county.town.clock.now, reason="学校合并"), unit=S2)


def test_what_a_merged_school_is_owed_is_owed_to_the_school_that_goes_on(county: SchedulingCounty) -> None:
    obligation = opened(county, S2)
    before = found(county, obligation).window
    merge(county)
    (moved,) = county.told(owed.ObligationReanchored)
    one = found(county, obligation)
    assert (moved.to_unit_id, moved.cause.value, one.unit_id, one.state) == (S1, "UNIT_CHANGED", S1, "OPEN")
    assert one.window == before
    letter = [one for one in county.town.announcements("scheduling", 0) if one.event == moved][-1]
    assert (letter.head.unit_path or "").endswith(str(S1))


def test_it_is_handed_on_once_and_the_periods_that_follow_belong_to_the_successor(county: SchedulingCounty) -> None:
    obligation = opened(county, S2)
    own = opened(county, S1)
    merge(county)
    end = found(county, own).window_to
    assert end is not None
    county.town.advance_to(county.town.clock.now.replace(year=2026, month=12))
    assert [found(county, one).state for one in (own, obligation)] == ["LAPSED", "LAPSED"]
    following = [one for one in county.told(owed.ObligationOpened) if one.anchor_ref == "2026-2027"]
    assert [one.unit_id for one in following] == [S1], "one school owes one year once"


@pytest.mark.parametrize("anchor", ["SCHOOL_YEAR", "INCIDENT"])
def test_of_a_school_that_is_split_every_part_owes_the_period_and_the_first_what_happened(
    county: SchedulingCounty, anchor: str
) -> None:
    window = {} if anchor == "SCHOOL_YEAR" else {"window_from": TODAY, "window_to": date(2026, 4, 1)}
    obligation = opened(county, S2, anchor=anchor, ref="2025-2026", **window)
    register(county, supervised_unit.SplitUnit(unit_id=S2, successor_ids=(S1, S3), valid_from=TODAY))
    assert found(county, obligation).unit_id == S1
    others = [one.unit_id for one in county.told(owed.ObligationOpened)[1:]]
    assert others == ([S3] if anchor == "SCHOOL_YEAR" else [])


def test_a_closed_school_hands_on_to_its_successor_and_without_one_what_is_owed_stays(county: SchedulingCounty) -> None:
    one, other = opened(county, S2), opened(county, S3)
    register(county, supervised_unit.CloseUnit(unit_id=S2, successor_ids=(S1,), valid_from=TODAY))
    register(county, supervised_unit.CloseUnit(unit_id=S3, valid_from=TODAY))
    assert [found(county, key).unit_id for key in (one, other)] == [S1, S3]


def test_what_was_done_is_not_handed_on(county: SchedulingCounty) -> None:
    obligation = opened(county, S2, "SCHOOL_LISTING", "INCIDENT", "x", window_from=TODAY, window_to=date(2026, 4, 1))
    listed(county, S2)
    assert found(county, obligation).state == "SATISFIED"
    merge(county)
    assert county.told(owed.ObligationReanchored) == []


def test_the_plate_of_a_merged_school_is_owed_by_the_successor_unless_it_has_its_own(county: SchedulingCounty) -> None:
    window = {"window_from": TODAY, "window_to": date(2026, 4, 1)}
    obligation = opened(county, S2, "SCHOOL_LISTING", "INCIDENT", "x", **window)
    merge(county)
    taken_down(county)
    kinds = [(one.kind.value, one.unit_id) for one in county.told(owed.ObligationOpened)[1:]]
    assert kinds == [("SCHOOL_LISTING", S1)] and found(county, obligation).unit_id == S1
    listed(county, S1)
    states = {one.state for key in (obligation, county.told(owed.ObligationOpened)[1].obligation_id)
              if (one := found(county, key))}
    assert states == {"SATISFIED"}, "one name at the gate answers for all"


def test_a_school_that_is_listed_takes_over_a_listing_that_is_settled(county: SchedulingCounty) -> None:
    listed(county, S1)
    obligation = opened(
        county, S2, "SCHOOL_LISTING", "INCIDENT", "x", window_from=TODAY, window_to=date(2026, 4, 1))
    merge(county)
    one = found(county, obligation)
    assert (one.unit_id, one.state, one.activity_id) == (S1, "SATISFIED", uid("plate"))
    taken_down(county)
    assert len(county.told(owed.ObligationOpened)) == 1, "nobody is owed a plate"


def test_nobody_hands_on_what_they_owe_by_another_name(county: SchedulingCounty) -> None:
    obligation = opened(county, S2)
    with pytest.raises(Exception, match="SUCCESSOR_NOT_NAMED"):
        county.li(owed.ReanchorObligation(
            obligation_id=obligation, cause=owed.ReanchorCause.TERM_EXTENDED, to_unit_id=S1))
    assert OFFICE and found(county, obligation).unit_id == S2
