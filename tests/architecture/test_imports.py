"""Imports go down only: the real tree keeps every rule, and every planted violation is seen."""

from pathlib import Path

import pytest

from tests.architecture.import_rules import RULES
from tests.architecture.linting import broken_rules
from tests.architecture.planting import ROOT, Plants, copy_of_the_tree, plant

# Rule → plants, each of which must turn that rule red.
VIOLATIONS: dict[str, list[Plants]] = {
    "floors": [
        {"contracts/letter.py": "import services.chassis\n"},
        {
            "services/chassis/town.py": "from services.reporting import views\n",
            "services/reporting/views.py": "",
        },
        {
            "services/chassis/town.py": "def build():\n    import services.cli.app\n",
        },
        {
            "services/reporting/views.py": "import services.gateway.http\n",
            "services/gateway/http.py": "",
        },
        {
            "services/reporting/fold.py": "import services.audit.casebook\n",
            "services/audit/casebook.py": "",
        },
        {"services/gateway/http.py": "import services.cli.app\n"},
        {
            "services/cli/cases.py": "import services.gateway.http\n",
            "services/gateway/http.py": "",
        },
    ],
    "write_services_are_strangers": [
        {
            "services/findings/application.py": "from services.registry.application import units\n",
            "services/registry/application.py": "units = ()\n",
        },
        {
            "services/accountability/domain/measure.py": "import services.rectification\n",
            "services/rectification/application.py": "",
        },
    ],
    "write_services_look_down": [
        {
            "services/personnel/application.py": "from services.reporting import views\n",
            "services/reporting/views.py": "",
        },
        {
            "services/scheduling/application.py": "import services.audit.casebook\n",
            "services/audit/casebook.py": "",
        },
        {
            "services/findings/application.py": "import services.gateway.http\n",
            "services/gateway/http.py": "",
        },
        {"services/registry/adapters/relay.py": "import services.cli.app\n"},
    ],
    "nobody_below_the_cli_knows_a_write_service": [
        {
            f"{who}.py": "import services.findings.application\n",
            "services/findings/application.py": "",
        }
        for who in (
            "contracts/letter",
            "services/chassis/town",
            "services/reporting/fold",
            "services/audit/export",
            "services/gateway/http",
        )
    ],
    "doors_read_only_views_and_the_casebook": [
        {
            "services/gateway/http.py": "from services.reporting import fold\n",
            "services/reporting/fold.py": "",
        },
        {
            "services/cli/cases.py": "import services.audit.export\n",
            "services/audit/export.py": "",
        },
    ],
    "the_cli_never_reaches_into_a_domain": [
        {
            "services/cli/wiring.py": "from services.findings.domain.finding import Finding\n",
            "services/findings/domain/finding.py": "class Finding: ...\n",
        },
    ],
    "a_domain_stands_on_little": [
        {"services/findings/domain/finding.py": f"import {stranger}\n"}
        for stranger in ("msgspec", "psycopg", "services.chassis", "services.cli.app")
    ],
    "contracts_stand_on_msgspec": [
        {"contracts/wire.py": "import yaml\n"},
        {"contracts/findings/finding.py": "import services.chassis\n"},
    ],
    "nameko_stays_at_the_door": [
        {"services/findings/application.py": "from nameko.rpc import rpc\n"},
        {"services/findings/adapters/relay.py": "import nameko\n"},
        {"services/chassis/subscriber.py": "def hear():\n    import nameko.messaging\n"},
    ],
    "nameko_and_mongodb_never_meet": [
        {"services/chassis/hosting.py": "def build():\n    import gridfs\n"},
        {
            "services/findings/adapters/entrypoints.py": "import services.findings.application\n",
            "services/findings/application.py": "import services.chassis.shelves\n",
            "services/chassis/shelves.py": "import pymongo\n",
        },
    ],
}

PERMITTED: Plants = {
    "contracts/wire.py": "import json\nimport msgspec\n",
    "services/chassis/aggregates.py": "import contracts.wire\nimport eventsourcing.domain\n",
    "services/chassis/calendar.py": "import chinese_calendar\n",
    "services/chassis/policies.py": "",
    "services/chassis/hosting.py": "import nameko.containers\n",
    "services/chassis/asking.py": "import nameko.standalone.rpc\n",
    "services/chassis/shelves.py": "import pymongo\n",
    "services/chassis/rpc_queue.py": "import nameko.rpc\n",
    "services/findings/domain/number.py": "",
    "services/findings/domain/finding.py": (
        "import datetime, contracts.wire\nfrom services.chassis import aggregates, calendar\n"
        "from services.chassis.policies import *\nfrom services.findings.domain import number\n"
    ),
    "services/findings/application.py": "import services.findings.domain.finding\n",
    "services/findings/adapters/entrypoints.py": "from nameko.rpc import rpc\n",
    "services/registry/application.py": "import services.chassis.aggregates\n",
    "services/audit/casebook.py": "import services.chassis\n",
    "services/audit/application.py": "import services.audit.casebook\nimport services.chassis.shelves\n",
    "services/reporting/views.py": "import contracts.wire\n",
    "services/reporting/application.py": "import services.reporting.views\n",
    "services/gateway/http.py": (
        "from services.reporting import views\nfrom services.audit import casebook\n"
    ),
    "services/cli/wiring.py": (
        "import services.findings.application\nimport services.registry.application\n"
        "import services.reporting.application\nimport services.audit.application\n"
        "import services.gateway.http\n"
    ),
    "services/cli/cases.py": (
        "import services.cli.wiring\nimport services.audit.casebook\n"
        "import services.findings.application\n"
    ),
}


def planted(tree: Path, plants: Plants) -> dict[str, str]:
    return broken_rules(plant(copy_of_the_tree(tree), plants))


def test_the_real_tree_keeps_every_rule() -> None:
    assert broken_rules(ROOT) == {}


def test_every_rule_has_a_planted_violation() -> None:
    assert set(VIOLATIONS) == {rule.__name__ for rule in RULES}
    assert all(VIOLATIONS.values())


@pytest.mark.parametrize(
    ("rule", "plants"),
    [
        pytest.param(rule, plants, id=f"{rule}-{number}")
        for rule, many in VIOLATIONS.items()
        for number, plants in enumerate(many)
    ],
)
def test_a_planted_violation_turns_its_rule_red(rule: str, plants: Plants, tmp_path: Path) -> None:
    assert rule in planted(tmp_path, plants)


def test_a_house_built_as_the_page_says_is_green(tmp_path: Path) -> None:
    assert planted(tmp_path, PERMITTED) == {}


def test_a_broken_rule_names_both_ends(tmp_path: Path) -> None:
    said = planted(tmp_path, {"contracts/wire.py": "import yaml\n"})
    assert "contracts.wire -> yaml" in said["contracts_stand_on_msgspec"]
