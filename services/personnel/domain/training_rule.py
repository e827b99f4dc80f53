"""Whether a year's training is enough: which kinds of hours count is a rule of the place (section 5, row 36)."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from contracts.personnel.training_year import TrainingKind
from services.chassis.facts import Facts
from services.personnel.domain.guards import rule_of

MONTHS = 12


def required_hours(facts: Facts) -> int | None:
    """Hours asked for in the year; where policy pro-rates, the months from the engagement on count."""
    hours: int | None = facts.policy.get("training.minHoursPerYear")
    engaged = facts.get("engaged_on")
    if hours is None or engaged is None or not facts.policy.get("training.proRata"):
        return hours
    return ceil(hours * Fraction(MONTHS + 1 - engaged.month, MONTHS))


def counted(by_kind: Mapping[TrainingKind, int], facts: Facts) -> int:
    """Concentrated hours; online ones too where policy says so. Self-study and pre-service never are."""
    online = by_kind[TrainingKind.ONLINE] if facts.policy.get("training.onlineCountsAsConcentrated") else 0
    return by_kind[TrainingKind.CONCENTRATED] + online


def satisfied(required: int | None, by_kind: Mapping[TrainingKind, int], facts: Facts) -> bool:
    """Against concentrated hours where policy names that kind, else against all; nothing asked is satisfied."""
    concentrated = facts.policy.get("training.hoursKind") == TrainingKind.CONCENTRATED.value
    reached = counted(by_kind, facts) if concentrated else sum(by_kind.values())
    return required is None or reached >= required


def rule_of_year(facts: Facts) -> str:
    """The values applied, for whoever reads the result."""
    return rule_of(facts, "training.minHoursPerYear", "training.hoursKind", "training.onlineCountsAsConcentrated")
