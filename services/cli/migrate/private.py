"""What no server holds: keys of sealed texts, one file for each service, and the files beside the databases."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from services.chassis.vault import SQLiteRows
from services.cli.speaking import Wrong

NOBODYS = UUID(int=0)
"""The key by which texts are marked whose command has no stream yet: every service marks by it."""


def keys_of(keys: Mapping[UUID, bytes], streams: Iterable[UUID]) -> dict[UUID, bytes]:
    """Those of a service: a key bears the id of the stream whose text it seals."""
    wanted = {*streams, NOBODYS}
    return {key: value for key, value in keys.items() if key in wanted}


def put_keys(path: Path, keys: Mapping[UUID, bytes]) -> int:
    """Lay keys down where the service's processes look for them; one destroyed stays destroyed. Raises Wrong."""
    if not keys:
        return 0
    rows = SQLiteRows(path)
    try:
        for key, value in keys.items():
            if rows.first(key, value) != value:
                raise Wrong("TARGET_NOT_EMPTY", f"密钥文件“{path.name}”里已有同一编号的另一把密钥")
    finally:
        rows.close()
    return len(keys)


def copy_file(source: Path, target: Path) -> None:
    """Byte by byte, for the owner's eyes; one that stands there already must be the same. Raises Wrong."""
    content = source.read_bytes()
    if target.exists():
        if target.read_bytes() != content:
            raise Wrong("TARGET_NOT_EMPTY", f"“{target}”已存在，且与要迁入的不同")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    if target.read_bytes() != content:
        raise Wrong("MIGRATION_DIFFERS", f"“{target}”与原文件不同")
