"""Checks one stream of records end to end: `check_stream.py [FILE or -] [EXPECTED LAST HASH]`."""

import hashlib
import json
import sys
import uuid
from pathlib import Path

FAULTS = {
    "LINES": "不是“头、事件”两行 / not a head line and an event line",
    "VERSION": "版本不连续 / versions are not contiguous from 1",
    "EVENT_ID": "流或事件编号不符 / another stream, or an event id that does not follow",
    "CHAIN": "与前一条记录的哈希不符 / does not carry the hash of the record before it",
    "LAST": "末条哈希与预期不符，可能被截断 / not the expected last hash, perhaps cut",
}


def check(content: bytes, expected: str | None = None) -> tuple[str | None, int, str | None]:
    """The fault or None, the version at fault or the last one, the last good hash."""
    *lines, rest = content.split(b"\n")
    last, stream, version = None, None, 0
    for version, (first, second) in enumerate(zip(lines[::2], lines[1::2]), 1):  # noqa: B905
        try:
            head, _ = json.loads(first.decode()), dict(json.loads(second.decode()))
            event_id = uuid.uuid5(stream := stream or uuid.UUID(head["stream"]), str(version))
            digest = hashlib.new(head["algorithm"], first + b"\n" + second + b"\n").hexdigest()
            if head["version"] != version:
                return "VERSION", version, last
            if head["stream"] != str(stream) or head["eventId"] != str(event_id):
                return "EVENT_ID", version, last
            if head["previousHash"] != last:
                return "CHAIN", version, last
        except (ValueError, KeyError, TypeError, AttributeError):
            return "LINES", version, last
        last = digest
    if rest or len(lines) % 2 or not lines:
        return "LINES", version + 1, last
    return None if expected in (None, last) else "LAST", version, last


if __name__ == "__main__":
    source, expected = (*sys.argv[1:], None, None)[:2]
    data = sys.stdin.buffer.read() if source in (None, "-") else Path(source).read_bytes()
    fault, at, last_hash = check(data, expected)
    sys.exit(f"版本 version {at}: {FAULTS[fault]}" if fault else print(last_hash))
