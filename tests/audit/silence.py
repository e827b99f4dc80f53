"""A sender that gives nothing, for audits that have everything already."""

from collections.abc import Sequence

from contracts.letter import Letter


def silent(sender: str, after: int) -> Sequence[Letter]:
    """No letters."""
    return []
