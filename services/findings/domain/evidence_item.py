"""EvidenceItem (证据): its hash is taken at capture; minors and informants are sealed (domain 3.3.10)."""

import re
from typing import Any
from uuid import UUID

from contracts.findings import evidence_item as said
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row
from services.findings.domain.guards import unit_foreign

HASH = re.compile(r"[0-9a-f]{64}")
"""SHA-256 or SM3, in lower case."""


@refuses("须写明在哪项督导活动、哪次到校或哪个单位取得")
def place_missing(_: Any, command: Any, __: Facts) -> bool:
    """Evidence belongs somewhere."""
    return not (command.activity_id or command.visit_id or command.unit_id)


@refuses("摘要值须为 64 位小写十六进制")
def hash_malformed(_: Any, command: Any, __: Facts) -> bool:
    """What was captured is named by its hash."""
    return HASH.fullmatch(command.hash) is None


@refuses("取得时间不得晚于当前时间")
def captured_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """Nothing is captured before it happens; without network it may be attached later."""
    return bool(command.captured_at > facts.at)


EVIDENCE = LifeCycle("evidence", "证据", "ATTACHED SEALED", (
    row(NEW, said.AttachEvidence, {said.EvidenceAttached: "ATTACHED"}, who=[unit_foreign],
        when=[place_missing, hash_malformed, captured_in_future], fills={"captured_by": person}),
    row("ATTACHED", said.SealEvidence, {said.EvidenceSealed: "SEALED"}),
))


class EvidenceItem(Aggregate, kw_only=True):
    """One photograph, document, statement or table."""

    life_cycles = (EVIDENCE,)
    activity_id: UUID | None = None
    visit_id: UUID | None = None
    unit_id: UUID | None = None
    reason: said.SealReason | None = None
