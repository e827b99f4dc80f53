"""The published table of who hears whom says what the applications really listen to."""

import importlib
from pathlib import Path

import pytest

from contracts.correspondence import HEARS, WRITERS, listeners_of
from services.chassis.application import ServiceApplication
from services.chassis.reference_letters import HEARD
from tests.architecture.planting import ROOT

APPLICATIONS = sorted(path.parent.name for path in (ROOT / "services").glob("*/application.py"))


def application_of(service: str) -> type[ServiceApplication]:
    module = importlib.import_module(f"services.{service}.application")
    kinds = [k for k in vars(module).values() if isinstance(k, type) and k.__module__ == module.__name__]
    return next(kind for kind in kinds if issubclass(kind, ServiceApplication))


def senders_of(application: type[ServiceApplication]) -> set[str]:
    """Whose letters its policies and its copies need; copies of its own facts come with the facts themselves."""
    foreign = {name for name in application.copies if not name.startswith(f"{application.name}.")}
    return {name.partition(".")[0] for name in (*application.policies, *foreign, *HEARD)}


@pytest.mark.parametrize("service", [name for name in APPLICATIONS if name in WRITERS])
def test_a_service_has_a_queue_for_every_sender_it_listens_to_and_no_other(service: str) -> None:
    assert set(HEARS[service]) == senders_of(application_of(service))


@pytest.mark.parametrize("service", [name for name in APPLICATIONS if name in WRITERS])
def test_a_service_has_its_three_processes(service: str) -> None:
    folder: Path = ROOT / "services" / service / "adapters"
    missing = [name for name in ("entrypoints", "relay", "subscriber") if not (folder / f"{name}.py").exists()]
    assert missing == []


def test_every_sender_is_heard_by_the_audit() -> None:
    assert all("audit" in listeners_of(sender) for sender in WRITERS)
    assert listeners_of("nobody") == ()
