"""WorkloadStatement (督导工作量证明) of one inspector for one year, from closed activities only."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, Year

# --- commands ---------------------------------------------------------------------------------


class CertifyWorkload(Command, kw_only=True):
    """出具督学一年的工作量证明；数字由系统从已结束的督导活动取得。"""

    roles = BODY
    stream_key = ("inspector_id", "year")
    inspector_id: UUID
    year: Year


# --- events -----------------------------------------------------------------------------------


class WorkloadCertified(Event, kw_only=True):
    """工作量证明已出具；当地规定含成果的，一并写明成果。"""

    inspector_id: UUID
    year: int
    activities: int
    hours: int
    results: dict[str, int]
    covers_results: bool
