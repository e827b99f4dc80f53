"""The embedded deployment: every service, its log, the signing key and the first administrators in one process."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

import msgspec
from eventsourcing.persistence import InfrastructureFactory
from joserfc.jwk import OKPKey

from contracts.values import DUDAO, Role
from services.chassis.application import ServiceApplication
from services.chassis.clock import HandClock, system_clock
from services.chassis.directory import root
from services.chassis.identity import Identity, TokenReader, TokenSigner, new_key
from services.chassis.log_memory import MemoryLogs
from services.chassis.log_sqlite import SQLiteLogs
from services.chassis.town import Hearer, Town
from services.rectification.application import Rectification
from services.registry.application import Registry

Logs = Callable[[str], InfrastructureFactory[Any]]

SERVICES: Mapping[str, type[ServiceApplication]] = {
    "registry": Registry,
    "rectification": Rectification,
}
"""To add a service, add a line."""

ADMINISTRATORS: Mapping[str, Role] = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
    "policy": Role.OFFICE_STAFF,
}
"""Who acts before any body is registered: reference data, grants, proof, policy documents."""


class WallClock(HandClock):
    """The machine's time in the place of the hand clock: whoever sets it finds that it moves by itself."""

    def __init__(self) -> None:
        super().__init__(system_clock())

    def __call__(self) -> datetime:
        self.now = system_clock()
        return self.now

    def set(self, instant: datetime) -> None:
        """Look at the machine's clock again."""
        self.now = system_clock()


def town(
    data: Path | None, clock: HandClock, services: Mapping[str, type[ServiceApplication]] = SERVICES,
    hearers: Iterable[Hearer] = (),
) -> Town:
    """All services on files in `data`, or in memory; raises Refused LOG_OWNED when another process has them."""
    key = new_key() if data is None else signing_key(data)
    reader, logs = TokenReader(key, clock), _logs(data, clock)
    opened: dict[str, ServiceApplication] = {}
    try:
        for name, kind in services.items():
            opened[name] = kind(logs(name), reader, clock)
    except BaseException:
        for service in opened.values():
            service.close()
        raise
    return Town(opened, TokenSigner(key, clock), clock, hearers)


def administrator(name: str) -> Identity:
    """The deployment's own administrator of that name, one of ADMINISTRATORS."""
    return root(uuid5(DUDAO, f"administrator/{name}"), ADMINISTRATORS[name])


def signing_key(data: Path) -> OKPKey:
    """The key in `data`, made on the first visit and readable by its owner alone."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "signing-key.json"
    if not path.exists():
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(new_key().as_dict(private=True)))
    return OKPKey.import_key(msgspec.json.decode(path.read_bytes()))


def _logs(data: Path | None, clock: HandClock) -> Logs:
    if data is None:
        return lambda _: MemoryLogs(clock)
    return lambda name: SQLiteLogs(data / f"{name}.sqlite", clock)
