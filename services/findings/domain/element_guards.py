"""Reasons to refuse that concern an element of monitoring data (domain 3.3.10)."""

import re
from typing import Any

from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

CODE = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
"""How the dictionary names its elements: `students`, `teachers.fullTime`."""


@refuses("数据集已冻结")
def set_frozen(_: Any, __: Any, facts: Facts) -> bool:
    """After the period nothing is changed; reuse changes nothing."""
    return bool(facts.whole.state == "FROZEN")


@refuses("数据项须用数据字典的代码书写")
def element_unknown(_: Any, command: Any, __: Facts) -> bool:
    """The dictionary is open, its codes have one form."""
    return CODE.fullmatch(command.element_id) is None


@refuses("须附数值的摘要值")
def value_hash_missing(_: Any, command: Any, __: Facts) -> bool:
    """The figure itself may stand elsewhere."""
    return not command.value_hash.strip()


@refuses("沿用的须是该数据项现有的采集记录")
def source_not_collected(element: Any, command: Any, _: Facts) -> bool:
    """Reused is what stands."""
    return bool(element.collected_by_event != command.reused_from_event_id)


@refuses("该项评估监测未采集此数据项")
def campaign_asks_otherwise(_: Any, command: Any, facts: Facts) -> bool:
    """A campaign that is known here gets what it asked for, nothing else."""
    asked = facts.get("asked")
    return bool(asked) and command.element_id not in asked


@refuses("须写明所依据的规则和说明")
def rule_missing(_: Any, command: Any, __: Facts) -> bool:
    """Whoever filled it in must know what to mend."""
    return not (command.rule.strip() and command.message.strip())


@refuses("以下数据项尚未审核")
def element_not_audited(data_set: Any, _: Any, __: Facts) -> list[str]:
    """Filled data is audited before it is frozen (SH §13)."""
    return sorted(key for key, element in data_set.elements.items() if element.state == "COLLECTED")
