"""SelfAssessment (自查自评): one unit, one version of indicators, one period (domain 3.3.5)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.findings import self_assessment as said
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, person
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.findings.domain.assessment_guards import (
    auditor_is_author,
    element_not_collected,
    elements_missing,
    government_approval_missing,
    not_a_government,
    not_own_government,
    period_missing,
    scores_incomplete,
    scores_missing,
    signer_not_head,
)
from services.findings.domain.finding_guards import inspected_department
from services.findings.domain.guards import (
    below_owner,
    date_past,
    indicator_version_missing,
    indicators_of_another_version,
    not_of_unit,
    reason_missing,
    score_unreadable,
    unit_foreign,
    upper_body_unknown,
)

ASSESSMENT = LifeCycle("self-assessment", "自评", "OPEN SUBMITTED AUDITED ACCEPTED", (
    row(NEW, said.OpenSelfAssessment, {said.SelfAssessmentOpened: "OPEN"},
        when=[indicator_version_missing, period_missing, date_past]),
    row("OPEN", said.PrefillSelfAssessment, {said.SelfAssessmentPrefilled: "OPEN"},
        who=[unit_foreign], when=[elements_missing, element_not_collected]),
    row("OPEN", said.SubmitSelfAssessment, {said.SelfAssessmentSubmitted: "SUBMITTED"}, who=[not_of_unit],
        when=[scores_missing, scores_incomplete, indicators_of_another_version, score_unreadable, signer_not_head]),
    row("OPEN", said.LapseSelfAssessment, {said.SelfAssessmentLapsed: SAME}),
    row("SUBMITTED, AUDITED", said.ApproveByGovernment, {said.SelfAssessmentApprovedByGovernment: SAME},
        when=[not_a_government, not_own_government]),
    row("SUBMITTED", said.AuditSelfAssessment, {said.SelfAssessmentAudited: "AUDITED"},
        who=[inspected_department, below_owner, auditor_is_author], fills={"auditor_id": person}),
    row("SUBMITTED, AUDITED", said.ReturnSelfAssessment, {said.SelfAssessmentReturned: "OPEN"},
        who=[inspected_department, below_owner], when=[reason_missing]),
    row("AUDITED", said.AcceptSelfAssessment, {said.SelfAssessmentAccepted: "ACCEPTED"},
        who=[inspected_department, below_owner]),
    row("ACCEPTED", said.SubmitUpward, {said.SelfAssessmentSubmittedUpward: "ACCEPTED"},
        who=[below_owner], when=[government_approval_missing, upper_body_unknown]),
))


class SelfAssessment(Aggregate, kw_only=True):
    """What a unit says of itself, and what the audit says of that."""

    life_cycles = (ASSESSMENT,)
    unit_id: UUID | None = None
    indicator_version: str = ""
    period: str = ""
    due_at: datetime | None = None
    signed_by: UUID | None = None
    government_body_id: UUID | None = None
    lapsed: bool = False

    def prefill_self_assessment(self, _: Any, command: Any, facts: Facts) -> said.SelfAssessmentPrefilled:
        """Names the records that the figures come from."""
        sources: dict[str, UUID] = facts["collected"]
        return fill(said.SelfAssessmentPrefilled, command, facts,
                    reused_from=tuple(sources[element] for element in command.elements))

    def audit_self_assessment(self, _: Any, command: Any, facts: Facts) -> said.SelfAssessmentAudited:
        """Without differences, too, an audit is an audit."""
        return fill(said.SelfAssessmentAudited, command, facts, auditor_id=person(facts), diffs=command.diffs)

    def submit_upward(self, _: Any, command: Any, facts: Facts) -> said.SelfAssessmentSubmittedUpward:
        """To the body named, else to the next one up."""
        to_body_id = command.to_body_id or facts["upper_body_id"]
        return fill(said.SelfAssessmentSubmittedUpward, command, facts, to_body_id=to_body_id)

    def lapse_self_assessment(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Once, when it is really due."""
        lapsed = fill(said.SelfAssessmentLapsed, command, facts)
        return (lapsed,) if self.due_at == command.due_at <= facts.at else ()

    def on_self_assessment_lapsed(self, _: Any, __: said.SelfAssessmentLapsed) -> None:
        """What was late once, was late."""
        self.lapsed = True

    def on_self_assessment_returned(self, _: Any, __: said.SelfAssessmentReturned) -> None:
        """What comes back is approved again."""
        self.signed_by = self.government_body_id = None

    def timers(self) -> Timers:
        """Overdue is an event, not a comparison."""
        if self.state == "OPEN" and self.due_at is not None and not self.lapsed:
            yield self.due_at, said.LapseSelfAssessment(assessment_id=self.stream, due_at=self.due_at)
