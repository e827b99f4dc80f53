"""Reasons to refuse that concern an evaluation (domain 3.3.6)."""

from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses


@refuses("初评须由规定的层级组织")
def first_stage_of_another_level(_: Any, __: Any, facts: Facts) -> str | bool:
    """County governments by the city (HN §5), schools by the district (BJ §二(二)¶2); silent texts bind nobody."""
    wanted = (facts.policy.get("evaluation.firstStage.by") or {}).get(facts.get("target_level") or "")
    return str(wanted) if wanted and wanted != facts.get("acting_tier") else False


@refuses("须写明得分")
def scores_missing(_: Any, command: Any, __: Facts) -> bool:
    """A result without figures cannot be followed."""
    return not command.scores


@refuses("只有初评机构的上级可以抽查认定")
def not_upper_level(_: Any, __: Any, facts: Facts) -> bool:
    """The city leads, the province samples and confirms (HN §5); nobody confirms themselves."""
    return not facts.get("above_first_stage")


@refuses("该对象不在所写明的抽取结果中")
def not_drawn(_: Any, __: Any, facts: Facts) -> bool:
    """A sample is drawn, and the draw is on record."""
    return not facts.get("drawn")


@refuses("新的结果与初评相同，应予认定而不是推翻")
def result_unchanged(evaluation: Any, command: Any, _: Facts) -> bool:
    """Overturning changes something."""
    return bool(evaluation.result == command.new_result)


@refuses("等次须与初评或认定的结果一致")
def grade_not_result(evaluation: Any, command: Any, _: Facts) -> bool:
    """The grade follows from the stages."""
    return bool(evaluation.result != command.grade)


@refuses("当地的等次中没有这一等")
def grade_not_in_scale(_: Any, command: Any, facts: Facts) -> str | bool:
    """The scale is policy."""
    named = (getattr(command, name, None) for name in ("grade", "new_grade", "new_result", "result"))
    asked = next(grade for grade in named if grade is not None)
    return asked.value if asked.value not in facts.policy.require("evaluation.grades") else False


@refuses("等次没有变化")
def grade_unchanged(evaluation: Any, command: Any, _: Facts) -> bool:
    """An adjustment adjusts."""
    return bool(evaluation.grade == command.new_grade)
