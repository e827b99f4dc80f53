"""AnnualBulletin (年度自评公报) of one body for one year, over the self-assessments it accepted."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, Year

# --- commands ---------------------------------------------------------------------------------


class PublishBulletin(Command, kw_only=True):
    """汇总已接受的自评，发布年度自评公报；每个机构每年一份。"""

    roles = BODY
    stream_key = ("bulletin_id",)
    natural_key = ("body_id", "year")
    bulletin_id: UUID
    body_id: UUID
    assessment_ids: tuple[UUID, ...]
    year: Year
    url: str


# --- events -----------------------------------------------------------------------------------


class BulletinPublished(Event, kw_only=True):
    """年度自评公报已发布。"""

    bulletin_id: UUID
    body_id: UUID
    assessment_ids: tuple[UUID, ...]
    year: int
    url: str
