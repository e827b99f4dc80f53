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
from services.cli.throwaway_postgres import free_port

ROOT = Path(__file__).resolve().parents[3]
ROLES = ("doors", "relay", "subscriber")


class Secrets(msgspec.Struct, frozen=True):
    """Minted at the first start; the file is readable by its owner only."""

    postgres: str
    rabbitmq: str


class Worker(msgspec.Struct, frozen=True):
    """One process: what to run, and where it tells how it is."""

    name: str
    arguments: tuple[str, ...]
    health_port: int


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """What a running cluster leaves in `cluster.json` for the other verbs."""

    supervisor: int
    log_url: str
    amqp_url: str
    workers: tuple[Worker, ...]


def secrets_in(folder: Path) -> Secrets:
    """The cluster's passwords, minted when there are none."""
    file = folder / "secrets.json"
    if not file.exists():
        minted = Secrets(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        _write_private(file, msgspec.json.encode(minted))
    return msgspec.json.decode(file.read_bytes(), type=Secrets)


def token_key_in(folder: Path) -> Path:
    """The public key of the cluster's gateway; its private half lies beside it, readable by its owner only."""
    private, public = folder / "gateway-key.json", folder / "gateway-key.public.json"
    if not private.exists():
        key = new_key()
        _write_private(private, msgspec.json.encode(key.as_dict(private=True)))
        public.write_bytes(msgspec.json.encode(key.as_dict(private=False)))
    return public


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
    """Three processes of every service that has them, each with a health port of its own."""
    services = [name for name in WRITERS if importlib.util.find_spec(f"services.{name}") is not None]
    return tuple(
        Worker(f"{service}-{role}", command_of(service, role), free_port())
        for service in services if _has_adapters(service) for role in ROLES
    )


def _has_adapters(service: str) -> bool:
    return (ROOT / "services" / service / "adapters" / "entrypoints.py").exists()


def command_of(service: str, role: str) -> tuple[str, ...]:
    """How a process is started."""
    adapters = f"services.{service}.adapters"
    if role == "doors":
        return (sys.executable, "-m", "services.chassis.hosting", f"{adapters}.entrypoints")
    return (sys.executable, "-m", f"{adapters}.{role}")


def environment(log_url: str, amqp_url: str, token_key: Path, worker: Worker) -> Mapping[str, str]:
    """What a process is told."""
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "EVENTLET_NO_GREENDNS": "yes",
        "DUDAO_LOG_URL": log_url, "DUDAO_AMQP_URL": amqp_url, "DUDAO_TOKEN_KEY": str(token_key),
        "DUDAO_HEALTH_PORT": str(worker.health_port), "DUDAO_SEAL_KEYS": str(seal_keys_in(token_key.parent, worker)),
    }
