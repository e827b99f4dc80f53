"""DoubleRandomDraw (双随机): registers frozen and committed to, then a seed in public and its result (domain 3.2.5)."""

from typing import Any, NamedTuple
from uuid import UUID

from contracts.scheduling import double_random_draw as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now
from services.chassis.guards import reason_missing
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.scheduling.domain.draw_guards import (
    activity_not_planned,
    contribution_missing,
    dice_too_few,
    earlier_not_abandoned,
    exclusion_unfounded,
    inspector_unknown,
    nobody_left,
    not_drawn,
    not_own_activity,
    nothing_to_draw,
    pool_too_small,
    reason_unfit,
    seed_of_one_hand,
    still_sealed,
    strata_not_fitting,
    weight_unfit,
)
from services.scheduling.domain.drawing import ALGORITHM, commitment_of, drawn, eligible, rankings, seed_of

DRAW = LifeCycle("draw", "双随机抽取", "PREPARED COMMITTED DRAWN REVEALED ABANDONED", (
    row(NEW, said.PrepareDraw, {said.DrawPrepared: "PREPARED"}, who=[not_own_activity],
        when=[activity_not_planned, earlier_not_abandoned, nothing_to_draw, inspector_unknown,
              exclusion_unfounded, strata_not_fitting, weight_unfit, pool_too_small]),
    row("PREPARED", said.CommitDraw, {said.DrawCommitted: "COMMITTED"}, who=[not_own_activity]),
    row("COMMITTED", said.ExecuteDraw, {said.DrawExecuted: "DRAWN"}, who=[not_own_activity],
        when=[contribution_missing, seed_of_one_hand, dice_too_few]),
    row("DRAWN", said.SubstituteDraw, {said.DrawSubstituted: SAME}, who=[not_own_activity],
        when=[not_drawn, reason_unfit, nobody_left]),
    row("DRAWN", said.RevealDraw, {said.DrawRevealed: "REVEALED"}, when=[still_sealed], fills={"revealed_at": now}),
    row("PREPARED, COMMITTED", said.AbandonDraw, {said.DrawAbandoned: "ABANDONED"}, who=[not_own_activity],
        when=[reason_missing]),
))


class Next(NamedTuple):
    """The next of the same seed, and his or her place in the ranking."""

    new_id: UUID
    place: int


class DoubleRandomDraw(Aggregate, kw_only=True):
    """One attempt at drawing for one activity; once there is a seed, there is no other attempt."""

    life_cycles = (DRAW,)
    activity_id: UUID | None = None
    prepared: said.DrawPrepared | None = None
    commitment: str = ""
    seed: str = ""
    units: tuple[UUID, ...] = ()
    inspectors: tuple[UUID, ...] = ()
    substitutes: list[UUID] = []

    @property
    def drawable(self) -> tuple[UUID, ...]:
        """The inspectors the lot may fall on."""
        frozen = self.prepared
        return eligible(frozen.inspector_pool, frozen.exclusions, said.Pool.INSPECTORS) if frozen else ()

    def prepare_draw(self, _: Any, command: Any, facts: Facts) -> said.DrawPrepared:
        """Registers in the order of their ids, so that nobody arranges them; every reason that holds is written."""
        out = {*command.exclusions, *facts["exclusions"]}
        return fill(
            said.DrawPrepared, command, facts, unit_pool=_register(command.unit_pool),
            inspector_pool=_register(command.inspector_pool), weights=command.weights or {},
            exclusions=tuple(sorted(out, key=lambda one: (one.pool.value, str(one.id), one.reason.value))),
        )

    def repeats_prepare_draw(self, command: Any, event: said.DrawPrepared) -> bool:
        """The same registers and rules; what the system left out besides is not the sender's to say."""
        same = all(getattr(command, name) == getattr(event, name)
                   for name in ("activity_id", "attempt", "unit_count", "inspector_count", "strata"))
        pools = (_register(command.unit_pool), _register(command.inspector_pool))
        return (same and pools == (event.unit_pool, event.inspector_pool)
                and (command.weights or {}) == event.weights and set(command.exclusions) <= set(event.exclusions))

    def commit_draw(self, _: Any, command: Any, facts: Facts) -> said.DrawCommitted:
        """Before any seed exists."""
        return fill(said.DrawCommitted, command, facts, algorithm_version=ALGORITHM,
                    commitment=commitment_of(self._frozen()))

    def execute_draw(self, _: Any, command: Any, facts: Facts) -> said.DrawExecuted:
        """Nothing is chosen here: whoever has the records computes the same."""
        seed = seed_of(self.commitment, command.contributions)
        units, inspectors = (drawn(self._frozen(), seed, pool) for pool in said.Pool)
        return fill(said.DrawExecuted, command, facts, seed=seed, units=units, inspectors=inspectors)

    def substitute_draw(self, _: Any, command: Any, facts: Facts) -> said.DrawSubstituted:
        """Whoever the seed names next."""
        found = self.next_after(command.removed_id)
        if found is None:
            raise ValueError("nobody is left")
        return fill(said.DrawSubstituted, command, facts, new_id=found.new_id, index=found.place)

    def next_after(self, removed_id: UUID) -> Next | None:
        """The next index of the stratum in which someone was drawn, or None when it is used up."""
        for pool in said.Pool:
            for ranking in rankings(self._frozen(), self.seed, pool):
                if removed_id in ranking.order:
                    place = ranking.drawn + sum(one in ranking.order for one in self.substitutes)
                    return Next(ranking.order[place], place + 1) if place < len(ranking.order) else None
        return None

    def on_draw_prepared(self, _: Any, event: said.DrawPrepared) -> None:
        """The frozen registers."""
        self.prepared = event

    def on_draw_substituted(self, _: Any, event: said.DrawSubstituted) -> None:
        """In the place of whoever went."""
        self.substitutes.append(event.new_id)
        put = {event.removed_id: event.new_id}
        self.units = tuple(put.get(one, one) for one in self.units)
        self.inspectors = tuple(put.get(one, one) for one in self.inspectors)

    def _frozen(self) -> said.DrawPrepared:
        if self.prepared is None:
            raise ValueError("nothing was prepared")
        return self.prepared


def _register(pool: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return tuple(sorted(set(pool), key=str))
