"""The import rules of the house, as import-linter contracts over the folders that exist today.

To add a rule: write a function from the import graph to a contract (or None while its folders do
not exist), list it in RULES, and plant its violation in test_imports.py.
"""

from collections.abc import Callable, Iterable

from grimp import ImportGraph
from importlinter import Contract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from tests.architecture.only_contract import OnlyContract

WRITE_SERVICES = (
    "services.registry",
    "services.personnel",
    "services.scheduling",
    "services.findings",
    "services.rectification",
    "services.accountability",
)
READERS = ("services.reporting", "services.audit")
DOORS = ("services.gateway", "services.cli")
WIRING = "services.cli.wiring"
SESSION = {"root_packages": ["contracts", "services"]}
OPEN_TO_DOORS = ("services.reporting.views", "services.audit.casebook")
DOMAIN_MAY_IMPORT = (
    "contracts",
    "services.chassis.aggregates",
    "services.chassis.calendar",
    "services.chassis.calendar_year",
    "services.chassis.facts",
    "services.chassis.guards",
    "services.chassis.life_cycle",
    "services.chassis.policies",
    "services.chassis.policy_values",
    "services.chassis.staffing",
)


def present(graph: ImportGraph, *expressions: str) -> list[str]:
    """Those of the modules (or wildcards) that the tree has."""
    return sorted({name for text in expressions for name in graph.find_matching_modules(text)})


def forbid(
    graph: ImportGraph, sources: Iterable[str], targets: Iterable[str], ignore: Iterable[str] = ()
) -> Contract | None:
    """No direct import from `sources` to `targets`, but for the imports ignored."""
    here, there = present(graph, *sources), present(graph, *targets)
    if not here or not there:
        return None
    options = {"source_modules": here, "forbidden_modules": there, "ignore_imports": [*ignore]}
    options |= {"allow_indirect_imports": "true", "unmatched_ignore_imports_alerting": "none"}
    return ForbiddenContract("forbidden", SESSION, options)


def floors(graph: ImportGraph) -> Contract:
    """Imports go down only. The wiring alone may reach the gateway, to start it in its process."""
    layers = [
        " | ".join(f"({name})" for name in floor)
        for floor in (DOORS, READERS, ("services.chassis",), ("contracts",))
    ]
    ignore = [f"{WIRING} -> services.gateway", f"{WIRING} -> services.gateway.**"]
    options = {"layers": layers, "ignore_imports": ignore}
    options |= {"unmatched_ignore_imports_alerting": "none"}
    return LayersContract("floors", SESSION, options)


def write_services_are_strangers(graph: ImportGraph) -> Contract | None:
    """Writing is a letter: no write service imports another."""
    modules = present(graph, *WRITE_SERVICES)
    if len(modules) < 2:
        return None
    return IndependenceContract("strangers", SESSION, {"modules": modules})


def write_services_look_down(graph: ImportGraph) -> Contract | None:
    """No write service imports what stands above it."""
    return forbid(graph, WRITE_SERVICES, READERS + DOORS)


def nobody_below_the_cli_knows_a_write_service(graph: ImportGraph) -> Contract | None:
    """Only the command line wires services together; everyone else writes them letters."""
    sources = ("contracts", "services.chassis", *READERS, "services.gateway")
    return forbid(graph, sources, WRITE_SERVICES)


def doors_read_only_views_and_the_casebook(graph: ImportGraph) -> Contract | None:
    """Reading is a library, and the library has two rooms."""
    rooms = present(graph, *(f"{reader}.*" for reader in READERS))
    closed = [room for room in rooms if room not in OPEN_TO_DOORS]
    return forbid(graph, DOORS, closed, ignore=[f"{WIRING} -> {room}.**" for room in READERS])


def the_cli_never_reaches_into_a_domain(graph: ImportGraph) -> Contract | None:
    """The command line wires applications; what they decide is their own."""
    return forbid(graph, ["services.cli"], ["services.*.domain"])


def a_domain_stands_on_little(graph: ImportGraph) -> Contract | None:
    """Rules import the standard library, the contracts and the pure modules of the floor."""
    return only(present(graph, "services.*.domain"), DOMAIN_MAY_IMPORT)


def contracts_stand_on_msgspec(graph: ImportGraph) -> Contract | None:
    """What services say can be read by anybody who has msgspec."""
    return only(["contracts"], ["msgspec"])


def only(sources: list[str], allowed: Iterable[str]) -> Contract | None:
    """`sources` import the standard library, themselves and `allowed`, nothing else."""
    options = {"source_modules": sources, "allowed_modules": [*allowed]}
    return OnlyContract("only", SESSION, options) if sources else None


def nameko_stays_at_the_door(graph: ImportGraph) -> Contract | None:
    """nameko is imported by entrypoints, hosting with its queue, and asking alone."""
    if "nameko" not in graph.modules:
        return None
    doors = present(
        graph,
        "services.*.adapters.entrypoints",
        "services.chassis.hosting",
        "services.chassis.rpc_queue",
        "services.chassis.asking",
    )
    options = {"protected_modules": ["nameko"], "allowed_importers": doors}
    return ProtectedContract("nameko", SESSION, options | {"as_packages": "false"})


def nameko_and_mongodb_never_meet(graph: ImportGraph) -> Contract | None:
    """pymongo does not support eventlet: no process that nameko patches reaches it, by whatever way."""
    patched = present(graph, "services.*.adapters.entrypoints", "services.chassis.hosting")
    drivers = present(graph, "pymongo", "gridfs")
    if not patched or not drivers:
        return None
    options = {"source_modules": patched, "forbidden_modules": drivers}
    return ForbiddenContract("mongodb", SESSION | {"include_external_packages": "true"}, options)


RULES: tuple[Callable[[ImportGraph], Contract | None], ...] = (
    floors,
    write_services_are_strangers,
    write_services_look_down,
    nobody_below_the_cli_knows_a_write_service,
    doors_read_only_views_and_the_casebook,
    the_cli_never_reaches_into_a_domain,
    a_domain_stands_on_little,
    contracts_stand_on_msgspec,
    nameko_stays_at_the_door,
    nameko_and_mongodb_never_meet,
)
