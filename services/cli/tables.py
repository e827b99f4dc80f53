"""Rows as text with columns that stand under each other, Chinese signs counted as two."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """One line of names, one for each row; nothing when there is no row."""
    if not rows:
        return
    names = list(rows[0])
    lines = [names, *([shown(row.get(name)) for name in names] for row in rows)]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(names))]
    for line in lines:
        cells = (word + " " * (width - cell_len(word)) for word, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def shown(value: Any) -> str:
    """A cell as text."""
    if value is None:
        return "-"
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
