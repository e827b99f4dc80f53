"""ResponsibilityArea (督学责任区): schools of one body, each in exactly one area, and their inspectors."""

from datetime import date
from enum import Enum
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY


class PostingMode(Enum):
    """方式：到访、常驻。"""

    VISITING = "VISITING"
    RESIDENT = "RESIDENT"


# --- commands ---------------------------------------------------------------------------------


class _OfArea(Command, kw_only=True):
    stream_key = ("area_id",)
    area_id: UUID


class EstablishArea(_OfArea, kw_only=True):
    """划定一个督学责任区，列出学校和督学。"""

    roles = BODY
    body_id: UUID
    schools: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]


class AdjustArea(_OfArea, kw_only=True):
    """调整责任区的学校，写明理由。"""

    roles = BODY
    added: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()
    reason: str


class PostInspector(_OfArea, kw_only=True):
    """派督学到责任区，写明方式和起止日期。"""

    roles = BODY
    inspector_id: UUID
    mode: PostingMode
    from_: date = msgspec.field(name="from")
    to: date | None = None


class DissolveArea(_OfArea, kw_only=True):
    """撤销责任区，学校已划入其他责任区。"""

    roles = BODY
    successors: tuple[UUID, ...]


# --- events -----------------------------------------------------------------------------------


class AreaEstablished(Event, kw_only=True):
    """督学责任区已划定。"""

    area_id: UUID
    body_id: UUID
    schools: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]


class AreaAdjusted(Event, kw_only=True):
    """督学责任区已调整。"""

    area_id: UUID
    added: tuple[UUID, ...]
    removed: tuple[UUID, ...]
    reason: str


class InspectorPosted(Event, kw_only=True):
    """督学已派到责任区。"""

    area_id: UUID
    inspector_id: UUID
    mode: PostingMode
    from_: date = msgspec.field(name="from")
    to: date | None = None


class AreaDissolved(Event, kw_only=True):
    """督学责任区已撤销。"""

    area_id: UUID
    successors: tuple[UUID, ...]
