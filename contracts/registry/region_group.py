"""RegionGroup (协作组): places that lend each other inspectors and experts."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import REGISTRAR

# --- commands ---------------------------------------------------------------------------------


class FormRegionGroup(Command, kw_only=True):
    """组成一个地区协作组。"""

    roles = REGISTRAR
    stream_key = ("group_id",)
    group_id: UUID
    members: tuple[str, ...]
    name: str | None = None


# --- events -----------------------------------------------------------------------------------


class RegionGroupFormed(Event, kw_only=True):
    """地区协作组已组成；成员为行政区代码。"""

    group_id: UUID
    members: tuple[str, ...]
    name: str | None = None
