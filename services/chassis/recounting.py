"""Recounting: a deadline of a record, counted again under the very rule that the record's head names."""

from datetime import datetime
from typing import Any

from contracts.record import Head
from contracts.values import CalendarKind
from services.chassis.application import ServiceApplication
from services.chassis.calendar import Due


def final_due(app: ServiceApplication, head: Head, key: str, since: datetime | None = None) -> Due | None:
    """When policy `key`, as quoted in `head`, ends from `since` (else from when it happened); None while provisional.

    None also where the head quotes no value for the key: then nothing was counted.
    """
    digest = next((ref.digest for ref in head.policy_refs if ref.key == key), None)
    value: Any = app.reference.policies.recorded(digest) if digest else None
    if value is None:
        return None
    kind = CalendarKind(value.v["calendar"])
    due = app.reference.calendar.due(since or head.occurred_at, int(value.v["amount"]), kind)
    return None if due.provisional else due
