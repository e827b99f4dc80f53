"""Reasons to refuse what would burden a unit more than its place allows (domain 3.2.6)."""

from typing import Any

from contracts.scheduling.burden_ledger import BurdenRule
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses
from services.scheduling.domain.burden_rules import CAP_HARD
from services.scheduling.domain.periods import end_of, of_interval


@refuses("时段须写作起止日期（如 2026-02-16/2026-08-31）或年份")
def period_unreadable(_: Any, command: Any, __: Facts) -> bool:
    """A period everybody reads alike."""
    return of_interval(command.period) is None


@refuses("所定上限不得高于当地规定")
def budget_above_policy(_: Any, command: Any, facts: Facts) -> list[str]:
    """Where the cap is hard, nobody opens a ledger with a softer one."""
    rules = facts.get("rules")
    if rules is None or rules.mode != CAP_HARD:
        return []
    caps, asked = rules.budget(), command.budget
    return [] if asked is None else [kind.value for kind, cap in caps.items() if asked.get(kind, cap + 1) > cap]


@refuses("天数须为正数")
def days_not_positive(_: Any, command: Any, __: Facts) -> bool:
    """A visit takes a day at least."""
    return command.days < 1


@refuses("该类督导在本时段的频次已满")
def cap_reached(_: Any, __: Any, facts: Facts) -> list[str]:
    """Strictly control number and frequency (HN §8); an approved override lifts it."""
    return _broken(facts, BurdenRule.CAP_REACHED)


@refuses("考试周、开学周不安排督导")
def blackout(_: Any, __: Any, facts: Facts) -> list[str]:
    """Do not disturb teaching (WH §12)."""
    return _broken(facts, BurdenRule.BLACKOUT)


@refuses("距上次督导过近")
def too_close(_: Any, __: Any, facts: Facts) -> list[str]:
    """The distance that policy sets."""
    return _broken(facts, BurdenRule.TOO_CLOSE)


@refuses("其他机构同期已安排督导，应先合并")
def repeated(_: Any, __: Any, facts: Facts) -> list[str]:
    """Integrate what can be integrated (BJ §二(二)¶4)."""
    return _broken(facts, BurdenRule.REPEATED)


@refuses("审批人不得是经办人本人")
def approver_is_requester(_: Any, command: Any, facts: Facts) -> bool:
    """Beyond the cap goes only what a leader approved."""
    return bool(command.approver_id == person(facts))


@refuses("没有预占")
def not_reserved(ledger: Any, command: Any, _: Facts) -> bool:
    """Nothing can be given back that was not taken."""
    return str(command.activity_id) not in ledger.reservations


@refuses("督导活动已开始，天数不能释放")
def already_consumed(ledger: Any, command: Any, _: Facts) -> bool:
    """What happened, happened."""
    found = ledger.reservations.get(str(command.activity_id))
    return found is not None and found.consumed


@refuses("没有登记该督导活动")
def activity_unknown(ledger: Any, command: Any, facts: Facts) -> bool:
    """Whatever burdened the unit, someone did it."""
    return str(command.activity_id) not in ledger.reservations and facts.get("slot") is None


@refuses("合并须有两个以上机构的两项以上督导活动")
def merger_of_one(_: Any, command: Any, __: Facts) -> bool:
    """Same unit, same days, two bodies."""
    return min(len(set(command.activity_ids)), len(set(command.bodies))) < 2


@refuses("并未违反该规则，或已获批准")
def rule_not_broken(_: Any, command: Any, facts: Facts) -> bool:
    """A refusal names the rule that is broken."""
    return command.rule not in facts["objections"]


@refuses("时段尚未结束")
def period_not_over(_: Any, command: Any, facts: Facts) -> bool:
    """Until the last day is over."""
    window = of_interval(command.period)
    return window is not None and facts.at < end_of(window)


def _broken(facts: Facts, rule: BurdenRule) -> list[str]:
    """Of one ledger, or the units whose ledgers object."""
    units = facts.get("burden")
    if units is not None:
        return [name for name, rules in units.items() if rule in rules]
    return [rule.value] if rule in (facts.get("objections") or ()) else []
