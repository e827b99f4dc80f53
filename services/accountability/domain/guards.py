"""Reasons to refuse that more than one aggregate of accountability shares."""

from collections.abc import Iterable
from typing import Any

from contracts.values import DEPARTMENT, Role
from services.chassis.facts import Facts, body
from services.chassis.life_cycle import refuses


def empty(text: str | None) -> bool:
    """Whether a text says nothing."""
    return not (text or "").strip()


def not_listed(grounds: Iterable[Any], listed: Iterable[str]) -> list[str]:
    """The grounds that a jurisdiction's list has not."""
    return sorted({ground.value for ground in grounds} - set(listed))


@refuses("须附文件")
def document_missing(_: Any, command: Any, __: Facts) -> bool:
    """What is written stands in a document."""
    return empty(command.document_hash)


@refuses("须写明情形")
def ground_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody is called to account for nothing."""
    return not command.ground_codes


@refuses("须写明依据的事项")
def source_missing(_: Any, command: Any, __: Facts) -> bool:
    """The source is linked, not remembered."""
    return not command.source_ids


@refuses("须写明结果")
def outcome_missing(_: Any, command: Any, __: Facts) -> bool:
    """An end without an outcome is none."""
    return empty(command.outcome)


@refuses("须写明公开渠道")
def channel_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody can read what was published nowhere."""
    return not command.channels


@refuses("须写明法律依据")
def legal_basis_missing(_: Any, command: Any, __: Facts) -> bool:
    """Nobody is punished without a legal basis."""
    return not any(basis.strip() for basis in command.legal_basis)


@refuses("只能由办理该事项的督导机构决定")
def not_own_body(_: Any, __: Any, facts: Facts) -> bool:
    """The body whose matter it is approves it; no other body does so in its name."""
    return facts.origin.owner_body is not None and body(facts) != facts.origin.owner_body


@refuses("只能由所移交的部门办理")
def not_the_department(subject: Any, _: Any, facts: Facts) -> bool:
    """A department speaks for itself; the body may record what it was told."""
    addressed = getattr(subject, "to_department_id", None) or getattr(subject, "to_authority_id", None)
    return facts.actor.role in DEPARTMENT and body(facts) != addressed


@refuses("只有被问责的单位或个人可以提出")
def not_the_subject(case: Any, _: Any, facts: Facts) -> bool:
    """Users of a unit speak for the unit, a person for himself; the body may record what they said."""
    spoken_for = {facts.actor.unit_id, facts.actor.person_id}
    return facts.actor.role is Role.UNIT_USER and case.against.id not in spoken_for


@refuses("时间不得晚于当前时间")
def receipt_in_future(_: Any, command: Any, facts: Facts) -> bool:
    """What has not happened is not recorded."""
    return command.receipt_at is not None and command.receipt_at > facts.at
