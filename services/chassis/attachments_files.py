"""Attachments as files that are named by their hash: `sha256sum` checks them without this program."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from services.chassis.attachments import CHUNK, LARGEST, Attachment, Attachments


class FileAttachments(Attachments):
    """`folder/ab/ab12…` has the bytes, `ab12….json` beside it what they are; the bytes come last."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        super().__init__(largest)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _about(self, attachment_id: str) -> Attachment | None:
        place = self._place(attachment_id)
        if not (place.exists() and _beside(place).exists()):
            return None
        return msgspec.json.decode(_beside(place).read_bytes(), type=Attachment)

    def _pieces(self, attachment_id: str) -> Iterator[bytes]:
        with self._place(attachment_id).open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece

    def _keep(self, attachment: Attachment, content: IO[bytes]) -> None:
        place = self._place(attachment.id)
        if not place.parent.exists():
            place.parent.mkdir(exist_ok=True)
            _sync_folder(self._folder)
        if not _beside(place).exists():
            _written(_beside(place), lambda file: let_go(file.write(msgspec.json.encode(attachment))))
        _written(place, lambda file: shutil.copyfileobj(content, file, CHUNK))

    def _place(self, attachment_id: str) -> Path:
        return self._folder / attachment_id[:2] / attachment_id


def _beside(place: Path) -> Path:
    return place.with_name(f"{place.name}.json")


def _written(place: Path, write: Callable[[IO[bytes]], None]) -> None:
    """The whole file is on the disk before it has its name, and its name is when this returns."""
    draft = place.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with draft.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """A name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def let_go(_: int) -> None:
    """A count that nobody needs."""
