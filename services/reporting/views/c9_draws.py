"""C9 双随机抽取: one row per draw: was the draw fair?

Draws of sealed activities are shown too, but to the bodies above their owner only: a row has no unit path.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.scheduling import double_random_draw as said
from contracts.verify_draw import faults
from services.reporting.views.rolling import ratio
from services.reporting.views.telling import Happening, Happenings, keyed_by, moves, names_of, owned, told_by
from services.reporting.views.view import Cells, Page, View


class Draw(Page, kw_only=True, gc=False):
    """One draw with all that its proof needs; an abandoned one stays."""

    draw: str
    activity: str = ""
    attempt: int = 1
    state: str = "PREPARED"
    pools: tuple[list[str], list[str]] = ([], [])
    asked: tuple[int, int] = (0, 0)
    exclusions: dict[str, str] = {}
    commitment: str | None = None
    algorithm: str | None = None
    seed: str | None = None
    contributions: int = 0
    drawn: tuple[list[str], list[str]] = ([], [])
    committed_first: bool = False
    substitutes: list[tuple[str, str, str, int]] = []
    revealed_at: datetime | None = None
    reproducible: bool | None = None
    records: list[str] = []

    @property
    def sound(self) -> bool | None:
        """Whether the events contradict one another; None before the draw. It is not a recomputation."""
        if self.seed is None:
            return None
        sizes = tuple(map(len, self.drawn)) == self.asked
        inside = all(set(drawn) <= set(pool) - self.exclusions.keys()
                     for drawn, pool in zip(self.drawn, self.pools, strict=True))
        indices = [index for _, _, _, index in self.substitutes]
        return self.committed_first and self.contributions > 0 and sizes and inside and self._replaced(indices)

    def _replaced(self, indices: list[int]) -> bool:
        """Substitutes come from the pools, were not drawn before, and take ever later places of the same seed."""
        there = {name for drawn in self.drawn for name in drawn}
        pool = {name for names in self.pools for name in names} - self.exclusions.keys()
        for removed, _, new, _ in self.substitutes:
            if removed not in there or new in there or new not in pool:
                return False
            there = there - {removed} | {new}
        return indices == sorted(indices) and len(indices) == len(set(indices))


def recomputed(records: list[str]) -> bool:
    """Whether whoever has the records alone comes to the same commitment, seed, result and substitutes."""
    try:
        return not any(wrong for wrong, _ in faults("\n".join([*records, ""])))
    except (KeyError, ValueError, RuntimeError):
        return False


def _noted(happen: Happening) -> Happening:
    """The event is kept as it was said; from the draw on every one is recomputed."""

    def noting(page: Draw, event: Any, letter: Letter) -> None:
        happen(page, event, letter)
        page.records += [f'{{"type":"{letter.name}"}}', letter.record.decode().split("\n")[1]]
        if page.seed is not None:
            page.reproducible = recomputed(page.records)

    return noting


def _texts(ids: tuple[UUID, ...]) -> list[str]:
    return [str(one) for one in ids]


def _prepare(page: Draw, event: said.DrawPrepared, _: Letter) -> None:
    page.activity, page.attempt = str(event.activity_id), event.attempt
    page.pools = (_texts(event.unit_pool), _texts(event.inspector_pool))
    page.asked = (event.unit_count, event.inspector_count)
    page.exclusions = {str(one.id): one.reason.value for one in event.exclusions}


def _commit(page: Draw, event: said.DrawCommitted, _: Letter) -> None:
    page.state, page.commitment, page.algorithm = "COMMITTED", event.commitment, event.algorithm_version


def _execute(page: Draw, event: said.DrawExecuted, _: Letter) -> None:
    page.committed_first = page.state == "COMMITTED"
    page.state, page.seed, page.contributions = "DRAWN", event.seed, len(event.contributions)
    page.drawn = (_texts(event.units), _texts(event.inspectors))


def _substitute(page: Draw, event: said.DrawSubstituted, _: Letter) -> None:
    page.substitutes.append((str(event.removed_id), event.reason.value, str(event.new_id), event.index))


HAPPENINGS: Happenings = {
    said.DrawPrepared: _noted(_prepare),
    said.DrawCommitted: _noted(_commit),
    said.DrawExecuted: _noted(_execute),
    said.DrawSubstituted: _noted(_substitute),
    said.DrawRevealed: moves("REVEALED", revealed_at="revealed_at"),
    said.DrawAbandoned: moves("ABANDONED"),
}


def show(page: Draw, _: datetime) -> Cells:
    """`reproducible` says whether `contracts/verify_draw.py` comes to the same; None before the draw."""
    return {
        "draw": page.draw, "activity": page.activity, "attempt": page.attempt, "state": page.state,
        "unit_pool": len(page.pools[0]), "inspector_pool": len(page.pools[1]),
        "units": page.drawn[0], "inspectors": page.drawn[1], "exclusions": reasons(page),
        "substitutions": len(page.substitutes), "commitment": page.commitment, "algorithm": page.algorithm,
        "seed": page.seed, "sound": page.sound, "reproducible": page.reproducible,
    }


def reasons(page: Draw) -> dict[str, int]:
    """How many were excluded, by reason."""
    return dict(sorted(Counter(page.exclusions.values()).items()))


def substitution_rate(page: Draw) -> dict[str, Any]:
    """Substitutions / drawn."""
    return ratio("substitution_rate", len(page.substitutes), sum(map(len, page.drawn)))


VIEW = View(
    name="C9", title="双随机抽取", fold_version=2, page=Draw, listens=names_of(HAPPENINGS), keys=keyed_by("draw_id"),
    fold=told_by(HAPPENINGS, lambda letter, key: Draw(draw=key, **owned(letter))), show=show, sealed=True,
)
