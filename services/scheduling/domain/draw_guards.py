"""Reasons to refuse a draw: a register with a hole, a seed of one hand, a substitute of one's own choice."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from contracts.scheduling.double_random_draw import (
    ExclusionReason,
    Pool,
    SeedMethod,
    SubstitutionReason,
)
from contracts.values import Role
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses
from services.scheduling.domain.drawing import eligible

BY_HAND = frozenset({
    ExclusionReason.RECUSED, ExclusionReason.FORMER_SCHOOL, ExclusionReason.MANAGING_DEPARTMENT,
    ExclusionReason.OVER_QUOTA,
})
"""What only people may know; everything else the system finds itself or it is not so."""
OF_UNITS = frozenset({SubstitutionReason.UNIT_CLOSED, SubstitutionReason.FORCE_MAJEURE})
OF_INSPECTORS = frozenset(SubstitutionReason) - {SubstitutionReason.UNIT_CLOSED}


@refuses("督导活动须已列入计划且尚未组成督导组")
def activity_not_planned(_: Any, __: Any, facts: Facts) -> bool:
    """Drawn for an activity that is there, before anyone is named."""
    activity = facts.get("activity")
    return activity is None or activity.state != "PLANNED"


@refuses("只能为本机关的督导活动抽取")
def not_own_activity(_: Any, __: Any, facts: Facts) -> bool:
    """Nobody draws for another body."""
    activity = facts.get("activity")
    return activity is not None and activity.body_id != (facts.actor.acts_for or facts.actor.body_id)


@refuses("上一次抽取未经写明理由放弃，不得再抽")
def earlier_not_abandoned(_: Any, command: Any, facts: Facts) -> bool:
    """No second spin: attempts are numbered without a gap, and each but the last was abandoned before its seed."""
    earlier = facts.get("earlier")
    return command.attempt != 1 and (command.attempt < 1 or earlier is None or earlier.state != "ABANDONED")


@refuses("须写明抽取数")
def nothing_to_draw(_: Any, command: Any, __: Facts) -> bool:
    """At least one of the two, and never less than none."""
    counts = (command.unit_count, command.inspector_count)
    return min(counts) < 0 or not any(counts)


@refuses("名录中有未登记的督学")
def inspector_unknown(_: Any, __: Any, facts: Facts) -> list[str]:
    """Whom personnel never named cannot be drawn."""
    return [str(key) for key, one in facts["inspectors"].items() if one is None]


@refuses("所写排除理由与登记不符，或不在名录内")
def exclusion_unfounded(_: Any, command: Any, facts: Facts) -> list[str]:
    """Who stays in the register is not left out of it by a mere word."""
    pools = {Pool.UNITS: command.unit_pool, Pool.INSPECTORS: command.inspector_pool}
    return [
        str(one.id) for one in command.exclusions
        if one.id not in pools[one.pool] or (one.reason not in BY_HAND and one not in facts["exclusions"])
    ]


@refuses("分层须不重不漏地覆盖名录，各层抽取数之和须等于抽取数")
def strata_not_fitting(_: Any, command: Any, __: Facts) -> list[str]:
    """A name in no stratum would have no chance, a name in two would have two."""
    wrong = []
    for pool, members, count in _pools(command):
        strata = [one for one in command.strata if one.pool is pool]
        held = Counter(one for stratum in strata for one in stratum.members)
        names = {stratum.name for stratum in strata}
        fits = held == Counter(set(members)) and sum(one.count for one in strata) == count
        if strata and not (fits and len(names) == len(strata) and min(one.count for one in strata) >= 0):
            wrong.append(pool.value)
    return wrong


@refuses("权重须为正整数，且只用于名录内")
def weight_unfit(_: Any, command: Any, __: Facts) -> list[str]:
    """A weight of nothing would be an exclusion without a reason."""
    known = {*command.unit_pool, *command.inspector_pool}
    return [str(key) for key, weight in (command.weights or {}).items() if weight < 1 or key not in known]


@refuses("可抽人员或单位不足")
def pool_too_small(_: Any, command: Any, facts: Facts) -> list[str]:
    """After the exclusions, in every stratum."""
    out = (*command.exclusions, *facts["exclusions"])
    short = []
    for pool, members, count in _pools(command):
        strata = [(one.members, one.count) for one in command.strata if one.pool is pool] or [(members, count)]
        if any(len(eligible(set(names), out, pool)) < number for names, number in strata):
            short.append(pool.value)
    return short


@refuses("种子须由写明来源的份额当众产生")
def contribution_missing(_: Any, command: Any, __: Facts) -> bool:
    """At least one, and each says who and what."""
    parts = command.contributions
    return not parts or not all(part.party.strip() and part.value.strip() for part in parts)


@refuses("一方只能给出一份，份额须来自两方以上")
def seed_of_one_hand(_: Any, command: Any, __: Facts) -> bool:
    """Dice have no will; a share of a single party would be a choice."""
    parties = [part.party.strip() for part in command.contributions]
    dice = any(part.method is SeedMethod.DICE for part in command.contributions)
    return len(set(parties)) < len(parties) or not (dice or len(parties) > 1)


@refuses("掷骰次数不足或不是点数")
def dice_too_few(_: Any, command: Any, facts: Facts) -> bool:
    """A few throws could all be tried out before the register is frozen (policy draw.dice.minThrows)."""
    thrown = ["".join(part.value.split()) for part in command.contributions if part.method is SeedMethod.DICE]
    least: int = facts.policy.get("draw.dice.minThrows", 1)
    return any(not digits.isdecimal() or not digits.isascii() for digits in thrown) or (
        bool(thrown) and len("".join(thrown)) < least)


@refuses("不在抽取结果中")
def not_drawn(draw: Any, command: Any, __: Facts) -> bool:
    """Only whom the lot fell on can be replaced."""
    return command.removed_id not in {*draw.units, *draw.inspectors}


@refuses("该替补理由不适用")
def reason_unfit(draw: Any, command: Any, facts: Facts) -> bool:
    """Schools do not fall ill; whoever is said to have left has left, or the card is still good."""
    if command.removed_id in draw.units:
        return command.reason not in OF_UNITS
    one = None if facts.actor.role is Role.POLICY else facts.get("inspector")
    false = one is not None and (
        (command.reason is SubstitutionReason.EXITED and one.state != "EXITED")
        or (command.reason is SubstitutionReason.NO_CREDENTIAL and one.valid_at(facts.at)))
    return command.reason not in OF_INSPECTORS or false


@refuses("已无可替补者")
def nobody_left(draw: Any, command: Any, __: Facts) -> bool:
    """The ranking of the stratum is used up."""
    return draw.next_after(command.removed_id) is None


@refuses("保密的督导活动尚未开始，抽取结果不得公开")
def still_sealed(_: Any, __: Any, facts: Facts) -> bool:
    """With the activity, or when it starts."""
    activity = facts.get("activity")
    return activity is not None and activity.hidden


def _pools(command: Any) -> Iterable[tuple[Pool, tuple[UUID, ...], int]]:
    yield Pool.UNITS, command.unit_pool, command.unit_count
    yield Pool.INSPECTORS, command.inspector_pool, command.inspector_count
