"""Compares the numbered rows of what is easily missed with those that have a test or a story of their own."""

import re
from collections.abc import Iterator

from tests.easily_missed.rows import ROWS


def compare_rows(domain: str) -> Iterator[str]:
    """Numbered rows of section 5 ("what is easily missed") that our tests do not list, and listed ones it lacks."""
    section = domain.partition("\n## 5. ")[2].partition("\n## ")[0]
    asked = {int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)}
    yield from (f"easily missed | row {number} | missing" for number in sorted(asked - set(ROWS)))
    yield from (f"easily missed | row {number} | added" for number in sorted(set(ROWS) - asked))
