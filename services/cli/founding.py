"""What a deployment has before anybody is registered: its signing key and its first administrators."""

import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid5

import msgspec
from joserfc.jwk import OKPKey

from contracts.values import DUDAO, Role
from services.chassis.directory import root
from services.chassis.identity import Identity, new_key

ADMINISTRATORS: Mapping[str, Role] = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
    "policy": Role.OFFICE_STAFF,
}
"""Who acts before any body is registered: reference data, grants, proof, policy documents."""


def administrator(name: str) -> Identity:
    """The deployment's own administrator of that name, one of ADMINISTRATORS."""
    return root(uuid5(DUDAO, f"administrator/{name}"), ADMINISTRATORS[name])


def signing_key(data: Path) -> OKPKey:
    """The key in `data`, made on the first visit and readable by its owner alone."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "signing-key.json"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return OKPKey.import_key(msgspec.json.decode(path.read_bytes()))
    key = new_key()
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(key.as_dict(private=True)))
    return key
