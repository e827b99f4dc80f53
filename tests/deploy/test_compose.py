"""Compose fits its specification; no password stands in it, everything is started in order and comes up again."""

import copy
import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema.validators import validator_for

from services.cli.secret_files import Hosts, minted
from tests.deploy.reading import HEALTH_PORT, compose
from tests.deploy.test_same_names import SERVERS

ONCE = {"migration", "mongo-members"}
PASSWORDS = ("PASSWORD", "PASS", "TOKEN", "SECRET", "_URL")


def complaints(found: Any) -> list[str]:
    """What the JSON schema of the compose specification says, as check-jsonschema carries it."""
    schema = json.loads((files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text())
    return [f"{[*error.absolute_path]}: {error.message}" for error in validator_for(schema)(schema).iter_errors(found)]


def test_compose_fits_its_specification() -> None:
    assert complaints(compose()) == []


@pytest.mark.parametrize("wrong", [{"restrat": "always"}, {"healthcheck": {"retries": []}}, {"command": 7}])
def test_the_specification_refuses_what_is_no_compose(wrong: dict[str, Any]) -> None:
    spoiled = copy.deepcopy(compose())
    spoiled["services"]["audit-subscriber"] |= wrong
    assert complaints(spoiled) != []


def clear_passwords(services: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {key}" for name, one in services.items() for key, value in one.get("environment", {}).items()
        if any(part in key for part in PASSWORDS) and not str(value).startswith("/run/secrets/")
    ]


def test_every_password_is_a_file_that_the_minting_verb_makes() -> None:
    assert clear_passwords(compose()["services"]) == []
    assert clear_passwords({"x": {"environment": {"POSTGRES_PASSWORD": "dudao"}}}) == ["x: POSTGRES_PASSWORD"]
    assert compose()["secrets"].keys() <= minted(Hosts()).keys()
    assert all(one["file"] == f"./deploy/secrets/{name}" for name, one in compose()["secrets"].items())


def test_everything_comes_up_again_and_tells_how_it_is() -> None:
    for name, one in compose()["services"].items():
        assert one["restart"] == ("on-failure" if name in ONCE else "unless-stopped"), name
        assert name in ONCE or one["healthcheck"]["test"][0] == "CMD", name
        if name not in SERVERS:
            assert f":{HEALTH_PORT}/readyz" in str(one["healthcheck"]["test"]), name


def test_whatever_is_waited_for_exists_and_can_become_true() -> None:
    services = compose()["services"]
    for name, one in services.items():
        for other, wait in one.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other in ONCE else "service_healthy"
            assert other in services and wait["condition"] == wanted, f"{name} waits for {other}"
    waited = {name: set(one.get("depends_on", ())) for name, one in services.items()}
    assert all(waited[name] == {"migration", "rabbitmq"} for name in services if name.endswith(("-doors", "-relay")))


def test_versions_are_pinned_and_what_is_kept_lies_in_volumes() -> None:
    services, volumes = compose()["services"], compose()["volumes"]
    for name, one in services.items():
        assert one["image"].partition(":")[2] not in ("", "latest"), name
    kept = {mount.partition(":")[0] for one in services.values() for mount in one.get("volumes", ())}
    assert {mount for mount in kept if not mount.startswith((".", "/"))} == set(volumes)


def test_nothing_listens_beyond_this_machine() -> None:
    ports = [port for one in compose()["services"].values() for port in one.get("ports", ())]
    assert ports and all(port.startswith("127.0.0.1:") for port in ports)
