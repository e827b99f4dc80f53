"""Incentive (激励、表彰) of a unit or person whose results are excellent."""

from datetime import date
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant


class IncentiveForm(Enum):
    """激励方式：表彰、政策支持、资源倾斜、干部考察参考。"""

    COMMENDATION = "COMMENDATION"
    POLICY_SUPPORT = "POLICY_SUPPORT"
    RESOURCE_PRIORITY = "RESOURCE_PRIORITY"
    CADRE_CONSIDERATION = "CADRE_CONSIDERATION"


# --- commands ---------------------------------------------------------------------------------


class _OfIncentive(Command, kw_only=True):
    stream_key = ("incentive_id",)
    incentive_id: UUID


class ProposeIncentive(_OfIncentive, kw_only=True):
    """提出激励一个单位或个人，列出所依据的结果。"""

    roles = BODY
    subject_id: UUID
    form: IncentiveForm
    basis_ids: tuple[UUID, ...]


class PublicizeIncentive(_OfIncentive, kw_only=True):
    """公示拟激励对象，写明公示截止日。"""

    roles = BODY
    until: date


class GrantIncentive(_OfIncentive, kw_only=True):
    """给予激励。"""

    roles = BODY


class RevokeIncentive(_OfIncentive, kw_only=True):
    """因虚假整改或结果被推翻，撤销激励，写明理由。"""

    roles = BODY | SYSTEM
    reason: str


# --- events -----------------------------------------------------------------------------------


class IncentiveProposed(Event, kw_only=True):
    """激励已提出。"""

    incentive_id: UUID
    subject_id: UUID
    form: IncentiveForm
    basis_ids: tuple[UUID, ...]


class IncentivePublicised(Event, kw_only=True):
    """拟激励对象已公示。"""

    incentive_id: UUID
    until: date


class IncentiveGranted(Event, kw_only=True):
    """激励已给予。"""

    incentive_id: UUID
    granted_by: UUID
    at: Instant


class IncentiveRevoked(Event, kw_only=True):
    """激励已撤销。"""

    incentive_id: UUID
    reason: str
