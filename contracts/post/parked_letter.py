"""ParkedLetter (搁置的信件): one letter that one listener could not obey, given up by two persons.

The facts stand in the log of the listener, beside the parking record that they end; `listener` says whose it is.
"""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import Instant, Role

# --- commands ---------------------------------------------------------------------------------


class _OfLetter(Command, kw_only=True):
    stream_key = ("listener", "sender", "position")
    listener: str
    sender: str
    position: int


class RequestDiscard(_OfLetter, kw_only=True):
    """请求作废一封搁置的信件。"""

    roles = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})
    reason: str


class ConfirmDiscard(_OfLetter, kw_only=True):
    """由另一人确认作废一封搁置的信件。"""

    roles = frozenset({Role.SECURITY_ADMINISTRATOR})


# --- events -----------------------------------------------------------------------------------


class DiscardRequested(Event, kw_only=True):
    """已请求作废一封搁置的信件，待另一人确认。"""

    listener: str
    sender: str
    position: int
    event_name: str
    record_hash: str
    parked_because: str
    reason: str
    requested_by_id: UUID
    requested_at: Instant


class LetterDiscarded(Event, kw_only=True):
    """搁置的信件已经另一人确认作废。"""

    listener: str
    sender: str
    position: int
    event_name: str
    record_hash: str
    parked_because: str
    reason: str
    requested_by_id: UUID
    requested_at: Instant
