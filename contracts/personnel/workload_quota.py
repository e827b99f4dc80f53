"""WorkloadQuota (兼职督学工作量) of one inspector for one year, in days."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, Year

# --- commands ---------------------------------------------------------------------------------


class SetQuota(Command, kw_only=True):
    """核定兼职督学一年的工作量（天）。"""

    roles = BODY
    stream_key = ("inspector_id", "year")
    inspector_id: UUID
    year: Year
    quota: int


# --- events -----------------------------------------------------------------------------------


class WorkloadQuotaSet(Event, kw_only=True):
    """兼职督学的工作量已核定。"""

    inspector_id: UUID
    year: int
    quota: int
