"""Reasons to refuse what is asked of a problem list and its items (domain 3.4.1)."""

from typing import Any

from services.chassis.facts import Facts, body, person
from services.chassis.life_cycle import refuses

DONE = frozenset({"WRITTEN_OFF", "CANCELLED"})


@refuses("只有发出问题的督导机构或其书面委托机构可以销号")
def not_issuing_body(item: Any, _: Any, facts: Facts) -> bool:
    """A lower body may verify and recommend, not write off (domain 3.4.1, invariants)."""
    entitled = {item.issuing_body_id, facts.get("delegate_id")} - {None}
    return bool(entitled) and body(facts) not in entitled


@refuses("问题清单已关闭，须先重新打开")
def ledger_closed(_: Any, __: Any, facts: Facts) -> bool:
    """A closed list takes no new problem."""
    return facts.whole.state == "CLOSED"


@refuses("须写明问题内容")
def text_missing(_: Any, command: Any, __: Facts) -> bool:
    """A problem without words cannot be rectified."""
    return not command.text.strip()


@refuses("每项整改措施均须附佐证材料")
def measure_without_evidence(_: Any, command: Any, __: Facts) -> bool:
    """Evidence for every measure."""
    return not command.measures_done or len(command.evidence_hashes) < len(command.measures_done)


@refuses("整改情况尚未公开，不能销号")
def publication_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Where policy asks for publication, it comes before the write-off (HN §11d, BJ §二(三)¶4)."""
    asked = facts.policy.get("rectification.publication.by")
    return bool(asked) and not (command.publication_id or facts.get("publication_id"))


@refuses("延期须由申请人以外的人批准")
def approver_is_requester(_: Any, command: Any, facts: Facts) -> bool:
    """An extension takes two people."""
    return command.approver_id == person(facts)


@refuses("再次延期须由上一级督导机构作出")
def second_extension_needs_upper_body(item: Any, _: Any, facts: Facts) -> bool:
    """The second extension is the next upper body's (domain 3.4.1)."""
    return item.extensions > 0 and body(facts) != facts.get("upper_body_id")


@refuses("整改工作方案尚未通过，或未列入这个问题")
def plan_not_covering(_: Any, __: Any, facts: Facts) -> bool:
    """Only an accepted plan that lists the item covers it."""
    return not facts.get("plan_covers")


@refuses("只有逾期或核查未通过的问题可以督办")
def not_overdue_or_failed(item: Any, _: Any, __: Facts) -> bool:
    """IN_PROGRESS may be put under order only after a failed verification."""
    return item.state == "IN_PROGRESS" and not item.failed


@refuses("该问题并未重新打开")
def item_not_reopened(ledger: Any, command: Any, _: Facts) -> bool:
    """A list is opened again for an item that is open again."""
    item = ledger.items.get(str(command.item_id))
    return item is None or item.state in DONE


@refuses("尚有未办结的问题")
def items_open(ledger: Any, _: Any, __: Facts) -> list[str]:
    """All written off or cancelled, or suspended with a review date."""
    done = DONE | {"SUSPENDED"}
    return [item.number or key for key, item in ledger.items.items() if item.state not in done]
