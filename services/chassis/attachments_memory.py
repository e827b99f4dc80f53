"""Attachments in memory: for tests, rehearsals and simulations."""

from collections.abc import Iterator
from typing import IO

from services.chassis.attachments import CHUNK, LARGEST, Attachment, Attachments


class MemoryAttachments(Attachments):
    """Two dictionaries by id."""

    def __init__(self, largest: int = LARGEST) -> None:
        super().__init__(largest)
        self._told: dict[str, Attachment] = {}
        self._bytes: dict[str, bytes] = {}

    def _about(self, attachment_id: str) -> Attachment | None:
        return self._told.get(attachment_id)

    def _pieces(self, attachment_id: str) -> Iterator[bytes]:
        content = self._bytes[attachment_id]
        for start in range(0, len(content), CHUNK):
            yield content[start : start + CHUNK]

    def _keep(self, attachment: Attachment, content: IO[bytes]) -> None:
        self._bytes[attachment.id] = content.read()
        self._told.setdefault(attachment.id, attachment)
