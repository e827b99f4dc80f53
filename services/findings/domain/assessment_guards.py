"""Reasons to refuse that concern a self-assessment (domain 3.3.5)."""

from typing import Any

from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses


@refuses("须写明时段")
def period_missing(_: Any, command: Any, __: Facts) -> bool:
    """Asked for by an activity, a round or a year; the period says which."""
    return not command.period.strip()


@refuses("须写明预填的数据项")
def elements_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nothing filled in is no prefilling."""
    return not command.elements


@refuses("以下数据项在该时段尚未采集")
def element_not_collected(_: Any, command: Any, facts: Facts) -> list[str]:
    """Only what is known is reused (WH §13)."""
    return [element for element in command.elements if element not in facts["collected"]]


@refuses("须写明得分")
def scores_missing(_: Any, command: Any, __: Facts) -> bool:
    """An empty assessment says nothing."""
    return not command.scores


@refuses("以下指标缺得分")
def scores_incomplete(_: Any, command: Any, facts: Facts) -> list[str]:
    """Complete as the version of the indicators has it, where it is registered here."""
    return sorted((facts.get("indicator_leaves") or frozenset()) - command.scores.keys())


@refuses("自评须由单位负责人签署")
def signer_not_head(_: Any, command: Any, facts: Facts) -> bool:
    """The principal in office, where one is registered."""
    head = facts.get("head_of_unit")
    return head is not None and command.signed_by != head


@refuses("只有政府的自评须经政府审定")
def not_a_government(_: Any, __: Any, facts: Facts) -> bool:
    """A school's self-assessment has no government of its own."""
    return facts.get("unit_kind") != "GOVERNMENT"


@refuses("须由该地本级政府审定")
def not_own_government(_: Any, __: Any, facts: Facts) -> bool:
    """The government that assesses itself, not another body (SH §3)."""
    return not facts.get("government_is_own")


@refuses("审核人不得是填报人或签署人")
def auditor_is_author(assessment: Any, _: Any, facts: Facts) -> bool:
    """Nobody audits their own figures."""
    return assessment.signed_by is not None and assessment.signed_by == person(facts)


@refuses("政府的自评须先经本级政府审定")
def government_approval_missing(assessment: Any, _: Any, facts: Facts) -> bool:
    """First the own government, then upward (SH §3)."""
    return facts.get("unit_kind") == "GOVERNMENT" and assessment.government_body_id is None
