"""JointLiability (连带责任): what the competent department did about one item, and whether it was enough (3.4.5)."""

from typing import Any
from uuid import UUID

from contracts.rectification import joint_liability as said
from services.chassis.aggregates import Aggregate, fill
from services.chassis.facts import Facts, now
from services.chassis.guards import evidence_missing, reasons_missing
from services.chassis.life_cycle import NEW, LifeCycle, row
from services.rectification.domain.liability_guards import (
    act_in_future,
    cause_not_found,
    department_not_heard,
    no_timely_urging,
    not_competent,
    not_the_department,
    timely,
    timely_urging_shown,
)

LIABILITY = LifeCycle("liability", "连带责任", "DUTY UNDER_REVIEW ESTABLISHED", (
    row(NEW, said.NotifyDuty, {said.DutyNotified: "DUTY"}, when=[not_competent], fills={"at": now}),
    row("DUTY", said.RecordGuidance, {said.GuidanceRecorded: "DUTY"},
        who=[not_the_department], when=[evidence_missing, act_in_future]),
    row("DUTY", said.FindWeakRectification, {said.WeakRectificationFound: "UNDER_REVIEW"}, when=[cause_not_found]),
    row("UNDER_REVIEW", said.EstablishJointLiability, {said.JointLiabilityEstablished: "ESTABLISHED"},
        when=[reasons_missing, department_not_heard, timely_urging_shown]),
    row("UNDER_REVIEW", said.DeclineJointLiability, {said.JointLiabilityDeclined: "DUTY"}, when=[no_timely_urging]),
), apart=(said.JointLiabilityDeclined,))


class JointLiability(Aggregate, kw_only=True):
    """One department's duty towards one item; one stream."""

    life_cycles = (LIABILITY,)
    item_id: UUID | None = None
    department_id: UUID | None = None
    urgings: list[said.Urging] = []

    def decline_joint_liability(self, _: Any, command: Any, facts: Facts) -> said.JointLiabilityDeclined:
        """Lists what was done in time."""
        return fill(said.JointLiabilityDeclined, command, facts, urgings=timely(self, facts))

    def on_guidance_recorded(self, _: Any, event: said.GuidanceRecorded) -> None:
        """Each act with its date and evidence."""
        self.urgings.append(said.Urging(kind=event.kind, at=event.at, evidence_hash=event.evidence_hash))
