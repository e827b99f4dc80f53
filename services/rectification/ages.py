"""How old a problem is: a unit that takes one over takes over its age (P12)."""

from typing import Any

from contracts.rectification.problem_ledger import ItemRegistered
from services.chassis.facts import Facts
from services.rectification.gathering import App, Given


def when_registered(app: App, ledger: Any, command: Any, _: Facts) -> Given:
    """The instant at which the problem was put on the list."""
    records: Any = app.events.get(ledger.stream)
    for record in records:
        if isinstance(record.event, ItemRegistered) and record.event.item_id == command.item_id:
            return {"registered_at": record.head.occurred_at}
    return {}
