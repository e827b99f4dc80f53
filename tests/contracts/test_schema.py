"""What programs are told of the contracts is complete and current."""

import json
from typing import Any

from contracts.correspondence import WRITERS
from contracts.schema import EVERYWHERE, asyncapi, committed, describe, json_schema
from contracts.wire import commands, events


def references(document: Any) -> set[str]:
    if isinstance(document, dict):
        own = {document["$ref"]} if isinstance(document.get("$ref"), str) else set()
        return own.union(*(references(value) for value in document.values()))
    if isinstance(document, list):
        return set().union(*(references(value) for value in document))
    return set()


def resolves(document: Any, reference: str) -> bool:
    for step in reference.removeprefix("#/").split("/"):
        if step not in document:
            return False
        document = document[step]
    return True


def test_the_committed_documents_are_current() -> None:
    for path, text in committed().items():
        assert path.read_text(encoding="utf-8") == text, "python -m contracts.schema --write"


def test_every_command_and_event_has_a_schema_and_every_reference_leads_somewhere() -> None:
    for document in (json_schema(), asyncapi()):
        assert all(resolves(document, one) for one in references(document))
    assert set(json_schema()["commands"]) == set(commands())
    assert len(json_schema()["events"]) == len(events())


def test_each_service_announces_its_own_events_on_its_exchange() -> None:
    channels = asyncapi()["channels"]
    shared = [name for name in events() if name.startswith(f"{EVERYWHERE}.")]
    announced = sum(len(channel["messages"]) for channel in channels.values())
    assert (announced, sorted(channels)) == (len(events()) + len(shared) * (len(WRITERS) - 1), sorted(WRITERS))
    for service, channel in channels.items():
        assert channel["bindings"]["amqp"]["exchange"]["name"] == f"{service}.events"
        assert all(name.startswith((f"{service}.", f"{EVERYWHERE}.")) for name in channel["messages"])


def test_the_plain_list_names_fields_roles_and_sentence() -> None:
    said = {one["name"]: one for one in describe()}
    assert set(said) == {*commands(), *events()}
    assert said["rectification.CloseOrder"] == {
        "name": "rectification.CloseOrder",
        "kind": "command",
        "service": "rectification",
        "aggregate": "SupervisionOrder",
        "fields": [{"name": "orderId", "type": "uuid", "required": True}],
        "roles": ["office_staff", "policy", "timer"],
        "doc": "督办单办结。",
        "key": ["orderId"],
        "naturalKey": [],
    }
    assert json.dumps(list(said.values()))
