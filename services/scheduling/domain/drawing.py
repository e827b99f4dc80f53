"""The draw itself: from frozen registers, rules and a seed always the same result, and no other source of chance.

Written so that it can be written again by anyone: `contracts/verify_draw.py` is a second program that knows nothing
of this one. A ticket is SHA-256 of `seed/POOL/stratum/counter`, read as one number; tickets beyond the last whole
multiple of the sum of the weights are thrown away, so that no name has the better chance. Whoever is hit leaves the
urn. The order in which a stratum's names are hit is its ranking: the first are drawn, the next is the substitute.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from contracts.record import encode
from contracts.scheduling.double_random_draw import DrawPrepared, Exclusion, Pool, SeedContribution, Stratum

ALGORITHM = "dudao-draw/1"
SPACE = 2**256


class Ranking(NamedTuple):
    """A stratum's names in the order in which they are hit."""

    order: tuple[UUID, ...]
    drawn: int


def commitment_of(prepared: DrawPrepared) -> str:
    """SHA-256 over registers, exclusions, strata, weights, counts and algorithm, as JSON with sorted keys."""
    return _digest({"algorithm": ALGORITHM, **json.loads(encode(prepared))})


def seed_of(commitment: str, contributions: Iterable[SeedContribution]) -> str:
    """SHA-256 over the commitment and what every party put in, in the order in which they did."""
    return _digest({"commitment": commitment, "contributions": json.loads(encode(tuple(contributions)))})


def tickets(seed: str, label: str) -> Iterator[int]:
    """Numbers below 2^256 without end, each from the seed, the label and a counter that begins with 1."""
    counter = 0
    while True:
        counter += 1
        yield int.from_bytes(sha256(f"{seed}/{label}/{counter}".encode()).digest(), "big")


def below(limit: int, numbers: Iterator[int]) -> int:
    """The next number from 0 to limit - 1, every one as likely as the other."""
    fair = SPACE - SPACE % limit
    return next(number for number in numbers if number < fair) % limit


def ranked(seed: str, label: str, members: Sequence[UUID], weights: Mapping[UUID, int]) -> tuple[UUID, ...]:
    """All members in the order in which they are hit; a weight of 2 is twice as likely to be next as a weight of 1."""
    numbers, urn, order = tickets(seed, label), sorted(members, key=str), []
    while urn:
        place = below(sum(weights.get(one, 1) for one in urn), numbers)
        for one in urn:
            place -= weights.get(one, 1)
            if place < 0:
                break
        urn.remove(one)
        order.append(one)
    return tuple(order)


def eligible(members: Iterable[UUID], exclusions: Iterable[Exclusion], pool: Pool) -> tuple[UUID, ...]:
    """Who is left of a register."""
    out = {exclusion.id for exclusion in exclusions if exclusion.pool is pool}
    return tuple(one for one in members if one not in out)


def strata_of(prepared: DrawPrepared, pool: Pool) -> list[Stratum]:
    """The pool's strata, or the whole pool as one without a name."""
    units = pool is Pool.UNITS
    members = prepared.unit_pool if units else prepared.inspector_pool
    count = prepared.unit_count if units else prepared.inspector_count
    named = [stratum for stratum in prepared.strata if stratum.pool is pool]
    return named or [Stratum(name="", pool=pool, members=members, count=count)]


def rankings(prepared: DrawPrepared, seed: str, pool: Pool) -> list[Ranking]:
    """The ranking of every stratum of a pool."""
    return [
        Ranking(ranked(seed, f"{pool.value}/{stratum.name}", left, prepared.weights), stratum.count)
        for stratum in strata_of(prepared, pool)
        for left in [eligible(stratum.members, prepared.exclusions, pool)]
    ]


def drawn(prepared: DrawPrepared, seed: str, pool: Pool) -> tuple[UUID, ...]:
    """Whom the lot fell on, stratum by stratum."""
    return tuple(one for ranking in rankings(prepared, seed, pool) for one in ranking.order[: ranking.drawn])


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
