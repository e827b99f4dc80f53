"""The numbered rows of "what is easily missed"; each has a scenario or a test of its own that bears its number."""

import re
from pathlib import Path

ROWS = (
    1, 2, 5, 8, 9, 10, 14, 15, 16, 18, 19, 23, 24, 27, 28, 29, 30, 32, 33, 36, 37, 38, 39, 42, 43, 46, 49, 53, 56, 57,
    58, 61, 63, 65,
)
"""As the requirements number them; .ci/conformance holds this against them."""
HERE = Path(__file__).parent
NAMED = ((HERE, "test_row_*.py"), (HERE.parent / "journeys" / "easily_missed", "row_*.yaml"))


def covered() -> set[int]:
    """The numbers that files bear."""
    names = [path.name for folder, pattern in NAMED for path in folder.glob(pattern)]
    return {int(found[1]) for name in names if (found := re.search(r"row_(\d+)", name))}
