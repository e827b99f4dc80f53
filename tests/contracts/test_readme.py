"""The page that decides the bytes is true: its example hashes to the values it shows."""

import re
from pathlib import Path

import contracts
from contracts.check_stream import check
from contracts.record import event_line, read_head, record_hash, seal
from contracts.wire import decode_event

PAGE = Path(contracts.__path__[0], "README.md").read_text(encoding="utf-8")


def records() -> list[bytes]:
    block = re.search(r"```record\n(.*?)```", PAGE, re.DOTALL)
    assert block
    lines = block[1].encode().splitlines(keepends=True)
    return [first + second for first, second in zip(lines[::2], lines[1::2], strict=True)]


def shown() -> list[str]:
    return re.findall(r"^\| \d \| `([0-9a-f]{64})` \|$", PAGE, re.MULTILINE)


def test_the_example_hashes_to_what_the_page_shows() -> None:
    assert [record_hash(record, "sha256") for record in records()] == shown()
    assert check(b"".join(records()), shown()[-1]) == (None, 2, shown()[-1])


def test_the_example_is_a_record_of_today() -> None:
    for record in records():
        head = read_head(record)
        assert seal(head, decode_event(head.type, event_line(record))) == record


def test_every_field_of_the_head_is_explained() -> None:
    head = read_head(records()[0])
    table = PAGE.partition("## 2. The head")[2].partition("## 3.")[0]
    for name in head.__struct_encode_fields__:
        assert f"`{name}`" in table, name
