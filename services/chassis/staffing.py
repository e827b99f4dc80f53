"""How many inspectors an area needs, and how many of them must and may be full-time; exact fractions only."""

from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple


class Band(NamedTuple):
    """Full-time posts: at least `least`, in principle at most `most` (None: no cap). `note` explains a crossed band."""

    least: int
    most: int | None
    feasible: bool
    note: str | None


class Verdict(Enum):
    """What is said about a number of full-time inspectors; only the floor is hard."""

    BELOW_FLOOR = "below-floor"
    WITHIN = "within"
    JUSTIFIED_EXCEEDANCE = "justified-exceedance"
    ABOVE_CAP = "above-cap"


def required(schools: int, ratio: Fraction, large_schools: int = 0, large_ratio: Fraction | None = None) -> int:
    """Inspectors needed for an area: the exact sum over its counted schools, rounded up once and not per school.

    `schools` are those without the large-school ratio; where policy sets none, large schools weigh like the others.
    """
    return ceil(schools * ratio + large_schools * (ratio if large_ratio is None else large_ratio))


def satisfied(inspectors: int, schools: int, ratio: Fraction) -> bool:
    """Whether the inspectors of an area reach the ratio (1:3 with 3 schools and 1 inspector does)."""
    return inspectors >= required(schools, ratio)


def full_time_band(inspectors: int, share_min: Fraction | None, share_max: Fraction | None) -> Band:
    """Whole-number posts between a hard floor and a cap in principle (HN §17: 30 % and one third)."""
    least = ceil(inspectors * (share_min or 0))
    most = None if share_max is None else floor(inspectors * share_max)
    if most is None or least <= most:
        return Band(least, most, True, None)
    note = (f"{inspectors} 名督学时，专职占比不低于 {share_min} 且不高于 {share_max} 没有整数解："
            f"应达到下限 {least} 名，超过“原则上”的上限须记录理由。")
    return Band(least, most, False, note)


def judge_full_time(full_time: int, inspectors: int, share_min: Fraction | None, share_max: Fraction | None) -> Verdict:
    """The verdict on a number; where the band has no whole number, exactly the floor is a justified exceedance."""
    band = full_time_band(inspectors, share_min, share_max)
    if full_time < band.least:
        return Verdict.BELOW_FLOOR
    if band.most is None or full_time <= band.most:
        return Verdict.WITHIN
    exact_floor = not band.feasible and full_time == band.least
    return Verdict.JUSTIFIED_EXCEEDANCE if exact_floor else Verdict.ABOVE_CAP


def unsatisfiable(share_min: Fraction | None, share_max: Fraction | None) -> list[int]:
    """The sizes at which the band has no whole number; none where a bound is missing or the band is a point."""
    if share_min is None or share_max is None or share_max <= share_min:
        return []
    sizes = range(1, ceil(1 / (share_max - share_min)) + 1)
    return [size for size in sizes if not full_time_band(size, share_min, share_max).feasible]
