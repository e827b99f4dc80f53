"""What a policy key may hold, and when a lower level's value is looser than an upper level's."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Literal

from contracts.values import Value
from services.chassis.policy_values import fraction

Direction = Literal["minimum", "maximum", "superset", "subset", "ordered", "same", "byField", "rate", "free"]

RATE = {"FIVE_YEARS": Fraction(1, 5), "THREE_TO_FIVE_YEARS": Fraction(1, 5), "SCHOOL_YEAR": Fraction(1),
        "CALENDAR_YEAR": Fraction(1), "TERM": Fraction(2), "MONTH": Fraction(10)}
"""Times a year; a school year has two terms and ten months. Other anchors can be compared with themselves only."""


class KeySpec(Value, kw_only=True):
    """A key's type, its direction, its Chinese name, and the words or fields that its values are made of."""

    label: str
    type: str
    direction: Direction = "free"
    words: tuple[str, ...] = ()
    fields: dict[str, "KeySpec"] = {}


def valid(spec: KeySpec, v: Any) -> bool:
    """Whether the value has the key's type and uses only its words."""
    return VALID[spec.type](spec, v)


def _is_fraction(_: KeySpec, v: Any) -> bool:
    try:
        return fraction(v) >= 0 and bool(re.fullmatch(r"\d{1,6}(/\d{1,6})?", str(v)))
    except (TypeError, ValueError, ZeroDivisionError):
        return False


def _is_set(spec: KeySpec, v: Any) -> bool:
    if not isinstance(v, list | tuple) or not all(isinstance(word, str) for word in v):
        return False
    return len(set(v)) == len(v) and set(v) <= set(spec.words)


def _is_record(spec: KeySpec, v: Any) -> bool:
    return isinstance(v, dict) and bool(v) and all(
        name in spec.fields and valid(spec.fields[name], part) for name, part in v.items())


def _is_responsible(_: KeySpec, v: Any) -> bool:
    """Clause by clause the unit named first, which leads, and the others in the order of the text."""
    return isinstance(v, dict) and bool(v) and all(map(_names_units, v.values()))


def _names_units(said: Any) -> bool:
    if not isinstance(said, dict) or not said.keys() <= {"lead", "with"}:
        return False
    others = said.get("with", ())
    names = (said.get("lead"), *others) if isinstance(others, list | tuple) else ()
    return bool(names) and all(isinstance(name, str) and name.strip() for name in names) and len({*names}) == len(names)


VALID: Mapping[str, Callable[[KeySpec, Any], bool]] = {
    "fraction": _is_fraction,
    "integer": lambda _, v: type(v) is int and v >= 0,
    "boolean": lambda _, v: isinstance(v, bool),
    "text": lambda _, v: isinstance(v, str) and 0 < len(v) <= 200,
    "enum": lambda spec, v: isinstance(v, str) and v in spec.words,
    "set": _is_set,
    "monthDay": lambda _, v: isinstance(v, str) and bool(re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", v)),
    "record": _is_record,
    "responsible": _is_responsible,
}


def loosens(spec: KeySpec, upper: Any, lower: Any) -> bool:
    """Whether `lower` asks for less than `upper`; what cannot be compared counts as looser, `free` never does."""
    return LOOSER[spec.direction](spec, upper, lower)


def _amount(spec: KeySpec, v: Any) -> Any:
    return fraction(v) if spec.type == "fraction" else v


def _by_field(spec: KeySpec, upper: Any, lower: Any) -> bool:
    for name, part in spec.fields.items():
        if name not in upper or part.direction == "free":
            continue
        if name not in lower or loosens(part, upper[name], lower[name]):
            return True
    return False


def _by_rate(_: KeySpec, upper: Any, lower: Any) -> bool:
    above, below = (value.get("count", value.get("min", 1)) for value in (upper, lower))
    if upper.get("anchor") == lower.get("anchor"):
        return bool(below < above)
    rates = [RATE.get(value.get("anchor", "")) for value in (upper, lower)]
    if rates[0] is None or rates[1] is None:
        return True
    return bool(below * rates[1] < above * rates[0])


LOOSER: Mapping[Direction, Callable[[KeySpec, Any, Any], bool]] = {
    "minimum": lambda spec, upper, lower: bool(_amount(spec, lower) < _amount(spec, upper)),
    "maximum": lambda spec, upper, lower: bool(_amount(spec, lower) > _amount(spec, upper)),
    "superset": lambda _, upper, lower: not set(upper) <= set(lower),
    "subset": lambda _, upper, lower: not set(lower) <= set(upper),
    "ordered": lambda spec, upper, lower: spec.words.index(lower) < spec.words.index(upper),
    "same": lambda _, upper, lower: bool(upper != lower),
    "byField": _by_field,
    "rate": _by_rate,
    "free": lambda _, upper, lower: False,
}
