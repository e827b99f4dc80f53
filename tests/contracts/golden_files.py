"""The golden files: one record per event and schema version, written once, read for ever."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from contracts.record import Event, event_line, read_head, seal
from contracts.wire import events, name_of
from tests.contracts.examples import head_of, plain, record_of

FOLDER = Path(__file__).parent / "golden"


def path_of(kind: type[Event]) -> Path:
    """Where the golden file of this version of the event stands."""
    return FOLDER / f"{name_of(kind)}.v{kind.schema_version}.record"


def write_missing() -> Iterator[Path]:
    """Writes what does not exist yet; mode `x`, so that a file once written stays as it is."""
    for kind in events().values():
        path = path_of(kind)
        if not path.exists():
            with path.open("xb") as file:
                file.write(record_of(kind))
            yield path


def faults(kind: type[Event], record: bytes) -> Iterator[str]:
    """Why this class no longer reads a record of its own version as it was meant."""
    line = event_line(record)
    try:
        event = msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        yield f"cannot be read: {error}"
        return
    written = msgspec.json.decode(line)
    if read_head(record) != head_of(kind):
        yield "reads another head"
    if seal(read_head(record), event) != record:
        yield "encodes to other bytes"
    if kept(plain(kind), written) != written:
        yield "reads other values: a field has another type or meaning"


def kept(now: Any, written: Any) -> Any:
    """`now` without what was added since; lists are compared item by item."""
    if isinstance(now, dict) and isinstance(written, dict):
        return {key: kept(value, written[key]) for key, value in now.items() if key in written}
    if isinstance(now, list) and isinstance(written, list):
        return [kept(a, b) for a, b in zip(now, written, strict=False)]
    return now
