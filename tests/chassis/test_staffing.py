"""Staffing is computed in exact fractions, rounded up once, and never calls a lawful team impossible."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.staffing import Verdict, full_time_band, judge_full_time, required, satisfied

HUNAN, BEIJING = Fraction("1/5"), Fraction("1/3")
FLOOR, CAP = Fraction("3/10"), Fraction("1/3")


def test_five_schools_and_one_inspector_satisfy_hunan():
    assert required(5, HUNAN) == 1
    assert satisfied(1, 5, HUNAN)


def test_five_schools_need_two_inspectors_in_beijing():
    assert required(5, BEIJING) == 2
    assert not satisfied(1, 5, BEIJING)


def test_four_schools_need_one_inspector_in_hunan():
    assert required(4, HUNAN) == 1


def test_three_schools_and_one_inspector_satisfy_beijing_because_a_third_is_a_third():
    assert satisfied(1, 3, BEIJING)


def test_large_schools_weigh_one_each_in_beijing():
    assert required(3, BEIJING, large_schools=2, large_ratio=Fraction("1/1")) == 3


def test_large_schools_weigh_like_others_where_no_ratio_is_set():
    assert required(3, HUNAN, large_schools=2) == 1


def test_an_area_without_schools_needs_nobody():
    assert required(0, HUNAN) == 0


@given(st.integers(0, 100_000), st.integers(0, 1_000))
def test_rounding_happens_once_over_the_sum(schools, large):
    exact = schools * BEIJING + large
    assert 0 <= required(schools, BEIJING, large, Fraction(1)) - exact < 1


def test_the_band_of_hunan_has_no_whole_number_for_exactly_these_sizes():
    assert [n for n in range(1, 500) if not full_time_band(n, FLOOR, CAP).feasible] == [1, 2, 4, 5, 7, 8, 11, 14, 17]


def test_an_impossible_band_names_the_floor_in_a_chinese_sentence():
    band = full_time_band(4, FLOOR, CAP)
    assert (band.least, band.most) == (2, 1)
    assert band.note == ("4 名督学时，专职占比不低于 3/10 且不高于 1/3 没有整数解："
                         "应达到下限 2 名，超过“原则上”的上限须记录理由。")


@pytest.mark.parametrize(("full_time", "inspectors", "verdict"), [
    (1, 4, Verdict.BELOW_FLOOR), (2, 4, Verdict.JUSTIFIED_EXCEEDANCE), (3, 4, Verdict.ABOVE_CAP),
    (1, 3, Verdict.WITHIN), (2, 3, Verdict.ABOVE_CAP), (6, 18, Verdict.WITHIN), (5, 18, Verdict.BELOW_FLOOR)])
def test_only_the_floor_is_hard(full_time, inspectors, verdict):
    assert judge_full_time(full_time, inspectors, FLOOR, CAP) is verdict


def test_weihai_has_a_floor_and_no_cap():
    assert judge_full_time(10, 10, FLOOR, None) is Verdict.WITHIN
    assert judge_full_time(2, 10, FLOOR, None) is Verdict.BELOW_FLOOR


def test_beijing_leaves_the_share_to_its_districts():
    assert judge_full_time(0, 10, None, None) is Verdict.WITHIN
