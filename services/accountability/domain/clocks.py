"""The clocks of accountability: a period that policy sets, as the fields of the event that starts it."""

from typing import Any

from services.chassis.facts import Facts


def clock(facts: Facts, key: str, field: str = "due_at") -> dict[str, Any]:
    """When it ends, in which calendar, provisional or not; nothing where no level sets a period."""
    if facts.policy.get(key) is None:
        return {}
    due = facts.due(key)
    return {field: due.due_at, "calendar": due.calendar, "provisional": due.provisional}
