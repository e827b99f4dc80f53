"""The manifests fit their schema and the rules; a manifest broken in any of these ways is refused by its rule."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.deploy import manifest_rules as rules
from tests.deploy.reading import Manifest, container_of, manifests, of_kind, rendered, tool

Break = Callable[[list[Manifest]], object]
KUBERNETES = "1.32.0"


def validated(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """kubernetes-validate, strict: unknown fields are errors."""
    (folder / "all.yaml").write_text(text)
    command = [tool("kubernetes-validate"), "--strict", "--no-warn", "-k", KUBERNETES, str(folder / "all.yaml")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_every_manifest_fits_the_strict_schema(tmp_path: Path) -> None:
    done = validated(rendered(), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count(" passed ") == len(manifests())


@pytest.mark.slow
def test_the_strict_schema_refuses_a_wrong_type_and_an_unknown_field(tmp_path: Path) -> None:
    spoiled = rendered().replace("replicas: 2", "replicas: '2'").replace("minAvailable:", "minAvailible:")
    said = validated(spoiled, tmp_path)
    assert said.returncode != 0
    assert "'2' is not of type" in said.stdout + said.stderr and "minAvailible" in said.stdout + said.stderr


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_manifests_keep_every_rule(rule: Callable[[list[Manifest]], rules.Complaints]) -> None:
    assert [*rule(manifests())] == []


def deployment(found: list[Manifest], name: str = "findings-doors") -> Manifest:
    return next(manifest for manifest in of_kind(found, "Deployment") if manifest["metadata"]["name"] == name)


def pod(found: list[Manifest]) -> Manifest:
    return dict_of(deployment(found)["spec"]["template"]["spec"])


def dict_of(value: Manifest) -> Manifest:
    return value


def container(found: list[Manifest]) -> Manifest:
    return dict_of(pod(found)["containers"][0])


def without(found: list[Manifest], kind: str, name: str) -> None:
    found[:] = [m for m in found if (m["kind"], m["metadata"]["name"]) != (kind, name)]


def settings(found: list[Manifest]) -> Manifest:
    return dict_of(of_kind(found, "ConfigMap")[0]["data"])


BROKEN: dict[str, tuple[Callable[[list[Manifest]], rules.Complaints], Break]] = {
    "a process is missing": (
        rules.every_process_is_there_once, lambda found: without(found, "Deployment", "audit-subscriber")),
    "a process starts another program": (
        rules.every_process_is_there_once,
        lambda found: container(found).update(command=["python", "-m", "services.findings.adapters.relay"])),
    "a readiness probe is missing": (
        rules.every_process_is_probed, lambda found: container(found).pop("readinessProbe")),
    "the liveness probe asks for readiness": (
        rules.every_process_is_probed,
        lambda found: container(found)["livenessProbe"]["httpGet"].update(path="/readyz")),
    "health is on another port": (
        rules.health_is_on_its_port, lambda found: container(found)["ports"][0].update(containerPort=8080)),
    "the setting names another port": (
        rules.health_is_on_its_port, lambda found: settings(found).update(DUDAO_HEALTH_PORT="9000")),
    "a process may be root": (
        rules.nobody_is_root, lambda found: pod(found)["securityContext"].update(runAsNonRoot=False)),
    "a process is privileged": (
        rules.nobody_has_privileges, lambda found: container(found)["securityContext"].update(privileged=True)),
    "a process may write its image": (
        rules.nobody_has_privileges, lambda found: container(found)["securityContext"].pop("readOnlyRootFilesystem")),
    "a pod is on the host's network": (
        rules.nobody_shares_the_host, lambda found: pod(found).update(hostNetwork=True)),
    "a pod mounts a folder of the host": (
        rules.nobody_shares_the_host, lambda found: pod(found)["volumes"].append({"name": "x", "hostPath": {}})),
    "the image is the latest": (
        rules.images_have_a_version, lambda found: container(found).update(image="registry:5000/dudao:latest")),
    "the image has no version": (
        rules.images_have_a_version, lambda found: container(found).update(image="registry:5000/dudao")),
    "limits are missing": (
        rules.resources_are_bounded, lambda found: container(found)["resources"].pop("limits")),
    "a password stands in the settings": (
        rules.secrets_are_only_named,
        lambda found: settings(found).update(DUDAO_LOG_URL="postgresql://dudao:x9-Pw3@db/dudao")),
    "a secret lies among the manifests": (
        rules.secrets_are_only_named, lambda found: found.append({"kind": "Secret", "metadata": {"name": "x"}})),
    "a budget is missing": (
        rules.every_process_has_a_disruption_budget,
        lambda found: without(found, "PodDisruptionBudget", "findings-doors")),
    "a budget lets nobody go": (
        rules.every_process_has_a_disruption_budget, lambda found: deployment(found)["spec"].update(replicas=1)),
    "a relay runs twice": (
        rules.only_doors_are_many, lambda found: deployment(found, "findings-relay")["spec"].update(replicas=2)),
    "two subscribers overlap": (
        rules.only_doors_are_many,
        lambda found: deployment(found, "findings-subscriber")["spec"].update(strategy={"type": "RollingUpdate"})),
    "nothing is denied": (
        rules.the_network_is_closed, lambda found: without(found, "NetworkPolicy", "nothing")),
    "everybody may come in": (
        rules.the_network_is_closed,
        lambda found: of_kind(found, "NetworkPolicy")[-1]["spec"].update(ingress=[{"ports": [{"port": 1}]}])),
    "the namespace permits all": (
        rules.the_namespace_is_restricted,
        lambda found: of_kind(found, "Namespace")[0]["metadata"]["labels"].clear()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_manifest_is_refused(name: str) -> None:
    rule, spoil = BROKEN[name]
    found = manifests()
    spoil(found)
    assert [*rule(found)] != []


def test_every_rule_has_a_manifest_that_breaks_it() -> None:
    assert {rule for rule, _ in BROKEN.values()} == set(rules.RULES)


def test_secrets_are_asked_for_by_the_names_they_are_minted_under() -> None:
    from services.cli.secret_files import Hosts, minted

    asked = {
        item["key"] for manifest in of_kind(manifests(), "Deployment", "Job")
        for volume in manifest["spec"]["template"]["spec"]["volumes"] if "secret" in volume
        for item in volume["secret"]["items"]
    }
    assert asked <= minted(Hosts()).keys()
    assert asked >= {"log_url", "amqp_url", "casebook_url", "pages_url", "migration_url", "gateway_key.public.json"}


def test_a_process_sees_only_the_secrets_it_needs() -> None:
    for one in of_kind(manifests(), "Deployment"):
        mounted = {
            item["path"] for volume in one["spec"]["template"]["spec"]["volumes"] if "secret" in volume
            for item in volume["secret"]["items"]
        }
        named = {entry["value"].removeprefix("/run/secrets/dudao/") for entry in container_of(one)["env"]
                 if entry["value"].startswith("/run/secrets/")}
        assert mounted == named, one["metadata"]["name"]


def test_what_is_rendered_is_what_is_written() -> None:
    names = {manifest["metadata"]["name"] for manifest in yaml.safe_load_all(rendered())}
    assert {"findings-doors", "audit-subscriber", "migration"} <= names
