"""Jurisdiction (行政区、功能区): a place with a code; one stream per code."""

from datetime import date
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


class _OfJurisdiction(Command, kw_only=True):
    roles = REGISTRAR
    stream_key = ("jurisdiction_id",)
    natural_key = ("code",)
    jurisdiction_id: UUID
    code: str


class RegisterJurisdiction(_OfJurisdiction, kw_only=True):
    """登记一个行政区或功能区；不写生效日期的，登记以前即已存在。"""

    name: str
    kind: JurisdictionKind
    parent_code: str | None = None
    valid_from: date | None = None


class RenameJurisdiction(_OfJurisdiction, kw_only=True):
    """变更行政区名称，代码不变。"""

    name: str
    valid_from: date


class MoveJurisdiction(_OfJurisdiction, kw_only=True):
    """变更行政区的上级，代码不变。"""

    parent_code: str
    valid_from: date


class CloseJurisdiction(_OfJurisdiction, kw_only=True):
    """撤销行政区，写明承继的行政区。"""

    successor_codes: tuple[str, ...] = ()
    valid_from: date


# --- events -----------------------------------------------------------------------------------


class JurisdictionRegistered(Event, kw_only=True):
    """行政区或功能区已登记。"""

    jurisdiction_id: UUID
    code: str
    name: str
    kind: JurisdictionKind
    parent_code: str | None = None
    valid_from: date | None = None


class JurisdictionRenamed(Event, kw_only=True):
    """行政区名称已变更。"""

    jurisdiction_id: UUID
    code: str
    name: str
    valid_from: date


class JurisdictionMoved(Event, kw_only=True):
    """行政区的上级已变更。"""

    jurisdiction_id: UUID
    code: str
    parent_code: str
    valid_from: date


class JurisdictionClosed(Event, kw_only=True):
    """行政区已撤销；写明承继的行政区。"""

    jurisdiction_id: UUID
    code: str
    successor_codes: tuple[str, ...] = ()
    valid_from: date
