"""Committee (教育督导委员会): its seats belong to posts; persons come and go."""

from datetime import date
from enum import Enum
from uuid import UUID

import msgspec

from contracts.record import Command, Event
from contracts.values import BODY, Instant, Value


class SeatRole(Enum):
    """席位：主任、副主任、委员。"""

    DIRECTOR = "DIRECTOR"
    DEPUTY_DIRECTOR = "DEPUTY_DIRECTOR"
    MEMBER = "MEMBER"


class Seat(Value, kw_only=True):
    """A seat of the committee: the post it belongs to, and the member unit that post is in."""

    seat_id: UUID
    post: str
    role: SeatRole
    member_unit_id: UUID | None = None


# --- commands ---------------------------------------------------------------------------------


class FormCommittee(Command, kw_only=True):
    """组成一个督导机构的督导委员会，按职务列出席位。"""

    roles = BODY
    stream_key = ("committee_id",)
    natural_key = ("body_id",)
    committee_id: UUID
    body_id: UUID
    seats: tuple[Seat, ...]


class OccupySeat(Command, kw_only=True):
    """一个人因职务就任一个席位。"""

    roles = BODY
    entity_key = "seat_id"
    seat_id: UUID
    person_id: UUID
    from_: date = msgspec.field(name="from")


class VacateSeat(Command, kw_only=True):
    """一个人离任，席位空出。"""

    roles = BODY
    entity_key = "seat_id"
    seat_id: UUID


# --- events -----------------------------------------------------------------------------------


class CommitteeFormed(Event, kw_only=True):
    """督导委员会已组成。"""

    committee_id: UUID
    body_id: UUID
    seats: tuple[Seat, ...]


class SeatOccupied(Event, kw_only=True):
    """席位已就任。"""

    seat_id: UUID
    person_id: UUID
    from_: date = msgspec.field(name="from")


class SeatVacated(Event, kw_only=True):
    """席位已空出；写明离任的人。"""

    seat_id: UUID
    person_id: UUID
    at: Instant
