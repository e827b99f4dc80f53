"""What a cluster on one machine consists of: its folder, its secrets, and one process for each role of each service."""

import importlib.util
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from contracts.correspondence import WRITERS
from services.chassis.identity import new_key
from services.chassis.stage import STAGE_FILE
from services.cli.ports import quiet_ports

ROOT = Path(__file__).resolve().parents[3]
ROLES = ("doors", "relay", "subscriber")
READERS = ("services.audit.adapters.subscriber", "services.reporting.adapters.projection")
REHEARSAL = {"DUDAO_MODE": "rehearsal", "DUDAO_LOOK_SECONDS": "0.02", "DUDAO_IDLE_SECONDS": "2"}
"""A rehearsal is waited for, so its loops look again sooner."""


ON_STAND_IN = {"DUDAO_MODE": "rehearsal"}


class Secrets(msgspec.Struct, frozen=True):
    """Minted at the first start; the file is readable by its owner only."""

    postgres: str = ""
    rabbitmq: str = ""
    mongo: str = ""


class Worker(msgspec.Struct, frozen=True):
    """One process: what to run, and where it tells how it is."""

    name: str
    arguments: tuple[str, ...]
    health_port: int

    @property
    def module(self) -> str:
        """The module that it runs, or that its host serves."""
        return self.arguments[-1]


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """What a running cluster leaves in `cluster.json` for the other verbs.

    `stand_in` says that the readers' shelves are in SecantusDB, which their processes open as a rehearsal only.
    """

    supervisor: int
    log_url: str
    amqp_url: str
    casebook_url: str = ""
    pages_url: str = ""
    rehearsal: bool = False
    stand_in: bool = False
    workers: tuple[Worker, ...]


def secrets_in(folder: Path) -> Secrets:
    """The cluster's passwords; those that are missing, as in a folder of an earlier version, are minted."""
    file = folder / "secrets.json"
    kept = msgspec.json.decode(file.read_bytes(), type=dict[str, str]) if file.exists() else {}
    missing = [name for name in Secrets.__struct_fields__ if not kept.get(name)]
    if missing:
        kept |= {name: secrets.token_urlsafe(24) for name in missing}
        draft = folder / f"secrets-{secrets.token_hex(4)}.json"
        _write_private(draft, msgspec.json.encode(kept))
        draft.replace(file)
    return msgspec.convert(kept, Secrets)


def token_key_in(folder: Path) -> Path:
    """The public key of the cluster's gateway; its private half lies beside it, readable by its owner only."""
    private, public = private_key_in(folder), folder / "gateway-key.public.json"
    if not private.exists():
        key = new_key()
        _write_private(private, msgspec.json.encode(key.as_dict(private=True)))
        public.write_bytes(msgspec.json.encode(key.as_dict(private=False)))
    return public


def private_key_in(folder: Path) -> Path:
    """The private half, with which whoever stands in for the gateway signs."""
    return folder / "gateway-key.json"


def seal_keys_in(folder: Path, worker: Worker) -> Path:
    """The keys of what a service seals, for all its processes, apart from its log."""
    return seal_keys_of(folder, worker.name.rpartition("-")[0])


def seal_keys_of(folder: Path, service: str) -> Path:
    """The same, by the service's name."""
    return folder / f"{service}-seal-keys.sqlite"


def _write_private(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)


def workers() -> tuple[Worker, ...]:
    """Three processes of every service that writes, one of each that reads, each with a health port of its own."""
    services = [name for name in WRITERS if importlib.util.find_spec(f"services.{name}") is not None]
    commands = {
        f"{service}-{role}": command_of(service, role)
        for service in services if _has_adapters(service) for role in ROLES
    } | dict(map(_reader, READERS))
    ports = quiet_ports(len(commands))
    return tuple(Worker(name, command, port) for (name, command), port in zip(commands.items(), ports, strict=True))


def _reader(module: str) -> tuple[str, tuple[str, ...]]:
    _, service, _, role = module.split(".")
    return f"{service}-{role}", (sys.executable, "-m", module)


def _has_adapters(service: str) -> bool:
    return (ROOT / "services" / service / "adapters" / "entrypoints.py").exists()


def command_of(service: str, role: str) -> tuple[str, ...]:
    """How a process is started."""
    adapters = f"services.{service}.adapters"
    if role == "doors":
        return (sys.executable, "-m", "services.chassis.hosting", f"{adapters}.entrypoints")
    return (sys.executable, "-m", f"{adapters}.{role}")


def environment(running: Running, folder: Path, worker: Worker) -> Mapping[str, str]:
    """What a process is told."""
    told = {
        **os.environ, "PYTHONPATH": str(ROOT), "EVENTLET_NO_GREENDNS": "yes",
        "DUDAO_LOG_URL": running.log_url, "DUDAO_AMQP_URL": running.amqp_url,
        "DUDAO_CASEBOOK_URL": running.casebook_url, "DUDAO_PAGES_URL": running.pages_url,
        "DUDAO_TOKEN_KEY": str(token_key_in(folder)),
        "DUDAO_HEALTH_PORT": str(worker.health_port), "DUDAO_SEAL_KEYS": str(seal_keys_in(folder, worker)),
    }
    if running.rehearsal:
        return told | REHEARSAL | {STAGE_FILE: str(folder / "stage.json")}
    return told | ON_STAND_IN if running.stand_in and worker.module in READERS else told
