"""Reasons to refuse that concern a look-back and its items (domain 3.4.4)."""

from typing import Any
from uuid import UUID

from contracts.rectification.look_back import Selection
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import refuses

UNDECIDED = frozenset({"PENDING", "FALSE_ALLEGED"})


@refuses("须列明要看的问题")
def items_missing(_: Any, command: Any, __: Facts) -> bool:
    """A look-back looks at something."""
    return not command.item_ids


@refuses("以下问题既未销号，也不是上级的未办结问题")
def item_not_eligible(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """Items written off, and open ones of an upper body (HN §12, WH §15)."""
    return [item for item in command.item_ids if item not in facts["eligible"]]


@refuses("当地规定只对本区域内的问题“回头看”，以下问题不在本区域")
def outside_own_area(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """Beijing: own area only (BJ §二(三)¶5)."""
    outside: frozenset[UUID] = facts.get("outside") or frozenset()
    return sorted(outside) if "OWN_AREA" in (facts.policy.get("lookback.scope") or ()) else []


@refuses("随机抽取的，须写明抽取记录")
def draw_missing(_: Any, command: Any, __: Facts) -> bool:
    """Random means drawn, and a draw is on record."""
    return command.selection is Selection.RANDOM and command.draw_id is None


@refuses("没有这次抽取的结果")
def draw_not_executed(_: Any, command: Any, facts: Facts) -> bool:
    """Whatever draw is named, it was executed."""
    return command.draw_id is not None and facts.get("drawn") is None


@refuses("以下问题所在单位未被抽中")
def item_not_drawn(_: Any, command: Any, facts: Facts) -> list[UUID]:
    """The lot falls on units; nobody adds another one by hand (domain 3.2.5)."""
    if command.draw_id is None:
        return []
    return [item for item in command.item_ids if facts["units"].get(item) not in facts["drawn"].units]


@refuses("“回头看”缺少必备方式")
def methods_missing(_: Any, command: Any, facts: Facts) -> list[str] | bool:
    """Shanghai asks for documents and a visit (SH §10); everywhere there is at least one method."""
    used = {method.value for method in command.methods}
    return not used or sorted(set(facts.policy.get("lookback.methods.required") or ()) - used)


@refuses("原核实人不得对同一问题“回头看”")
def same_checker(_: Any, __: Any, facts: Facts) -> bool:
    """Nobody checks their own verification (domain 3.4.4)."""
    return person(facts) in (facts.get("verifiers") or {}).values()


@refuses("“回头看”尚未开展")
def not_performed(_: Any, __: Any, facts: Facts) -> bool:
    """What nobody looked at cannot be decided."""
    return facts.whole.state != "PERFORMED"


@refuses("须写明问题反弹的情况")
def description_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is there again is described."""
    return not command.description.strip()


@refuses("须写明所报证据与事实不符之处")
def contradiction_missing(_: Any, command: Any, __: Facts) -> bool:
    """An allegation names what is contradicted."""
    return not any(text.strip() for text in command.contradictions)


@refuses("该问题未经核实，谈不上虚假整改")
def never_verified(_: Any, command: Any, facts: Facts) -> bool:
    """False is what was believed."""
    return command.item_id not in (facts.get("verifiers") or {})


@refuses("认定虚假整改须有两份以上相互独立的证据")
def too_few_evidences(_: Any, command: Any, __: Facts) -> bool:
    """The same document twice is one evidence."""
    return len(set(command.evidence_hashes)) < 2


@refuses("尚未听取单位意见")
def unit_not_heard(_: Any, command: Any, facts: Facts) -> bool:
    """Nobody is found false unheard."""
    return command.heard_at is None or command.heard_at > facts.at


@refuses("须写明该问题是巩固还是反弹")
def outcome_missing(_: Any, command: Any, __: Facts) -> bool:
    """Not false is not yet sustained."""
    return command.outcome is None


@refuses("尚有未作出结论的问题")
def item_undecided(look_back: Any, _: Any, __: Facts) -> list[str]:
    """Reported when every item is decided (domain 3.0.1, 3)."""
    return [key for key, item in look_back.items.items() if item.state in UNDECIDED]
