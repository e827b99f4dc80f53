"""LinkageCase (督导与审批、处罚、执法联动): references to facts, no copied files (domain 3.5.9)."""

import re
from typing import Any
from uuid import UUID

from contracts.accountability import linkage_case as said
from services.accountability.domain.guards import outcome_missing
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row

DIGEST = re.compile(r"[0-9a-f]{64}")


@refuses("没有这个问责案")
def case_unknown(_: Any, __: Any, facts: Facts) -> bool:
    """A linkage is about a case (BJ §二(三)¶7, WH §12)."""
    return not facts.get("case_known")


@refuses("只交换事实的摘要值，不复制案卷")
def not_a_digest(_: Any, command: Any, __: Facts) -> bool:
    """SHA-256 in hexadecimal; whoever may see the fact finds it by that."""
    return not DIGEST.fullmatch(command.fact_hash)


LINKAGE = LifeCycle("linkage", "联动", "OPEN CLOSED", (
    row(NEW, said.OpenLinkage, {said.LinkageOpened: "OPEN"}, when=[case_unknown]),
    row("OPEN", said.ExchangeFact, {said.LinkageFactExchanged: SAME}, when=[not_a_digest]),
    row("OPEN", said.CloseLinkage, {said.LinkageClosed: "CLOSED"}, when=[outcome_missing]),
))


class LinkageCase(Aggregate, kw_only=True):
    """One case and one enforcement body."""

    life_cycles = (LINKAGE,)
    accountability_case_id: UUID | None = None
    enforcement_body_id: UUID | None = None
