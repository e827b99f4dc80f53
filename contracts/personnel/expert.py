"""Expert (专家库) of one person: added, lent to another body, returned."""

from datetime import date
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY, Instant

# --- commands ---------------------------------------------------------------------------------


class _OfExpert(Command, kw_only=True):
    stream_key = ("expert_id",)
    expert_id: UUID


class AddExpert(_OfExpert, kw_only=True):
    """把一个人列入专家库，写明所属机构和专长。"""

    roles = BODY
    natural_key = ("person_id",)
    person_id: UUID
    home_body_id: UUID
    fields: tuple[str, ...]


class LendExpert(_OfExpert, kw_only=True):
    """把专家借给另一机构，写明起止日期；不计入借用方人数。"""

    roles = BODY
    host_body_id: UUID
    group_id: UUID | None = None
    from_: date = msgspec.field(name="from")
    to: date


class ReturnExpert(_OfExpert, kw_only=True):
    """专家归还。"""

    roles = BODY


# --- events -----------------------------------------------------------------------------------


class ExpertAdded(Event, kw_only=True):
    """专家已入库。"""

    expert_id: UUID
    person_id: UUID
    home_body_id: UUID
    fields: tuple[str, ...]


class ExpertLent(Event, kw_only=True):
    """专家已借出。"""

    expert_id: UUID
    home_body_id: UUID
    host_body_id: UUID
    group_id: UUID | None = None
    from_: date = msgspec.field(name="from")
    to: date


class ExpertReturned(Event, kw_only=True):
    """专家已归还。"""

    expert_id: UUID
    at: Instant
