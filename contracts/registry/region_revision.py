"""RegionRevision (区划版本): one dated edition of the region codes, and what it was taken from."""

from datetime import date
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import REGISTRAR

# --- commands ---------------------------------------------------------------------------------


class PublishRegionRevision(Command, kw_only=True):
    """公布一个区划版本：所含的行政区均已登记。"""

    roles = REGISTRAR
    stream_key = ("revision_id",)
    natural_key = ("revision",)
    revision_id: UUID
    revision: str
    valid_from: date
    source: str
    digest: str
    count: int


# --- events -----------------------------------------------------------------------------------


class RegionRevisionPublished(Event, kw_only=True):
    """区划版本已公布；写明来源、摘要和行政区个数。"""

    revision_id: UUID
    revision: str
    valid_from: date
    source: str
    digest: str
    count: int
