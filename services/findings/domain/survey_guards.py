"""Reasons to refuse that concern a satisfaction survey (domain 3.3.8)."""

from collections import Counter
from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.findings.domain.guards import decimal


@refuses("须写明系列、抽样框和问卷版本")
def design_incomplete(_: Any, command: Any, __: Facts) -> bool:
    """Only what was asked alike can be compared."""
    return not all(text.strip() for text in (command.series, command.frame, command.questionnaire_version))


@refuses("结束日期不得早于开始日期")
def days_reversed(_: Any, command: Any, __: Facts) -> bool:
    """Time goes one way."""
    return bool(command.to < command.from_)


@refuses("答卷数不得为负，也不得多于抽样框")
def more_responses_than_asked(_: Any, command: Any, __: Facts) -> bool:
    """A share above one is an error of counting."""
    return not 0 <= command.responses <= command.frame_size


@refuses("须列明结果")
def results_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nothing is published by publishing nothing."""
    return not command.results


@refuses("以下单元重复或没有名称")
def cell_twice(_: Any, command: Any, __: Facts) -> list[str]:
    """A cell is one figure."""
    counted = Counter(cell.cell for cell in command.results)
    return sorted(cell or "（空）" for cell, times in counted.items() if times > 1 or not cell.strip())


@refuses("以下单元的答卷数低于公布的最小值")
def cell_too_small(_: Any, command: Any, facts: Facts) -> list[str]:
    """Few people are not anonymous."""
    least = int(facts.policy.require("survey.minCell"))
    return sorted(cell.cell for cell in command.results if cell.responses < least)


@refuses("以下单元的答卷数多于收到的答卷")
def more_responses_than_received(survey: Any, command: Any, _: Facts) -> list[str]:
    """A part is not larger than the whole."""
    return sorted(cell.cell for cell in command.results if cell.responses > survey.responses)


@refuses("以下单元的得分不是数")
def score_unreadable(_: Any, command: Any, __: Facts) -> list[str]:
    """A score is a decimal, written as text."""
    return sorted(cell.cell for cell in command.results if not decimal(cell.score))
