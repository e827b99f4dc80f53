"""Reward (督学表彰奖励)."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY


class RewardForm(Enum):
    """形式：表扬、荣誉称号、记功、物质奖励。"""

    COMMENDATION = "COMMENDATION"
    HONOUR = "HONOUR"
    MERIT = "MERIT"
    MATERIAL = "MATERIAL"


# --- commands ---------------------------------------------------------------------------------


class GrantReward(Command, kw_only=True):
    """表彰奖励一名督学，写明形式和事由。"""

    roles = BODY
    stream_key = ("reward_id",)
    reward_id: UUID
    inspector_id: UUID
    form: RewardForm
    reason: str


# --- events -----------------------------------------------------------------------------------


class InspectorRewarded(Event, kw_only=True):
    """督学已获表彰奖励。"""

    reward_id: UUID
    inspector_id: UUID
    form: RewardForm
    reason: str
    granted_by: UUID
