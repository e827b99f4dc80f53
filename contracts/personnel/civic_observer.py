"""CivicObserver (特约教育督导员、人民教育督察员): may observe and visit, does not inspect."""

from datetime import date
from enum import Enum
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant


class ObserverCategory(Enum):
    """类别：特约教育督导员、人民教育督察员。"""

    SPECIAL_SUPERVISOR = "SPECIAL_SUPERVISOR"
    PEOPLES_INSPECTOR = "PEOPLES_INSPECTOR"


# --- commands ---------------------------------------------------------------------------------


class _OfObserver(Command, kw_only=True):
    stream_key = ("observer_id",)
    observer_id: UUID


class InviteObserver(_OfObserver, kw_only=True):
    """聘请一名观察员，写明类别和起止日期。"""

    roles = BODY
    natural_key = ("person_id", "from_")
    person_id: UUID
    category: ObserverCategory
    from_: date = msgspec.field(name="from")
    to: date


class EndObserver(_OfObserver, kw_only=True):
    """观察员聘请结束。"""

    roles = BODY | SYSTEM


# --- events -----------------------------------------------------------------------------------


class ObserverInvited(Event, kw_only=True):
    """观察员已聘请。"""

    observer_id: UUID
    person_id: UUID
    category: ObserverCategory
    from_: date = msgspec.field(name="from")
    to: date


class ObserverEnded(Event, kw_only=True):
    """观察员聘请已结束。"""

    observer_id: UUID
    at: Instant
