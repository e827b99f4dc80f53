"""Jurisdiction (行政区、功能区): a place with a code; one stream per code."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import REGISTRAR


class JurisdictionKind(Enum):
    """种类：省、直辖市、地级市、县、区、功能区、乡镇街道。"""

    PROVINCE = "PROVINCE"
    MUNICIPALITY = "MUNICIPALITY"
    PREFECTURE = "PREFECTURE"
    COUNTY = "COUNTY"
    DISTRICT = "DISTRICT"
    FUNCTIONAL_ZONE = "FUNCTIONAL_ZONE"
    TOWNSHIP = "TOWNSHIP"


# --- commands ---------------------------------------------------------------------------------


class RegisterJurisdiction(Command, kw_only=True):
    """登记一个行政区或功能区。"""

    roles = REGISTRAR
    stream_key = ("jurisdiction_id",)
    natural_key = ("code",)
    jurisdiction_id: UUID
    code: str
    name: str
    kind: JurisdictionKind
    parent_code: str | None = None


# --- events -----------------------------------------------------------------------------------


class JurisdictionRegistered(Event, kw_only=True):
    """行政区或功能区已登记。"""

    jurisdiction_id: UUID
    code: str
    name: str
    kind: JurisdictionKind
    parent_code: str | None = None
