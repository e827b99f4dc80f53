"""Opening the casebook, the pages and the attachments that several processes share, where a URL says they are.

`sqlite:///absolute/path.sqlite` (attachments: `file:///absolute/folder`) for processes of one machine, `mongodb://…`
for those of several; all three may share one database. No process
that runs under eventlet may import this (see `chassis.mongo`).
"""

from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from services.chassis.attachments import Attachments
from services.chassis.attachments_files import FileAttachments
from services.chassis.attachments_gridfs import GridAttachments
from services.chassis.casebook import Casebook
from services.chassis.casebook_mongo import MongoCasebook
from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.life_cycle import Refused
from services.chassis.mongo import SCHEMES, open_database
from services.chassis.pages import Pages
from services.chassis.pages_mongo import MongoPages
from services.chassis.pages_sqlite import SQLitePages


class OpenCasebook(Casebook, Protocol):
    """A casebook whose holder closes it."""

    def close(self) -> None:
        """Close it."""


class OpenPages(Pages, Protocol):
    """Pages whose holder closes them."""

    def close(self) -> None:
        """Close them."""


def open_casebook(url: str, *, rehearsal: bool = False) -> OpenCasebook:
    """The casebook at a URL; raises Refused URL_INVALID, or as `chassis.mongo.open_database`."""
    if urlsplit(url).scheme in SCHEMES:
        return MongoCasebook(open_database(url, rehearsal=rehearsal))
    return SQLiteCasebook(file_of(url, "sqlite"))


def open_pages(url: str, *, rehearsal: bool = False) -> OpenPages:
    """The pages at a URL; raises as `open_casebook`."""
    if urlsplit(url).scheme in SCHEMES:
        return MongoPages(open_database(url, rehearsal=rehearsal))
    return SQLitePages(file_of(url, "sqlite"))


def open_attachments(url: str, *, rehearsal: bool = False) -> Attachments:
    """The attachments at a URL; raises as `open_casebook`."""
    if urlsplit(url).scheme in SCHEMES:
        return GridAttachments(open_database(url, rehearsal=rehearsal))
    return FileAttachments(file_of(url, "file"))


def file_of(url: str, scheme: str) -> Path:
    """The absolute path that `scheme:///path` names; raises Refused URL_INVALID."""
    parts = urlsplit(url)
    if parts.scheme != scheme or parts.netloc or not parts.path.startswith("/") or parts.path == "/":
        raise Refused("URL_INVALID", f"地址须形如 {scheme}:///绝对路径 或 mongodb://用户:口令@主机/库名")
    return Path(unquote(parts.path))
