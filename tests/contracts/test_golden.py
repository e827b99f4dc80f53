"""Every record ever written is read for ever: a removed or retyped field is seen."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from contracts.record import Event, event_line, read_head
from contracts.wire import decode_event, events, name_of
from tests.contracts.examples import example
from tests.contracts.golden_files import FOLDER, faults, path_of, write_missing

FILES = sorted(FOLDER.glob("*.record"))


@pytest.mark.parametrize("kind", events().values(), ids=name_of)
def test_every_event_has_a_golden_file_that_it_reads_and_writes(kind: type[Event]) -> None:
    assert list(faults(kind, path_of(kind).read_bytes())) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_golden_file_of_any_version_is_read(path: Any) -> None:
    record = path.read_bytes()
    head = read_head(record)
    topic = head.type if head.schema_version == 1 else f"{head.type}@{head.schema_version}"
    assert path.name == f"{head.type}.v{head.schema_version}.record"
    assert isinstance(decode_event(topic, event_line(record)), events()[head.type])


def test_nothing_is_missing_and_nothing_is_written_twice() -> None:
    assert list(write_missing()) == []


def changed(kind: type[Event], **types: Any) -> type[Any]:
    """The same event as somebody might have changed it; a type of None removes the field."""
    fields: list[Any] = []
    for field in msgspec.structs.fields(kind):
        type_ = types.pop(field.name, field.type)
        if type_ is not None:
            fields.append((field.name, type_))
    fields += types.items()
    return msgspec.defstruct(
        kind.__name__, fields, bases=(Event,), module=kind.__module__, kw_only=True, frozen=True
    )


@pytest.mark.parametrize(
    "types",
    [{"reason": None}, {"reason": int}, {"order_id": str}, {"new_due_at": str}, {"added": str}],
    ids=["removed", "retyped", "id as text", "instant as text", "added and required"],
)
def test_a_planted_change_is_seen(types: dict[str, Any]) -> None:
    kind = events()["rectification.OrderExtended"]
    record = path_of(kind).read_bytes()
    kept = changed(kind)
    assert [one for one in faults(kept, record) if "head" not in one] == []
    assert [one for one in faults(changed(kind, **types), record) if "head" not in one]


def test_an_optional_field_may_be_added_and_changes_no_byte() -> None:
    kind = events()["rectification.OrderClosed"]
    grown: type[Any] = msgspec.defstruct(
        kind.__name__,
        [("order_id", UUID), ("remark", str | None, None)],
        bases=(Event,),
        module=kind.__module__,
        kw_only=True,
        frozen=True,
    )
    assert example(grown).remark
    assert list(faults(grown, path_of(kind).read_bytes())) == []
