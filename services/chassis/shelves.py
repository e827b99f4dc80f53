"""Opening the casebook and the pages by their URL."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from services.chassis.casebook_sqlite import SQLiteCasebook
from services.chassis.pages_sqlite import SQLitePages


def open_casebook(url: str, *, rehearsal: bool = False) -> SQLiteCasebook:
    """For now."""
    return SQLiteCasebook(Path(unquote(urlsplit(url).path)))


def open_pages(url: str, *, rehearsal: bool = False) -> SQLitePages:
    """For now."""
    return SQLitePages(Path(unquote(urlsplit(url).path)))
