"""The burden on units: which ledger answers, what it is told, and what speaks against an activity."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from contracts.scheduling.burden_ledger import BurdenRule
from contracts.values import natural_id
from services.chassis.facts import Facts, Origin
from services.chassis.reference import Unit
from services.scheduling.domain.burden_ledger import BurdenLedger
from services.scheduling.domain.burden_rules import Rules, Slot, objections

Given = dict[str, Any]


def rules_at(app: Any, unit_id: UUID, origin: Origin, at: datetime) -> Rules | None:
    """The rules of a unit's place, or None where there are none or the unit is not registered."""
    if not app.reference.knows(Unit, unit_id):
        return None
    there = msgspec.structs.replace(origin, unit_path=app.reference.unit_path(unit_id))
    return Rules.of(app.applied(there, at))


def slot_known(app: Any, activity_id: UUID) -> Slot | None:
    """The days an activity or visit takes, as planned here."""
    found: Slot | None = app.kept.find(Slot, activity_id)
    return found


def ledger_at(app: Any, unit_id: UUID, period: str) -> BurdenLedger | None:
    """A unit's ledger of a period, if it was opened."""
    found: BurdenLedger | None = app.load(BurdenLedger, natural_id("BurdenLedger", unit_id, period))
    return found


def others_in(app: Any, ledger: BurdenLedger | None) -> list[Slot]:
    """What else was reserved in a ledger."""
    found = (slot_known(app, UUID(key)) for key in (ledger.reservations if ledger else ()))
    return [slot for slot in found if slot is not None]


# --- what a command is told ---------------------------------------------------------------------------


def the_rules(app: Any, ledger: Any, command: Any, facts: Facts) -> Given:
    """The rules of the unit's place, the activity as planned, and what speaks against it."""
    rules = rules_at(app, command.unit_id, facts.origin, facts.at)
    known = slot_known(app, command.activity_id) if hasattr(command, "activity_id") else None
    slot = _as_asked(known, command) if hasattr(command, "body_id") else known
    if rules is None or slot is None:
        return {"rules": rules, "slot": slot, "objections": frozenset()}
    facts.policy.refs.update(rules.policy.refs)
    broken = objections(ledger, slot, others_in(app, ledger), rules)
    return {"rules": rules, "slot": slot, "objections": broken}


def objections_at(app: Any, unit_id: UUID, slot: Slot, facts: Facts) -> frozenset[BurdenRule]:
    """What speaks against an activity at a unit in the period it falls into."""
    rules = rules_at(app, unit_id, facts.origin, facts.at)
    if rules is None or slot.window is None:
        return frozenset()
    facts.policy.refs.update(rules.policy.refs)
    ledger = ledger_at(app, unit_id, rules.period_of(slot.window.from_))
    return objections(ledger, slot, others_in(app, ledger), rules)


def barred(app: Any, activity_id: UUID, facts: Facts) -> list[str]:
    """Units whose ledger refused an activity and has no override of it."""
    slot, found = slot_known(app, activity_id), []
    if slot is None or slot.window is None:
        return []
    for unit_id in slot.targets:
        rules = rules_at(app, unit_id, facts.origin, facts.at)
        ledger = ledger_at(app, unit_id, rules.period_of(slot.window.from_)) if rules else None
        if ledger is not None and str(activity_id) in ledger.refused and activity_id not in ledger.overridden:
            found.append(str(unit_id))
    return found


def _as_asked(known: Slot | None, command: Any) -> Slot:
    asked = {"body_id": command.body_id, "kind": command.kind, "days": command.days}
    if known is not None:
        return msgspec.structs.replace(known, **asked)
    return Slot(activity_id=command.activity_id, targets=(command.unit_id,), **asked)
