"""Attachments: what was handed in, kept by the hash of its bytes, which is what documentRefs and evidence name."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from services.chassis.life_cycle import Refused

LARGEST = 512 * 2**20  # bytes: half an hour of video from a telephone
IN_MEMORY, CHUNK = 2**20, 255 * 2**10  # bytes; the chunk is GridFS's own
ID = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,126}")


class Attachment(NamedTuple):
    """`id` is the SHA-256 of the bytes in lower case, `size` their count; the media type first told stays."""

    id: str
    size: int
    media_type: str


class AttachmentDamaged(Exception):
    """What is stored under an id has another hash: restore it, or put the original again."""


class Attachments(ABC):
    """What every adapter offers; bytes are hashed on their way in and on their way out."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest

    def put(self, content: bytes | IO[bytes], media_type: str) -> Attachment:
        """Keep bytes, or a stream read to its end; durable when it returns, the same for the same bytes.

        What stands there damaged is replaced. Raises Refused ATTACHMENT_EMPTY, ATTACHMENT_TOO_LARGE,
        MEDIA_TYPE_INVALID.
        """
        if MEDIA_TYPE.fullmatch(media_type) is None:
            raise Refused("MEDIA_TYPE_INVALID", f"“{media_type}”不是文件类型，须形如 image/jpeg")
        with SpooledTemporaryFile(IN_MEMORY) as spool:
            given = BytesIO(content) if isinstance(content, bytes) else content
            taken = self._spooled(given, spool, media_type)
            stored = self.about(taken.id)
            if stored is None or not self._is_whole(stored.id):
                spool.seek(0)
                self._keep(taken, spool)
            return self.about(taken.id) or taken

    def get(self, attachment_id: str) -> bytes:
        """All bytes; raises as `read`."""
        return b"".join(self.read(attachment_id))

    def read(self, attachment_id: str) -> Iterator[bytes]:
        """The bytes piece by piece; whoever got the last piece has what was put.

        Raises Refused ATTACHMENT_UNKNOWN, AttachmentDamaged before the last piece.
        """
        if self.about(attachment_id) is None:
            raise Refused("ATTACHMENT_UNKNOWN", f"没有编号为“{attachment_id}”的附件")
        digest, held = hashlib.sha256(), b""
        for piece in self._pieces(attachment_id):
            digest.update(piece)
            if held:
                yield held
            held = piece
        if digest.hexdigest() != attachment_id:
            raise AttachmentDamaged(attachment_id)
        yield held

    def exists(self, attachment_id: str) -> bool:
        """Whether it was put; says nothing about its bytes."""
        return self.about(attachment_id) is not None

    def verify(self, attachment_id: str) -> Attachment:
        """Read it wholly; raises as `read`."""
        for _ in self.read(attachment_id):
            pass
        found = self.about(attachment_id)
        if found is None:
            raise AttachmentDamaged(attachment_id)
        return found

    def about(self, attachment_id: str) -> Attachment | None:
        """Size and media type, None for what was never put or is no id."""
        return self._about(attachment_id) if ID.fullmatch(attachment_id) else None

    def _is_whole(self, attachment_id: str) -> bool:
        try:
            self.verify(attachment_id)
        except AttachmentDamaged:
            return False
        return True

    def _spooled(self, content: IO[bytes], spool: IO[bytes], media_type: str) -> Attachment:
        digest, size = hashlib.sha256(), 0
        while piece := content.read(CHUNK):
            digest.update(piece)
            size += spool.write(piece)
            if size > self._largest:
                raise Refused("ATTACHMENT_TOO_LARGE", f"附件不得超过 {self._largest} 字节")
        if not size:
            raise Refused("ATTACHMENT_EMPTY", "附件是空的")
        return Attachment(digest.hexdigest(), size, media_type)

    @abstractmethod
    def _about(self, attachment_id: str) -> Attachment | None:
        """What is stored under an id that has the form of one."""

    @abstractmethod
    def _pieces(self, attachment_id: str) -> Iterator[bytes]:
        """Its bytes as they stand; raises AttachmentDamaged when some are missing."""

    @abstractmethod
    def _keep(self, attachment: Attachment, content: IO[bytes]) -> None:
        """Store it whole or not at all, in place of what stands there damaged; others may do so at once."""

    def close(self) -> None:  # noqa: B027 - only those that hold connections have something to do
        """Let go of connections."""
