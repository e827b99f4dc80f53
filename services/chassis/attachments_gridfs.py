"""Attachments in GridFS: a file's name is its hash; where one was stored twice, the newest is read."""

from collections.abc import Iterator
from typing import IO, Any

from gridfs import GridFSBucket
from gridfs.errors import CorruptGridFile, NoFile
from pymongo import DESCENDING
from pymongo.database import Database

from services.chassis.attachments import CHUNK, LARGEST, Attachment, AttachmentDamaged, Attachments
from services.chassis.mongo import Document

BUCKET = "attachments"


class GridAttachments(Attachments):
    """Pieces first, the file that names them last, each on the disks of a majority.

    Every upload has pieces of its own: two at once, or one after a crash, never mix. What a crash leaves behind are
    pieces that no file names; two uploads of the same bytes at the same moment leave two files.
    """

    def __init__(self, database: Database[Document], largest: int = LARGEST) -> None:
        super().__init__(largest)
        self._client, self._files = database.client, database[f"{BUCKET}.files"]
        self._bucket = GridFSBucket(database, BUCKET, CHUNK)

    def _about(self, attachment_id: str) -> Attachment | None:
        found = self._newest(attachment_id)
        if found is None:
            return None
        return Attachment(attachment_id, int(found["length"]), found["metadata"]["mediaType"])

    def _newest(self, attachment_id: str) -> Any:
        return self._files.find_one({"filename": attachment_id}, sort=[("uploadDate", DESCENDING), ("_id", DESCENDING)])

    def _pieces(self, attachment_id: str) -> Iterator[bytes]:
        try:
            with self._bucket.open_download_stream(self._newest(attachment_id)["_id"]) as file:
                while piece := file.readchunk():
                    yield piece
        except (CorruptGridFile, NoFile) as error:
            raise AttachmentDamaged(f"{attachment_id}: {error}") from None

    def _keep(self, attachment: Attachment, content: IO[bytes]) -> None:
        """What stood there damaged keeps its pieces under another name, once the whole ones are stored."""
        damaged = self._newest(attachment.id)
        told = damaged["metadata"] if damaged else {"mediaType": attachment.media_type}
        self._bucket.upload_from_stream(attachment.id, content, metadata=told)
        if damaged:
            self._bucket.rename(damaged["_id"], f"damaged/{attachment.id}/{damaged['_id']}")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
