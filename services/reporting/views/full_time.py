"""Full-time share: who is engaged, how many of them full-time, between which bounds (HN §17, WH §6)."""

from fractions import Fraction
from typing import Any

from services.chassis.staffing import full_time_band, judge_full_time, unsatisfiable
from services.reporting.views.country import Country
from services.reporting.views.registers.policy import Policies
from services.reporting.views.rolling import Piece, ratio

FLOOR, CAP, TREND = "staffing.fullTimeShare.min", "staffing.fullTimeShare.max", "staffing.fullTimeShare.trend"


def text(rate: Fraction | None) -> str | None:
    """A bound as it is written in a policy."""
    return None if rate is None else str(rate)


def share(policies: Policies, place: str, tier: str | None, full_time: int, engaged: int) -> dict[str, Any]:
    """The share with its bounds: only the floor is hard, and where no whole number fits, the floor is lawful."""
    floor, cap = policies.rate(FLOOR, place, tier), policies.rate(CAP, place, tier)
    band = full_time_band(engaged, floor, cap)
    return {
        "full_time": full_time, "engaged": engaged, **ratio("share", full_time, engaged), "floor": text(floor),
        "cap": text(cap), "least": band.least, "most": band.most, "feasible": band.feasible, "note": band.note,
        "verdict": judge_full_time(full_time, engaged, floor, cap).value,
        "unsatisfiable_sizes": unsatisfiable(floor, cap),
    }


def rests_on(country: Country, place: str, tier: str | None, *keys: str) -> list[Piece]:
    """The policy pages that such figures rest on, each once."""
    found = (piece for key in keys for piece in country.policies.pieces(key, place, tier))
    return list({piece.key: piece for piece in found}.values())
