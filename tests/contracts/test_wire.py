"""What comes in is of the contracts or is refused with a code and a Chinese sentence."""

from collections import Counter
from typing import Any

import msgspec
import pytest

from contracts import wire
from contracts.personnel.assessment import OpenAssessment
from contracts.record import Command, Event, aggregate_of, derived_id, encode, stream_of
from contracts.rectification.joint_liability import NotifyDuty
from contracts.rectification.problem_ledger import OpenLedger
from contracts.values import Function, Role, Value, natural_id
from contracts.wire import WireError, commands, decode_event, events, name_of, read_command
from tests.contracts.examples import example, example_id, plain

KINDS: list[type[Command | Event]] = [*commands().values(), *events().values()]
DEFAULTS = {
    ("scheduling.Axes", "visibility"): "OVERT",
    ("scheduling.Axes", "channel"): "ON_SITE",
    ("scheduling.Axes", "posting"): "VISITING",
    ("scheduling.Axes", "purpose"): "INITIAL",
    ("registry.PolicyPublished", "source"): "document",
    ("registry.PublishedValue", "modality"): "D",
}


def refusal(name: str, body: Any) -> WireError:
    with pytest.raises(WireError) as caught:
        read_command(name, body)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.sentence)
    return caught.value


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_read_from_bytes_and_from_plain_data(name: str) -> None:
    command = example(commands()[name])
    assert read_command(name, encode(command)) == command
    assert read_command(name, plain(commands()[name])) == command


def test_a_command_that_does_not_exist_is_refused() -> None:
    assert refusal("rectification.DeleteItem", {}).code == "COMMAND_UNKNOWN"


def test_a_field_that_does_not_exist_is_refused_by_name() -> None:
    for body in ({**CLOSE, "colour": "red"}, encode({**CLOSE, "colour": "red"})):
        refused = refusal("rectification.CloseOrder", body)
        assert refused.code == "FIELD_INVALID"
        assert "colour" in refused.sentence


@pytest.mark.parametrize("body", [{"orderId": 7}, {"orderId": "o1"}, {}, b"{", b"[]", b"\xff"])
def test_a_wrong_type_a_missing_field_and_broken_json_are_refused(body: Any) -> None:
    assert refusal("rectification.CloseOrder", body).code == "FIELD_INVALID"


def test_an_instant_without_an_offset_is_refused() -> None:
    body = {"orderId": str(example_id("orderId")), "dueAt": "2026-03-02T09:00:00"}
    assert refusal("rectification.LapseOrder", body).code == "FIELD_INVALID"


@pytest.mark.parametrize(
    ("topic", "line", "code"),
    [
        ("rectification.OrderForgotten", b"{}", "EVENT_UNKNOWN"),
        ("rectification.OrderClosed@9", b"{}", "SCHEMA_NEWER"),
        ("rectification.OrderClosed", b"{}", "EVENT_INVALID"),
        ("rectification.OrderClosed", b"{", "EVENT_INVALID"),
    ],
)
def test_an_event_this_version_cannot_read_says_why(topic: str, line: bytes, code: str) -> None:
    with pytest.raises(WireError) as caught:
        decode_event(topic, line)
    assert caught.value.code == code
    assert "事件" in caught.value.sentence


class _Closed(Event, kw_only=True):
    """Made up: version 3 of an event that first had `at`, then `closedAt`, then a reason."""

    schema_version = 3
    closed_at: str
    reason: str


def test_old_versions_are_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    _Closed.__module__ = "contracts.findings.made_up"
    lifts: dict[str, wire.Upcaster] = {
        "findings._Closed": lambda old: {"closedAt": old["at"]},
        "findings._Closed@2": lambda old: {**old, "reason": "未记录"},
    }
    monkeypatch.setattr(wire, "events", lambda: {"findings._Closed": _Closed})
    monkeypatch.setattr(wire, "upcasters", lambda: lifts)
    wire._decoder.cache_clear()
    today = _Closed(closed_at="3月", reason="未记录")
    assert wire.topic_of(_Closed) == "findings._Closed@3"
    assert decode_event("findings._Closed", b'{"at":"3\xe6\x9c\x88"}') == today
    assert decode_event("findings._Closed@2", b'{"closedAt":"3\xe6\x9c\x88"}') == today
    assert decode_event("findings._Closed@3", encode(today)) == today
    with pytest.raises(WireError, match="SCHEMA_NEWER"):
        decode_event("findings._Closed@4", encode(today))
    wire._decoder.cache_clear()


def test_every_older_version_of_an_event_has_an_upcaster() -> None:
    for kind in events().values():
        for version in range(1, kind.schema_version):
            suffix = "" if version == 1 else f"@{version}"
            assert name_of(kind) + suffix in wire.upcasters()


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_every_contract_is_frozen_keyword_only_and_of_one_service(kind: type[Any]) -> None:
    config = kind.__struct_config__
    assert config.frozen
    assert config.forbid_unknown_fields
    with pytest.raises(TypeError):
        kind(*(None for _ in kind.__struct_fields__))
    assert kind.__module__.split(".")[0] == "contracts"
    assert kind.__module__.count(".") == 2


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_every_contract_says_in_one_chinese_sentence_what_it_is(kind: type[Any]) -> None:
    assert kind.__doc__
    assert kind.__doc__.endswith("。")
    assert "\n" not in kind.__doc__


def test_a_name_is_used_once_among_all_services() -> None:
    names = Counter(kind.__name__ for kind in KINDS)
    assert [name for name, count in names.items() if count > 1] == []
    places = {(aggregate_of(kind), kind.__module__) for kind in KINDS}
    assert len(places) == len({aggregate for aggregate, _ in places})


@pytest.mark.parametrize("kind", commands().values(), ids=name_of)
def test_every_command_declares_who_may_send_it_and_finds_its_stream(kind: type[Command]) -> None:
    assert kind.roles
    assert all(isinstance(role, Role) for role in kind.roles)
    keys = {*kind.stream_key, *kind.natural_key, *filter(None, [kind.entity_key])}
    assert keys <= set(kind.__struct_fields__)
    assert kind.stream_key or kind.entity_key
    assert (stream_of(example(kind)) is None) is not bool(kind.stream_key)
    assert not kind.natural_key or len(kind.stream_key) == 1


def test_a_natural_key_gives_the_same_id_twice_and_another_for_another_key() -> None:
    command = example(OpenLedger)
    other = msgspec.structs.replace(command, unit_id=example_id("another"))
    assert derived_id(command) == derived_id(example(OpenLedger))
    assert derived_id(command) != derived_id(other)
    assert derived_id(example(NotifyDuty)) is None


def test_a_natural_key_reads_an_enum_as_it_is_written_on_the_wire() -> None:
    command = example(OpenAssessment)
    parts = (command.inspector_id, command.kind.value, command.period)
    assert derived_id(command) == natural_id("Assessment", *parts)


def test_an_aggregate_without_an_id_of_its_own_has_one_stream_per_key() -> None:
    duty = example(NotifyDuty)
    other = msgspec.structs.replace(duty, department_id=example_id("another"))
    assert stream_of(duty) == stream_of(example(NotifyDuty)) != stream_of(other)


def test_defaults_are_part_of_the_record_because_they_are_not_written() -> None:
    """A default other than "nothing" may be added, never changed."""
    found = {}
    for owner, kind in _written():
        for field in msgspec.structs.fields(kind):
            default = field.default
            if default not in (None, False, (), msgspec.NODEFAULT, msgspec.UNSET):
                found[owner, field.name] = msgspec.to_builtins(default)
    assert found == DEFAULTS


def _written() -> list[tuple[str, type[Any]]]:
    named: list[tuple[str, type[Any]]] = [(name_of(kind), kind) for kind in events().values()]
    for module in wire.modules():
        for kind in vars(module).values():
            own = getattr(kind, "__module__", None) == module.__name__
            if own and getattr(kind, "__base__", None) is Value:
                named.append((f"{module.__name__.split('.')[1]}.{kind.__name__}", kind))
    return named


def test_functions_of_inspectors_and_of_activities_are_the_same() -> None:
    assert [one.value for one in Function] == ["GOV", "SCHOOL", "MON"]


CLOSE = {"orderId": str(example_id("orderId"))}
