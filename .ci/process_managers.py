"""Compares the specification's process managers with who hears their triggers: policies, and views of reporting."""

import re
from collections.abc import Iterator
from typing import Any

from contracts.wire import events
from services.cli.wiring import SERVICES
from services.reporting.views import VIEWS

OWNERS = {
    "REC": "rectification", "ACC": "accountability", "PER": "personnel", "SCH": "scheduling", "FND": "findings",
    "PRJ": "reporting",
}


def triggers(text: str) -> list[str]:
    """Public names of the events in `findings.A` / `B`; a name without a service is of the service named before it."""
    found: list[str] = []
    for name in re.findall(r"`([A-Za-z.]+)`", text):
        found.append(name if "." in name else f"{found[-1].partition('.')[0]}.{name}")
    return [name for name in found if name in events()]


def hearers(event: str) -> set[str]:
    """The services with a policy about an event, and reporting where a view listens or anybody acts for it."""
    acting = {name for name, service in SERVICES.items() if event in service.policies}
    shown = any(event in view.listens for view in VIEWS.values())
    return acting | ({"reporting"} if shown or acting else set())


def compare_process_managers(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Each trigger is heard by one of the owners at least, and each owner hears one of the triggers."""
    for row in rows:
        owners = {OWNERS[word] for word in re.findall(r"[A-Z]{3}", row["owner"])}
        heard = {event: hearers(event) & owners for event in triggers(row["when"])}
        if not heard:
            yield f"process manager | {row['id']} | no trigger of ours"
        yield from (f"process manager | {row['id']} | nobody hears {event}" for event, who in heard.items() if not who)
        for owner in sorted(owners - set().union(*heard.values())):
            yield f"process manager | {row['id']} | {owner} hears nothing of it"
