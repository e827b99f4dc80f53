"""Reasons to refuse that concern an interview (domain 3.5.1)."""

from typing import Any
from uuid import UUID

from contracts.accountability.interview import FollowUpOutcome
from services.accountability.domain.guards import empty, not_listed
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses

SCHOOLS = frozenset({"SCHOOL", "TRAINING_INSTITUTION"})


def joint(facts: Facts) -> dict[str, str] | None:
    """What the place says about interviews of schools together with the education department (WH §16)."""
    rule: dict[str, str] | None = facts.policy.get("interview.schools.joint")
    return rule if facts.get("unit_kind") in SCHOOLS else None


@refuses("以下情形不在当地规定的约谈情形之内")
def ground_not_in_list(_: Any, command: Any, facts: Facts) -> list[str]:
    """Seven grounds in Hunan and Beijing, six and the schools' own in Weihai (domain 3.5.10)."""
    rule = joint(facts)
    listed = [*facts.policy.require("interview.grounds"), *([rule["ground"]] if rule else [])]
    return not_listed(command.ground_codes, listed)


@refuses("约谈学校相关负责人，须会同教育主管部门")
def co_host_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Weihai: for a school the body interviews together with the education department (WH §16)."""
    return joint(facts) is not None and command.co_host_body_id is None


@refuses("会同约谈的须是教育主管部门")
def co_host_not_education(_: Any, command: Any, facts: Facts) -> bool:
    """Another department does not take its place."""
    department = facts.get("competent_department_id")
    return joint(facts) is not None and department is not None and command.co_host_body_id != department


def persons(interview: Any, command: Any) -> tuple[UUID, ...]:
    """Who is to come: as proposed, or as the notice says."""
    named: tuple[UUID, ...] = command.person_ids or interview.person_ids
    return named


@refuses("须写明被约谈人")
def person_missing(interview: Any, command: Any, _: Facts) -> bool:
    """Persons are interviewed, not units."""
    return not persons(interview, command)


@refuses("以下人员不是该单位的相关负责人")
def person_not_responsible(interview: Any, command: Any, facts: Facts) -> list[UUID]:
    """Where the registry knows the unit's heads, only they; where it knows none, whoever is named."""
    heads = facts.get("responsible") or ()
    return [person for person in persons(interview, command) if heads and person not in heads]


@refuses("约谈须指出存在的问题")
def problem_missing(_: Any, command: Any, __: Facts) -> bool:
    """Problems are pointed out (HN §14)."""
    return not any(not empty(text) for text in command.problems)


@refuses("约谈须提出要求")
def demand_missing(_: Any, command: Any, __: Facts) -> bool:
    """Demands are made (HN §14)."""
    return not any(not empty(text) for text in command.demands)


@refuses("约谈记录须有签字，拒签的须注明")
def signature_missing(_: Any, command: Any, __: Facts) -> bool:
    """Signed, or refused and noted."""
    return not command.signed_by and command.refusal is None


@refuses("拒签须有两名见证人")
def witness_missing(_: Any, command: Any, __: Facts) -> bool:
    """The office notes a refusal with two witnesses (domain 7, 12)."""
    return command.refusal is not None and len(set(command.refusal.witness_ids)) < 2


@refuses("该机关不是应当备案的对象")
def addressee_not_prescribed(_: Any, command: Any, facts: Facts) -> bool:
    """Party committee and government of the unit's location, and its upper department (HN §14, BJ §二(三)¶3)."""
    return command.addressee_body_id != facts["addressees"].get(command.addressee_kind)


@refuses("该机关已回执")
def receipt_present(interview: Any, command: Any, _: Facts) -> bool:
    """A receipt stands."""
    return interview.filings.get(str(command.addressee_body_id)) is not None


@refuses("以下机关尚未回执")
def receipt_missing(interview: Any, _: Any, facts: Facts) -> list[UUID] | bool:
    """Every addressee of the place has answered."""
    addressees = facts["addressees"].values()
    return not addressees or [body for body in addressees if interview.filings.get(str(body)) is None]


@refuses("转入问题清单的，须写明问题")
def item_missing(_: Any, command: Any, __: Facts) -> bool:
    """Demands become items, or are reported done."""
    return command.outcome is FollowUpOutcome.IN_LEDGER and not command.item_ids
