"""What becomes of the problems: dealt like cards, so that every seed has some of each."""

from enum import Enum
from random import Random


class Fate(Enum):
    """How far a problem has come by the last day."""

    WRITTEN_OFF = "销号"
    RETURNED = "退回一次后销号"
    TWICE = "退回两次后销号"
    SUSTAINED = "“回头看”已巩固"
    REBOUNDED = "“回头看”反弹，再次整改"
    FALSE = "“回头看”认定虚假整改"
    ORDER_DONE = "督办后销号"
    UNDER_ORDER = "督办中"
    OVERDUE = "逾期"
    REPORTED = "待核实"
    IN_PROGRESS = "整改中"
    PLANNED = "已列入方案"


QUICK = frozenset({Fate.WRITTEN_OFF, Fate.RETURNED, Fate.TWICE, Fate.SUSTAINED, Fate.REBOUNDED, Fate.FALSE})
"""Rectified in time, and written off with the school's report."""
RETURNS = {Fate.RETURNED: 1, Fate.TWICE: 2}
"""How often an inspector sends the school back to work."""
LATE = frozenset({Fate.ORDER_DONE, Fate.UNDER_ORDER, Fate.OVERDUE})
"""Nothing happens before the deadline is past."""
ORDERED = frozenset({Fate.ORDER_DONE, Fate.UNDER_ORDER})
LOOKED_AT = frozenset({Fate.SUSTAINED, Fate.REBOUNDED, Fate.FALSE})

SPRING = {
    Fate.WRITTEN_OFF: 13, Fate.RETURNED: 1, Fate.SUSTAINED: 6, Fate.REBOUNDED: 1, Fate.FALSE: 1,
    Fate.ORDER_DONE: 4, Fate.OVERDUE: 2,
}
AUTUMN = {
    Fate.PLANNED: 3, Fate.IN_PROGRESS: 2, Fate.REPORTED: 1, Fate.UNDER_ORDER: 3, Fate.OVERDUE: 3,
}


def deck(cards: dict[Fate, int], rng: Random) -> list[Fate]:
    """The cards in the order in which they will be drawn."""
    dealt = [fate for fate, count in cards.items() for _ in range(count)]
    rng.shuffle(dealt)
    return dealt


def shares(total: int, parts: int, least: int, rng: Random) -> list[int]:
    """A total in parts of at least `least`, unevenly."""
    counts = [least] * parts
    for _ in range(total - least * parts):
        counts[rng.randrange(parts)] += 1
    return counts
