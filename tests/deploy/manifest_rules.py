"""What every manifest must be, beyond its schema; each rule takes all manifests and returns complaints.

To add a rule: write the function, list it in RULES, plant its violation in test_manifests.py.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.deploy.reading import HEALTH_PORT, Manifest, of_kind, plan, started_by

Complaints = Iterator[str]
PROBES = {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
HOST = ("hostNetwork", "hostPID", "hostIPC")
VOLUMES = {"configMap", "emptyDir", "persistentVolumeClaim", "secret", "projected"}
SECRET = re.compile(r"://[^/\s:]+:[^/\s]+@|pass(word|wd)?\s*[=:]\s*\S", re.IGNORECASE)


def pods(found: list[Manifest]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every pod's spec, with the name of its owner."""
    for manifest in of_kind(found, "Deployment", "Job"):
        yield manifest["metadata"]["name"], manifest["spec"]["template"]["spec"]


def containers(found: list[Manifest]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, pod in pods(found):
        for container in [*pod["containers"], *pod.get("initContainers", ())]:
            yield name, container


def every_process_is_there_once(found: list[Manifest]) -> Complaints:
    commands = {m["metadata"]["name"]: m["spec"]["template"]["spec"]["containers"][0]["command"]
                for m in of_kind(found, "Deployment")}
    for name in sorted(commands.keys() ^ plan().keys()):
        yield f"{name}: {'not in the plan' if name in commands else 'missing'}"
    for name, worker in plan().items():
        if name in commands and commands[name] != started_by(worker):
            yield f"{name}: started by {commands[name]}"


def every_process_is_probed(found: list[Manifest]) -> Complaints:
    for deployment in of_kind(found, "Deployment"):
        for container in deployment["spec"]["template"]["spec"]["containers"]:
            for probe, path in PROBES.items():
                asked = container.get(probe, {}).get("httpGet", {})
                if (asked.get("path"), asked.get("port")) != (path, "health"):
                    yield f"{deployment['metadata']['name']}: {probe}"


def health_is_on_its_port(found: list[Manifest]) -> Complaints:
    for name, container in containers(found):
        ports = {port["name"]: port["containerPort"] for port in container.get("ports", ())}
        if container.get("readinessProbe") and ports != {"health": HEALTH_PORT}:
            yield f"{name}: ports {ports}"
    (settings,) = of_kind(found, "ConfigMap")
    if settings["data"]["DUDAO_HEALTH_PORT"] != str(HEALTH_PORT):
        yield "dudao-settings: DUDAO_HEALTH_PORT"


def nobody_is_root(found: list[Manifest]) -> Complaints:
    for name, pod in pods(found):
        context = pod.get("securityContext", {})
        if not context.get("runAsNonRoot") or not context.get("runAsUser"):
            yield f"{name}: may run as root"
        if context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield f"{name}: no seccomp profile"


def nobody_has_privileges(found: list[Manifest]) -> Complaints:
    for name, container in containers(found):
        context = container.get("securityContext", {})
        wanted = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
        if {key: context.get(key) for key in wanted} != wanted or context.get("privileged"):
            yield f"{name}: {context}"


def nobody_shares_the_host(found: list[Manifest]) -> Complaints:
    for name, pod in pods(found):
        yield from (f"{name}: {key}" for key in HOST if pod.get(key))
        for volume in pod.get("volumes", ()):
            yield from (f"{name}: volume {kind}" for kind in volume.keys() - {"name"} - VOLUMES)
        if pod.get("automountServiceAccountToken") is not False:
            yield f"{name}: holds a token of the cluster"


def images_have_a_version(found: list[Manifest]) -> Complaints:
    for name, container in containers(found):
        _, _, tag = container["image"].rpartition("/")[2].partition(":")
        if tag in ("", "latest"):
            yield f"{name}: {container['image']}"


def resources_are_bounded(found: list[Manifest]) -> Complaints:
    for name, container in containers(found):
        given = container.get("resources", {})
        for bound in ("requests", "limits"):
            if given.get(bound, {}).keys() != {"cpu", "memory"}:
                yield f"{name}: {bound}"


def secrets_are_only_named(found: list[Manifest]) -> Complaints:
    for manifest in found:
        if manifest["kind"] == "Secret" or SECRET.search(str(manifest)):
            yield f"{manifest['kind']} {manifest['metadata']['name']}: a secret in clear"


def every_process_has_a_disruption_budget(found: list[Manifest]) -> Complaints:
    budgets = [budget["spec"] for budget in of_kind(found, "PodDisruptionBudget")]
    for deployment in of_kind(found, "Deployment"):
        labels = deployment["spec"]["template"]["metadata"]["labels"].items()
        hit = [b for b in budgets if b["selector"]["matchLabels"].items() <= labels]
        if len(hit) != 1:
            yield f"{deployment['metadata']['name']}: {len(hit)} budgets"
        elif deployment["spec"]["replicas"] <= hit[0].get("minAvailable", 0):
            yield f"{deployment['metadata']['name']}: could never be drained"


def only_doors_are_many(found: list[Manifest]) -> Complaints:
    for deployment in of_kind(found, "Deployment"):
        spec, name = deployment["spec"], deployment["metadata"]["name"]
        if not name.endswith("-doors") and (spec["replicas"], spec["strategy"]["type"]) != (1, "Recreate"):
            yield f"{name}: {spec['replicas']} at once"


def the_network_is_closed(found: list[Manifest]) -> Complaints:
    closed = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    policies = of_kind(found, "NetworkPolicy")
    if not any(policy["spec"] == closed for policy in policies):
        yield "nothing is denied by default"
    for policy in policies:
        opened = [*policy["spec"].get("ingress", ()), *policy["spec"].get("egress", ())]
        if any(not (rule.get("from") or rule.get("to")) or not rule.get("ports") for rule in opened):
            yield f"{policy['metadata']['name']}: open to everybody"


def the_namespace_is_restricted(found: list[Manifest]) -> Complaints:
    (namespace,) = of_kind(found, "Namespace")
    if namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce") != "restricted":
        yield "pods are not held to the restricted profile"


RULES: tuple[Callable[[list[Manifest]], Complaints], ...] = (
    every_process_is_there_once,
    every_process_is_probed,
    health_is_on_its_port,
    nobody_is_root,
    nobody_has_privileges,
    nobody_shares_the_host,
    images_have_a_version,
    resources_are_bounded,
    secrets_are_only_named,
    every_process_has_a_disruption_budget,
    only_doors_are_many,
    the_network_is_closed,
    the_namespace_is_restricted,
)
