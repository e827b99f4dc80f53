"""Feedback (反馈): item by item to the unit, in Beijing with a copy to the competent department (domain 3.3.2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.findings import feedback as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now
from services.chassis.life_cycle import NEW, LifeCycle, refuses, row

STARTED = frozenset({"IN_PROGRESS", "FIELDWORK_DONE", "CLOSED"})


@refuses("督导活动尚未开始")
def activity_not_started(_: Any, __: Any, facts: Facts) -> bool:
    """There is nothing to feed back before."""
    activity = facts.get("activity")
    return activity is None or activity.state not in STARTED


@refuses("反馈须逐项列明全部属实的问题，缺少")
def items_missing(_: Any, command: Any, facts: Facts) -> list[str]:
    """逐项反馈 (HN §10): a summary is no feedback; the missing ones are named."""
    named = {item.finding_id for item in command.items}
    return [str(finding) for finding in facts["substantiated"] if finding not in named]


@refuses("只能反馈经组长认定属实、尚未反馈的问题")
def items_not_substantiated(_: Any, command: Any, facts: Facts) -> list[str]:
    """Nothing else is fed back."""
    return [str(item.finding_id) for item in command.items if item.finding_id not in facts["substantiated"]]


@refuses("没有可反馈的问题")
def nothing_to_feed_back(_: Any, command: Any, __: Facts) -> bool:
    """An empty feedback would tell the unit nothing."""
    return not command.items


@refuses("每个问题须提出整改要求")
def demand_missing(_: Any, command: Any, __: Facts) -> list[str]:
    """A finding without a demand cannot be rectified (WH §14)."""
    return [str(item.finding_id) for item in command.items if not item.demand.strip()]


@refuses("须附整改决定")
def decision_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Where the feedback is a decision with suggestions (BJ §二(三)¶2)."""
    return "DECISION" in facts.policy.get("feedback.form", ()) and command.decision_id is None


@refuses("反馈须同时抄送业务主管部门")
def copy_missing(_: Any, command: Any, facts: Facts) -> bool:
    """Where policy names the copy (BJ §二(三)¶2), it is made in the same commit or nothing is."""
    if "COMPETENT_DEPARTMENT" not in facts.policy.get("feedback.cc", ()):
        return False
    competent = facts.get("competent_department_id")
    return competent not in command.copies if competent else not command.copies


@refuses("只有被反馈的单位可以签收")
def not_of_the_unit(feedback: Any, _: Any, facts: Facts) -> bool:
    """The unit signs for itself."""
    return facts.actor.unit_id != feedback.unit_id


FEEDBACK = LifeCycle("feedback", "反馈意见", "PREPARED DELIVERED ACKNOWLEDGED", (
    row(NEW, said.PrepareFeedback, {said.FeedbackPrepared: "PREPARED"}, when=[activity_not_started]),
    row("PREPARED", said.DeliverFeedback, {said.FeedbackDelivered: "DELIVERED"},
        when=[nothing_to_feed_back, items_missing, items_not_substantiated, demand_missing, decision_missing,
              copy_missing]),
    row("DELIVERED", said.CopyFeedback, {said.FeedbackCopied: "DELIVERED"}),
    row("DELIVERED", said.AcknowledgeFeedback, {said.FeedbackAcknowledged: "ACKNOWLEDGED"},
        who=[not_of_the_unit], fills={"unit_id": lambda facts: facts.actor.unit_id, "at": now}),
))


class Feedback(Aggregate, kw_only=True):
    """What one unit was told about one activity."""

    life_cycles = (FEEDBACK,)
    activity_id: UUID | None = None
    unit_id: UUID | None = None
    items: tuple[UUID, ...] = ()
    delivered_at: datetime | None = None

    def deliver_feedback(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """The copies and the delivery are one commit (errata 5)."""
        copied = [said.FeedbackCopied(
            feedback_id=self.stream, department_id=department, role=self._role(department, facts),
        ) for department in command.copies]
        delivered = fill(said.FeedbackDelivered, command, facts, delivered_at=facts.at,
                         activity_id=self.activity_id, unit_id=self.unit_id)
        return (*copied, delivered)

    def on_feedback_delivered(self, _: Any, event: said.FeedbackDelivered) -> None:
        """From now on the defence windows run."""
        self.items = tuple(item.finding_id for item in event.items)

    def _role(self, department: UUID, facts: Facts) -> said.CopyRole:
        competent = department == facts.get("competent_department_id")
        return said.CopyRole.COMPETENT_DEPARTMENT if competent else said.CopyRole.OTHER
