"""What is special about rectification: what a command is told, and what the service does about letters."""

from typing import Any

from contracts.rectification import problem_ledger as said
from services.chassis.application import ServiceApplication
from services.chassis.facts import Facts
from services.rectification.domain.problem_ledger import LedgerItem, ProblemLedger

Given = dict[str, Any]


def managers_then(app: ServiceApplication, _: ProblemLedger, command: Any, facts: Facts) -> Given:
    """Who managed the unit at the date of the finding (domain 3.4.1, RegisterItem)."""
    managed = app.reference.unit(command.unit_id).managed(facts.at)
    return {
        "competent_department_id": command.competent_department_id or managed.competent_department_id,
        "managed_by_at_finding": managed.managed_by,
    }


def the_unit_and_its_delegates(_: Any, ledger: ProblemLedger, command: Any, __: Facts) -> Given:
    """Who may answer for an item: its unit, and member units it was delegated to."""
    item = _item(ledger, command)
    return {"answering_units": frozenset({ledger.unit_id, *item.delegates})}


def the_interested(_: Any, ledger: ProblemLedger, command: Any, __: Facts) -> Given:
    """Who may not judge an item: its unit, the department that answers for it, whoever manages it."""
    item = _item(ledger, command)
    return {"interested": frozenset({
        ledger.unit_id, item.competent_department_id, item.managed_by_at_finding, *item.delegates,
    })}


def the_next_body_up(app: ServiceApplication, ledger: ProblemLedger, command: Any, _: Facts) -> Given:
    """The body above the one that issued the item."""
    issuer = _item(ledger, command).issuing_body_id
    return {"upper_body_id": app.reference.body(issuer).parent if issuer else None}


def _item(ledger: ProblemLedger, command: Any) -> LedgerItem:
    return ledger.items.get(str(command.item_id)) or LedgerItem()


class Rectification(ServiceApplication):
    """整改."""

    name = "rectification"
    aggregates = (ProblemLedger,)
    gatherers = {
        said.RegisterItem: managers_then,
        said.ReportCompletion: the_unit_and_its_delegates,
        said.VerifyItem: the_interested,
        said.RejectCompletion: the_interested,
        said.ExtendDeadline: the_next_body_up,
    }
    policies = {}
