"""P9 抽取审计: one row per draw, as C9 has it: is randomness honest?"""

from collections.abc import Iterable, Sequence

from services.reporting.views.c9_draws import VIEW as DRAWS
from services.reporting.views.c9_draws import Draw, reasons, substitution_rate
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum, beside


def rows(sources: Sources) -> Iterable[Sum]:
    """Beside each draw, how often its activity was drawn for: an abandoned attempt never vanishes."""
    attempts: dict[str, list[Piece]] = {}
    for piece in sources.each(DRAWS):
        attempts.setdefault(piece.page.activity, []).append(piece)
    for piece in sources.each(DRAWS):
        yield _row(piece, attempts[piece.page.activity])


def _row(piece: Piece, attempts: Sequence[Piece]) -> Sum:
    draw: Draw = piece.page
    spun = [other for other in attempts if other.page.seed is not None]
    return beside(piece, {
        "draw": draw.draw, "activity": draw.activity, "state": draw.state, "attempt": draw.attempt,
        "attempts": len(attempts), "abandoned": sum(other.page.state == "ABANDONED" for other in attempts),
        "spun_twice": len(spun) > 1, "committed_first": draw.committed_first if draw.seed is not None else None,
        "commitment": draw.commitment, "algorithm": draw.algorithm, "seed": draw.seed, "sound": draw.sound,
        "reproducible": draw.reproducible, "substitutions": len(draw.substitutes), **substitution_rate(draw),
        "pool": len(draw.pools[0]) + len(draw.pools[1]), "excluded": len(draw.exclusions),
        "exclusions": reasons(draw), "substitution_reasons": sorted({reason for _, reason, _, _ in draw.substitutes}),
    }, *(other for other in attempts if other.key != piece.key))


VIEW = RollUp(name="P9", title="抽取审计", of=(DRAWS,), rows=rows)
