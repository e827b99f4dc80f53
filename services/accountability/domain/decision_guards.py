"""Reasons to refuse that concern the measures of a decision and how they were carried out (domain 3.5.3, 3.5.4)."""

from typing import Any

from contracts.accountability.accountability_case import CaseTier, MeasureKind, SubjectKind
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

PRIVATE = {
    "REPLACE_HEAD": "accountability.private.replaceHead",
    "REVOKE_LICENCE": "accountability.private.revokeLicence",
}
LISTS = {SubjectKind.UNIT: "accountability.measures.unit", SubjectKind.PERSON: "accountability.measures.person"}
ACCEPTED = frozenset({"ACCEPTED", "EXECUTED", "VERIFIED", "CLOSED"})
TRANSFERRED = ACCEPTED | {"TRANSFERRED"}


def effect(facts: Facts, kind: str, tier: CaseTier, grave: bool) -> str | None:
    """MUST or MAY: how strongly the place asks for a measure against a private school; None where it has it not."""
    rule = facts.policy.get(PRIVATE[kind])
    if rule is None or rule.get("tier") not in (None, tier.value):
        return None
    return None if rule.get("condition") == "SERIOUS" and not grave else str(rule["effect"])


def private_measures(measures: Any) -> list[Any]:
    """Those against private schools and institutions."""
    return [measure for measure in measures if measure.kind.value in PRIVATE]


@refuses("须写明问责方式")
def measure_missing(_: Any, command: Any, __: Facts) -> bool:
    """A decision decides something."""
    return not command.measures


@refuses("问责方式只能对本案对象作出")
def measure_of_another(case: Any, command: Any, _: Facts) -> bool:
    """Units and persons are kept in separate cases."""
    return any(measure.subject_id != case.against.id for measure in command.measures)


@refuses("当地规定须造成严重后果方可问责")
def consequences_not_proven(_: Any, command: Any, facts: Facts) -> bool:
    """Beijing and Weihai: every ground only when it caused serious consequences (domain 3.5.10)."""
    rule = facts.policy.get("accountability.tiers") or {}
    return rule.get("test") == "SERIOUS_CONSEQUENCES" and not command.serious_consequences


@refuses("以下问责方式不在规定之列")
def measure_not_allowed(case: Any, command: Any, facts: Facts) -> list[str]:
    """Each kind of subject has its measures; those against private schools are the place's own."""
    listed = facts.policy.get(LISTS[case.against.kind])
    return [
        measure.kind.value for measure in command.measures
        if (effect(facts, measure.kind.value, case.tier, command.grave) is None if measure.kind.value in PRIVATE
            else listed is not None and measure.kind.value not in listed)
    ]


@refuses("撤换负责人、吊销许可证只适用于民办学校和教育培训机构")
def not_private(case: Any, command: Any, facts: Facts) -> bool:
    """A public school has no licence to lose."""
    against_unit = case.against.kind is SubjectKind.UNIT and bool(facts.get("private"))
    return bool(private_measures(command.measures)) and not against_unit


@refuses("应当采取以下措施，不得遗漏")
def must_measure_missing(case: Any, command: Any, facts: Facts) -> list[str]:
    """Hunan: tier A replaces the head, tier B revokes the licence; Weihai: replaces, and revokes when grave."""
    if case.against.kind is not SubjectKind.UNIT or not facts.get("private"):
        return []
    taken = {measure.kind.value for measure in command.measures}
    return [k for k in PRIVATE if k not in taken and effect(facts, k, case.tier, command.grave) == "MUST"]


@refuses("以下措施的强度与当地规定不符")
def modality_not_prescribed(case: Any, command: Any, facts: Facts) -> list[str]:
    """Nobody turns a may into a must, or a must into a may."""
    return [
        measure.kind.value for measure in private_measures(command.measures)
        if measure.modality.value != effect(facts, measure.kind.value, case.tier, command.grave)
    ]


@refuses("以下应当采取的措施尚未移交")
def must_measure_not_transferred(case: Any, _: Any, facts: Facts) -> list[str]:
    """No silent gap: what must be done was handed over before the case counts as enforced (domain 3.5.4)."""
    return [
        measure.kind.value for measure in private_measures(case.measures)
        if measure.modality.value == "MUST" and facts["handed"].get(measure.kind.value) not in TRANSFERRED
    ]


@refuses("以下应由他人执行的措施尚未被接收")
def measure_not_accepted(case: Any, _: Any, facts: Facts) -> list[str]:
    """What others carry out was handed over and accepted."""
    return [
        measure.kind.value for measure in case.measures
        if _by_others(case, measure) and facts["handed"].get(measure.kind.value) not in ACCEPTED
    ]


def _by_others(case: Any, measure: Any) -> bool:
    handed_over = measure.kind is MeasureKind.TRANSFER or measure.kind.value in PRIVATE
    return handed_over or measure.executor != case.authority_body_id
