"""Reasons to refuse that concern a plan of rectification (domain 3.4.2)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from contracts.rectification.rectification_plan import PlannedItem, Publisher
from services.chassis.facts import Facts
from services.chassis.life_cycle import refuses


def publisher(facts: Facts) -> Publisher:
    """Fill: whoever publishes, does so as the unit or as the body."""
    return Publisher.UNIT if facts.actor.unit_id else Publisher.BODY


@refuses("反馈意见尚未送达，问题尚未列入清单")
def feedback_not_delivered(_: Any, __: Any, facts: Facts) -> bool:
    """A problem enters the list after it was fed back; an empty list asks for no plan."""
    return not facts.get("feedback_delivered")


@refuses("整改工作方案须列明全部未办结的问题，缺")
def item_not_listed(plan: Any, command: Any, facts: Facts) -> list[UUID]:
    """Every item that is open now, also one registered after the plan was asked for."""
    listed = {item.item_id for item in getattr(command, "items", None) or plan.items}
    return [item for item in facts.get("open_items") or () if item not in listed]


@refuses("退回须写明原因（缺举一反三、期限过晚、缺整改措施）")
def reason_code_missing(_: Any, command: Any, __: Facts) -> bool:
    """The unit must know what to mend."""
    return not command.reason_codes


@refuses("以下问题缺整改措施")
def no_measure(plan: Any, _: Any, __: Facts) -> list[UUID]:
    """Every item has measures."""
    return [item.item_id for item in plan.items if not any(m.strip() for m in item.measures)]


@refuses("以下问题未明确责任人")
def no_person(plan: Any, _: Any, __: Facts) -> list[UUID]:
    """Every item has someone who answers for it."""
    return [item.item_id for item in plan.items if item.person_id is None]


@refuses("以下问题未明确完成日期")
def no_date(plan: Any, _: Any, __: Facts) -> list[UUID]:
    """Every item has a date."""
    return [item.item_id for item in plan.items if item.due_at is None]


@refuses("以下问题的完成日期晚于整改期限")
def date_late(plan: Any, _: Any, facts: Facts) -> list[UUID]:
    """No item is planned for later than it is due."""
    return list(_late(plan.items, facts.get("deadlines") or {}))


@refuses("方案缺少举一反三；未发现同类问题的，也须写明排查方式")
def extension_missing(plan: Any, _: Any, __: Facts) -> bool:
    """For each group of problems how the unit looked elsewhere; "none found" needs a method (举一反三)."""
    answers = plan.extension_answers
    return not answers or any(not a.group.strip() or not a.method.strip() for a in answers)


@refuses("尚未将整改工作方案告知主管部门")
def department_not_informed(_: Any, command: Any, facts: Facts) -> bool:
    """The competent department is told; a government has none (domain 3.0)."""
    told = command.department_informed_at
    return facts.get("competent_department_id") is not None and (told is None or told > facts.at)


@refuses("须附整改情况报告")
def document_missing(_: Any, command: Any, __: Facts) -> bool:
    """A report is a document."""
    return not command.document_hash.strip()


@refuses("按当地规定，整改情况不由该方公布")
def publisher_not_allowed(_: Any, __: Any, facts: Facts) -> bool:
    """By the unit in Hunan, by the unit or the body in Beijing (HN §11d, BJ §二(三)¶4)."""
    asked = facts.policy.get("rectification.publication.by")
    return bool(asked) and publisher(facts).value not in asked


@refuses("尚有未销号的问题")
def item_not_written_off(_: Any, __: Any, facts: Facts) -> list[UUID]:
    """A plan is finished when all its problems are."""
    return list(facts.get("open_items") or ())


def _late(items: Iterable[PlannedItem], deadlines: dict[UUID, Any]) -> Iterable[UUID]:
    for item in items:
        due = deadlines.get(item.item_id)
        if due is not None and item.due_at is not None and item.due_at > due:
            yield item.item_id
