"""The verifier of a stream finds what was tampered with, and says at which version."""

import subprocess
import sys
from pathlib import Path

import pytest

from contracts import check_stream
from contracts.check_stream import check
from contracts.record import event_id, record_hash, seal
from contracts.wire import events
from tests.contracts.examples import example, example_id, head_of

STORY = ["OrderDrafted", "SupervisionOrderIssued", "OrderAcknowledged", "OrderClosed"]


def stream_of_records(stream: str = "stream", algorithm: str = "sha256") -> list[bytes]:
    records: list[bytes] = []
    for version, name in enumerate(STORY, start=1):
        kind = events()[f"rectification.{name}"]
        previous = record_hash(records[-1], algorithm) if records else None
        head = head_of(kind)
        fields = {field: getattr(head, field) for field in head.__struct_fields__}
        fields |= {
            "stream": example_id(stream),
            "version": version,
            "event_id": event_id(example_id(stream), version),
            "algorithm": algorithm,
            "previous_hash": previous,
        }
        records.append(seal(type(head)(**fields), example(kind)))
    return records


RECORDS = stream_of_records()
LAST = record_hash(RECORDS[-1], "sha256")


def fault_of(*records: bytes, expected: str | None = None) -> tuple[str | None, int]:
    fault, version, _ = check(b"".join(records), expected)
    return fault, version


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_whole_stream_holds_and_gives_its_last_hash(algorithm: str) -> None:
    records = stream_of_records(algorithm=algorithm)
    assert check(b"".join(records)) == (None, 4, record_hash(records[-1], algorithm))


def test_any_byte_changed_before_the_last_record_is_found() -> None:
    content = b"".join(RECORDS)
    for at in range(len(content) - len(RECORDS[-1])):
        tampered = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert check(tampered)[0] is not None, at


def test_any_byte_changed_in_the_last_record_is_found_by_its_expected_hash() -> None:
    for at in range(len(RECORDS[-1])):
        last = RECORDS[-1][:at] + bytes([RECORDS[-1][at] ^ 1]) + RECORDS[-1][at + 1 :]
        assert fault_of(*RECORDS[:-1], last, expected=LAST)[0] is not None, at


def test_a_cut_is_found_wherever_it_is() -> None:
    one, two, three, four = RECORDS
    assert fault_of(two, three, four) == ("VERSION", 1)
    assert fault_of(one, three, four) == ("VERSION", 2)
    assert fault_of(one, two, three, four[:-1]) == ("LINES", 4)
    assert fault_of(one, two, three, expected=LAST) == ("LAST", 3)
    assert fault_of() == ("LINES", 1)


def test_a_swap_a_stranger_and_a_second_copy_are_found() -> None:
    one, two, three, four = RECORDS
    assert fault_of(one, three, two, four) == ("VERSION", 2)
    assert fault_of(one, one, two) == ("VERSION", 2)
    assert fault_of(one, stream_of_records("another")[1]) == ("EVENT_ID", 2)


def test_a_record_rewritten_with_its_own_hash_breaks_the_next_link() -> None:
    one, two, three, four = RECORDS
    rewritten = two.replace("示例".encode(), "改写".encode())
    assert rewritten != two
    assert fault_of(one, rewritten, three, four) == ("CHAIN", 3)


def run(*arguments: str, content: bytes = b"") -> tuple[int, str]:
    program = [sys.executable, "-I", "-S", check_stream.__file__, *arguments]
    done = subprocess.run(program, input=content, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode().strip()


def test_it_runs_alone_on_a_file_and_on_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "stream"
    path.write_bytes(b"".join(RECORDS))
    assert run(str(path)) == (0, LAST)
    assert run(content=path.read_bytes()) == (0, LAST)
    assert run("-", LAST, content=path.read_bytes()) == (0, LAST)
    code, said = run("-", content=b"".join(reversed(RECORDS)))
    assert code == 1
    assert said.startswith("版本 version 1: 版本不连续 / versions are not")


def test_it_stays_short_enough_to_be_read() -> None:
    assert len(Path(check_stream.__file__).read_text(encoding="utf-8").splitlines()) <= 45
