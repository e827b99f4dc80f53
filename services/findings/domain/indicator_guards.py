"""Reasons to refuse that concern a set of indicators (domain 3.3.7)."""

from collections import Counter
from typing import Any

from contracts.findings.indicator_set import IndicatorUnitType
from contracts.values import Tier
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.findings.domain.guards import decimal

SCHOOLS = frozenset({
    IndicatorUnitType.KINDERGARTEN, IndicatorUnitType.PRIMARY_SECONDARY, IndicatorUnitType.VOCATIONAL,
    IndicatorUnitType.HIGHER_EDUCATION, IndicatorUnitType.SPECIAL_EDUCATION,
})
ORDER = [tier.value.upper() for tier in (Tier.NATION, Tier.PROVINCE, Tier.CITY, Tier.ZONE, Tier.COUNTY)]
"""From above to below."""


@refuses("学校督导标准由上级统一制定")
def owner_tier_too_low(_: Any, command: Any, facts: Facts) -> bool:
    """Standards from above, execution below (BJ §二(二)¶2)."""
    wanted = facts.policy.get("indicators.schoolStandards.by")
    if wanted is None or command.unit_type not in SCHOOLS:
        return False
    tier = facts.origin.tier.value.upper()
    return tier not in ORDER or ORDER.index(tier) > ORDER.index(wanted)


@refuses("须写明版本")
def version_missing(_: Any, command: Any, __: Facts) -> bool:
    """A version has a name."""
    return not command.version.strip()


@refuses("同一适用对象已有这个版本")
def version_taken(_: Any, command: Any, facts: Facts) -> str | bool:
    """Two sets under one name could never be told apart again."""
    return command.version if facts.get("version_taken") else False


@refuses("须列明指标")
def items_missing(_: Any, command: Any, __: Facts) -> bool:
    """An empty set measures nothing."""
    return not command.items


@refuses("以下指标代码为空或重复")
def code_twice(_: Any, command: Any, __: Facts) -> list[str]:
    """A code is one indicator."""
    counted = Counter(item.code for item in command.items)
    return sorted(code or "（空）" for code, times in counted.items() if times > 1 or not code.strip())


@refuses("以下上级指标不在本版本中，或指标以自己为上级")
def parent_unknown(_: Any, command: Any, __: Facts) -> list[str]:
    """A tree hangs together: following the parents ends at the top."""
    parents = {item.code: item.parent_code for item in command.items}
    return sorted(code for code in parents if not _reaches_top(code, parents))


def _reaches_top(code: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = code
    while at is not None:
        if at in seen or at not in parents:
            return False
        seen.add(at)
        at = parents[at]
    return True


@refuses("以下指标的权重不是数")
def weight_unreadable(_: Any, command: Any, __: Facts) -> list[str]:
    """A weight is a decimal, written as text."""
    return sorted(item.code for item in command.items if item.weight is not None and not decimal(item.weight))


@refuses("不能发布已经过去的年份的标准")
def year_past(_: Any, command: Any, facts: Facts) -> bool:
    """The standard of a year is released for that year or a later one (SH §14)."""
    return bool(command.year < facts.at.astimezone(CHINA_TIME).year)


@refuses("须列明对应关系")
def map_missing(_: Any, command: Any, __: Facts) -> bool:
    """An empty crosswalk leads nowhere."""
    return not command.map


@refuses("对应关系须连接两个不同的版本")
def same_version(_: Any, command: Any, __: Facts) -> bool:
    """A version is its own crosswalk."""
    return bool(command.from_version == command.to_version)


@refuses("对应关系的一端须是本指标体系的版本")
def version_not_own(indicators: Any, command: Any, _: Facts) -> bool:
    """Whoever maps, maps their own."""
    return indicators.edition not in {command.from_version, command.to_version}


@refuses("以下代码不在所写的版本中")
def code_unknown(indicators: Any, command: Any, facts: Facts) -> list[str]:
    """On the own side every code exists; on the other side where that version is registered here."""
    known = {indicators.edition: indicators.codes, **facts["other_codes"]}
    sides = ((line.from_code, command.from_version) for line in command.map), \
        ((line.to_code, command.to_version) for line in command.map)
    return sorted({code for side in sides for code, version in side if version in known and code not in known[version]})


@refuses("接替的指标体系尚未发布，或适用对象不同")
def successor_not_published(indicators: Any, command: Any, facts: Facts) -> bool:
    """Nothing is given up before there is something else."""
    successor = facts.get("successor")
    return command.by == indicators.stream or successor is None or successor.state != "PUBLISHED" \
        or successor.unit_type is not indicators.unit_type
