"""Reasons to refuse that know no domain word: what every service's commands may lack."""

from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses


@refuses("须写明原因")
def reason_missing(_: Any, command: Any, __: Facts) -> bool:
    """A reason that says nothing is no reason."""
    return not (command.reason or "").strip()


@refuses("须写明理由")
def reasons_missing(_: Any, command: Any, __: Facts) -> bool:
    """A conclusion without reasons cannot be contested."""
    return not (command.reasons or "").strip()


@refuses("须附佐证材料")
def evidence_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nothing is believed without evidence, and a blank is none."""
    hashes = (*getattr(command, "evidence_hashes", ()), getattr(command, "evidence_hash", ""))
    return not any(found.strip() for found in hashes)
