"""Past moments as people type them: a casebook number, an instant known, an instant happened."""

from datetime import datetime
from typing import Annotated

import typer

from services.chassis.as_of import Happened, Moment
from services.cli.speaking import Wrong

At = Annotated[str | None, typer.Option("--at", help="截至何时已知：时刻（带时区）或案卷总号；默认现在")]
HappenedBy = Annotated[str | None, typer.Option("--happened", help="截至何时已发生（事后补记的也算）")]


def instant(text: str | None) -> datetime | None:
    """An instant with its offset; raises Wrong ARGUMENT_INVALID."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or found.tzinfo is None):
        raise Wrong("ARGUMENT_INVALID", f"时刻“{text}”应带时区，如 2026-03-02T09:00:00+08:00")
    return found


def moment(at: str | None, happened: str | None = None) -> Moment:
    """The moment meant; both together: what had happened, out of what was known. Raises Wrong ARGUMENT_INVALID."""
    known = int(at) if at and at.isdecimal() else instant(at)
    by = instant(happened)
    return known if by is None else Happened(by, known)
