"""CareerExchange (双向交流) between inspectors' and school managers' posts; one stream per person and school."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, Instant

# --- commands ---------------------------------------------------------------------------------


class RecordExchange(Command, kw_only=True):
    """登记一次双向交流；自此对原任职学校应当回避。"""

    roles = BODY
    stream_key = ("person_id", "school_id")
    person_id: UUID
    from_post: str
    to_post: str
    school_id: UUID
    at: Instant


# --- events -----------------------------------------------------------------------------------


class CareerExchangeRecorded(Event, kw_only=True):
    """双向交流已登记。"""

    person_id: UUID
    from_post: str
    to_post: str
    school_id: UUID
    at: Instant
