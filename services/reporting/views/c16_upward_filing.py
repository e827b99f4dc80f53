"""C16 上报事项: one row per body and kind of filing: what do we owe the level above?"""

from collections.abc import Iterable

from services.reporting.views.p7_filings import FILINGS, Filing
from services.reporting.views.registers.place import BODIES
from services.reporting.views.rolling import Piece, RollUp, Sources, Sum


def rows(sources: Sources) -> Iterable[Sum]:
    """Annual plans with their work reports, and major matters by kind."""
    bodies = {piece.key: piece for piece in sources.each(BODIES)}
    held: dict[tuple[str, str], list[Piece]] = {}
    for piece in sources.each(FILINGS):
        held.setdefault((piece.page.body, piece.page.kind), []).append(piece)
    for (body, kind), pieces in sorted(held.items()):
        yield _row(body, kind, pieces, bodies.get(body))


def _row(body: str, kind: str, pieces: list[Piece], named: Piece | None) -> Sum:
    pages: list[Filing] = [piece.page for piece in pieces]
    waiting = [page.due_at for page in pages if page.due_at and page.state in ("DUE", "RETURNED")]
    return Sum(f"{body}/{kind}", {
        "body": body, "name": named.page.name if named else "", "kind": kind,
        "due": sum(page.owed for page in pages), "filed": sum(page.filed_at is not None for page in pages),
        "acknowledged": sum(page.state == "ACKNOWLEDGED" for page in pages),
        "returned": sum(page.state == "RETURNED" for page in pages), "late": sum(page.late for page in pages),
        "next_due": min(waiting, default=None), "work_reports": sum(page.work_report for page in pages),
    }, [*pieces, *([named] if named else [])], pages[0].owner_path)


VIEW = RollUp(name="C16", title="上报事项", of=(FILINGS, BODIES), rows=rows)
