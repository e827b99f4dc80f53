"""Reasons to refuse that more than one aggregate of scheduling shares."""

from typing import Any

from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses


@refuses("只能以本机关名义办理")
def not_own_body(aggregate: Any, command: Any, facts: Facts) -> bool:
    """Nobody plans in another body's name; policies act for the body of their cause."""
    owner = getattr(command, "body_id", None) or aggregate.body_id
    return owner is not None and owner != body(facts)


@refuses("须附文件")
def document_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is filed is a document."""
    return not command.document_hash.strip()


@refuses("须附证据")
def evidence_hash_missing(_: Any, command: Any, __: Facts) -> bool:
    """A report without evidence is a claim."""
    return not command.evidence_hash.strip()


@refuses("须附总结")
def summary_missing(_: Any, command: Any, __: Facts) -> bool:
    """What was learned is written down."""
    return not command.summary_hash.strip()
