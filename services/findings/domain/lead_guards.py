"""Reasons to refuse that concern a lead from the public (domain 3.3.9)."""

from typing import Any

from contracts.findings.public_lead import LeadOutcome, LeadScope
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses


@refuses("被反映单位的人员不得办理")
def school_itself(lead: Any, command: Any, facts: Facts) -> bool:
    """Not by the unit complained about, whatever other office its people hold."""
    school = getattr(command, "school_id", None) or lead.school_id
    return bool(facts.get("about_own_department")) or (school is not None and facts.actor.unit_id == school)


@refuses("同一编号已受理另一内容")
def said_otherwise(_: Any, __: Any, facts: Facts) -> bool:
    """Said again with other words it is another lead; the words are compared under their seal."""
    return bool(facts.get("said_otherwise"))


@refuses("须写明反映的内容")
def text_missing(_: Any, command: Any, __: Facts) -> bool:
    """A lead without words leads nowhere."""
    return not command.text.strip()


@refuses("重复件须写明另一件关于同一学校的反映")
def duplicate_unknown(lead: Any, command: Any, facts: Facts) -> bool:
    """A duplicate duplicates something."""
    if command.duplicate_of is None:
        return False
    first = facts.get("duplicated")
    return command.duplicate_of == lead.stream or first is None or first.school_id != lead.school_id


@refuses("该反映不属督导职责，应转有关部门")
def out_of_scope(lead: Any, _: Any, __: Facts) -> bool:
    """Verified is what is supervision's own."""
    return lead.scope is LeadScope.OUT_OF_SCOPE


@refuses("该反映属督导职责，不得转出")
def in_scope(lead: Any, _: Any, __: Facts) -> bool:
    """Nobody gets rid of their own work."""
    return lead.scope is LeadScope.IN_SCOPE


@refuses("不属实的须写明理由")
def reasons_missing(_: Any, command: Any, __: Facts) -> bool:
    """Whoever complained may ask why."""
    return command.outcome is LeadOutcome.UNSUBSTANTIATED and not (command.reasons or "").strip()


@refuses("所写的问题不是关于该学校的问题")
def finding_of_another_school(lead: Any, command: Any, facts: Facts) -> bool:
    """A finding that is named is one about this school; a visit may still have to find it (P9)."""
    if command.finding_id is None:
        return False
    finding = facts.get("finding")
    return finding is None or finding.unit_id != lead.school_id
