"""LinkageCase (督导与审批、处罚、执法联动): references to facts, never copies of files."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, SYSTEM


class LinkageDirection(Enum):
    """方向：督导机构提供、执法部门提供。"""

    TO_ENFORCEMENT = "TO_ENFORCEMENT"
    FROM_ENFORCEMENT = "FROM_ENFORCEMENT"


# --- commands ---------------------------------------------------------------------------------


class _OfLinkage(Command, kw_only=True):
    stream_key = ("linkage_id",)
    linkage_id: UUID


class OpenLinkage(_OfLinkage, kw_only=True):
    """就一个问责案与执法部门建立联动；每案每部门一次。"""

    roles = BODY | SYSTEM
    natural_key = ("accountability_case_id", "enforcement_body_id")
    accountability_case_id: UUID
    enforcement_body_id: UUID


class ExchangeFact(_OfLinkage, kw_only=True):
    """交换一项事实，只记其摘要值和方向。"""

    roles = BODY | DEPARTMENT
    fact_hash: str
    direction: LinkageDirection


class CloseLinkage(_OfLinkage, kw_only=True):
    """联动结束，写明结果。"""

    roles = BODY
    outcome: str


# --- events -----------------------------------------------------------------------------------


class LinkageOpened(Event, kw_only=True):
    """联动已建立。"""

    linkage_id: UUID
    accountability_case_id: UUID
    enforcement_body_id: UUID


class LinkageFactExchanged(Event, kw_only=True):
    """一项事实已交换。"""

    linkage_id: UUID
    fact_hash: str
    direction: LinkageDirection


class LinkageClosed(Event, kw_only=True):
    """联动已结束。"""

    linkage_id: UUID
    outcome: str
