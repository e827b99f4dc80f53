"""Shows that every store of attachments gives back what was put, by its hash, or says that it cannot."""

import hashlib
import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from services.chassis import attachments_files
from services.chassis.attachments import CHUNK, Attachment, AttachmentDamaged, Attachments
from services.chassis.attachments_files import FileAttachments
from services.chassis.attachments_gridfs import GridAttachments
from services.chassis.attachments_memory import MemoryAttachments
from services.chassis.life_cycle import Refused
from services.chassis.mongo import open_database
from services.findings.domain.evidence_item import HASH

PHOTO, LONG = b"\xff\xd8 a photograph", Random(1).randbytes(2 * CHUNK + 7)


@pytest.fixture(params=["memory", "files", "gridfs"])
def attachments(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Attachments]:
    largest = 5 * CHUNK
    if request.param == "memory":
        held: Attachments = MemoryAttachments(largest)
    elif request.param == "files":
        held = FileAttachments(tmp_path / "attachments", largest)
    else:
        held = GridAttachments(open_database(request.getfixturevalue("mongo_url"), rehearsal=True), largest)
    yield held
    held.close()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def spoil(attachments: Attachments, attachment_id: str, change: Callable[[bytes], bytes]) -> None:
    """What a failing disk does: the last piece is another one."""
    if isinstance(attachments, MemoryAttachments):
        attachments._bytes[attachment_id] = change(attachments._bytes[attachment_id])
    elif isinstance(attachments, FileAttachments):
        place = attachments._place(attachment_id)
        place.write_bytes(change(place.read_bytes()))
    else:
        assert isinstance(attachments, GridAttachments)
        pieces = attachments._files.database["attachments.chunks"]
        (last,) = pieces.find({"files_id": attachments._newest(attachment_id)["_id"]}).sort("n", -1).limit(1)
        pieces.update_one({"_id": last["_id"]}, {"$set": {"data": change(last["data"])}})


def code_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize("content", [PHOTO, LONG, LONG[: 2 * CHUNK]], ids=["small", "long", "even"])
def test_what_was_put_comes_back_by_the_hash_of_its_bytes(attachments: Attachments, content: bytes) -> None:
    put = attachments.put(BytesIO(content), "image/jpeg")
    assert put == Attachment(sha256(content), len(content), "image/jpeg")
    assert attachments.get(put.id) == content
    assert attachments.verify(put.id) == attachments.about(put.id) == put
    assert attachments.exists(put.id)


def test_its_id_is_what_evidence_and_document_references_take(attachments: Attachments) -> None:
    assert HASH.fullmatch(attachments.put(PHOTO, "image/jpeg").id)


def test_the_same_bytes_are_kept_once_under_the_type_first_told(attachments: Attachments) -> None:
    first = attachments.put(PHOTO, "image/jpeg")
    assert attachments.put(PHOTO, "application/octet-stream") == first
    if isinstance(attachments, GridAttachments):
        assert attachments._files.count_documents({}) == 1


def test_what_was_never_put_is_not_there(attachments: Attachments) -> None:
    for unknown in (sha256(b"never"), "", "../../etc/passwd", sha256(b"never").upper()):
        assert not attachments.exists(unknown)
        assert code_of(lambda unknown=unknown: attachments.get(unknown)) == "ATTACHMENT_UNKNOWN"


def test_too_much_nothing_and_no_type_are_refused_and_leave_nothing(attachments: Attachments) -> None:
    endless = bytes(5 * CHUNK + 1)
    assert code_of(lambda: attachments.put(BytesIO(endless), "video/mp4")) == "ATTACHMENT_TOO_LARGE"
    assert code_of(lambda: attachments.put(b"", "video/mp4")) == "ATTACHMENT_EMPTY"
    for wrong in ("", "jpeg", "image/jpeg\r\nSet-Cookie: x", "text/html; charset=x", "IMAGE/JPEG"):
        assert code_of(lambda wrong=wrong: attachments.put(PHOTO, wrong)) == "MEDIA_TYPE_INVALID"
    assert [attachments.exists(sha256(content)) for content in (endless, b"", PHOTO)] == [False] * 3
    assert attachments.put(endless[:-1], "video/mp4").size == 5 * CHUNK


@pytest.mark.parametrize("change", [
    lambda held: held[:-1] + bytes([held[-1] ^ 1]), lambda held: held[:-1], lambda held: held + b"\0",
], ids=["a bit", "cut", "longer"])
def test_damage_is_told_before_the_last_piece_and_healed_by_putting_the_original(
    attachments: Attachments, change: Callable[[bytes], bytes]
) -> None:
    put = attachments.put(LONG, "video/mp4")
    spoil(attachments, put.id, change)
    got: list[bytes] = []
    with pytest.raises(AttachmentDamaged):
        got.extend(attachments.read(put.id))
    assert len(b"".join(got)) < len(LONG)
    with pytest.raises(AttachmentDamaged):
        attachments.verify(put.id)
    assert attachments.put(LONG, "text/plain") == put
    assert attachments.get(put.id) == LONG


def test_a_missing_piece_is_damage(mongo_url: str) -> None:
    held = GridAttachments(open_database(mongo_url, rehearsal=True))
    put = held.put(LONG, "video/mp4")
    assert held._files.database["attachments.chunks"].delete_one({"n": 1}).deleted_count == 1
    with pytest.raises(AttachmentDamaged):
        held.get(put.id)
    held.close()


# --- on the disk ------------------------------------------------------------------------------------


def steps_of_a_put(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is synced and renamed, in order, by the last part of its path."""
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace

    def synced(handle: int) -> None:
        steps.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name[:3]}")
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        steps.append(f"name {target.suffix or 'bytes'}")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    FileAttachments(folder).put(PHOTO, "image/jpeg")
    return steps


def safe(steps: list[str], shelf: str) -> bool:
    """The folder's own name first; then a synced file gets its name and the name is synced; the bytes come last."""
    kept = ["sync draft" if step.startswith("sync .") else step for step in steps]
    one = ["sync draft", "name {}", f"sync {shelf}"]
    wanted = ["sync att", *(step.format(what) for what in (".json", "bytes") for step in one)]
    return kept == wanted


def test_bytes_and_names_are_on_the_disk_before_a_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert safe(steps_of_a_put(tmp_path / "attachments", monkeypatch), sha256(PHOTO)[:2])


def test_a_name_that_is_not_synced_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(attachments_files, "_sync_folder", lambda folder: None)
    assert not safe(steps_of_a_put(tmp_path / "attachments", monkeypatch), sha256(PHOTO)[:2])
