"""InspectionReport (督导报告): approved by the organiser, handed up, published or withheld (domain 3.3.4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.findings import inspection_report as said
from contracts.record import event_id
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts, body, now, person
from services.chassis.life_cycle import NEW, SAME, LifeCycle, row
from services.findings.domain.finding_guards import inspected_department
from services.findings.domain.guards import (
    authority_missing,
    changes_missing,
    channel_not_allowed,
    channels_missing,
    date_past,
    document_missing,
    not_organiser,
    reason_missing,
    upper_body_unknown,
)
from services.findings.domain.report_guards import (
    fieldwork_not_done,
    not_next_upper_body,
    publisher_not_organiser,
    recipient_missing,
    recipients_unknown,
    redaction_missing,
    required_channel_missing,
)

PUBLISHABLE = "APPROVED, WITHHELD"
"""A report that was withheld is looked at again on its review date, and then published or withheld again."""

REPORT = LifeCycle("report", "督导报告", "DRAFT APPROVED PUBLISHED WITHHELD RETRACTED", (
    row(NEW, said.DraftReport, {said.ReportDrafted: "DRAFT"}, when=[fieldwork_not_done]),
    row("DRAFT", said.ApproveReport, {said.ReportApproved: "APPROVED"},
        who=[inspected_department, not_organiser], when=[document_missing], fills={"approver_id": person}),
    row("APPROVED", said.SubmitToGovernment, {said.ReportSubmittedToGovernment: "APPROVED"},
        who=[not_organiser], when=[recipients_unknown, recipient_missing]),
    row("APPROVED", said.FileReportUpward, {said.ReportFiledUpward: "APPROVED"},
        who=[not_organiser], when=[upper_body_unknown, not_next_upper_body]),
    row(PUBLISHABLE, said.PublishReport, {said.ReportPublished: "PUBLISHED"},
        who=[inspected_department, publisher_not_organiser],
        when=[channels_missing, required_channel_missing, channel_not_allowed, redaction_missing],
        fills={"organiser_body_id": lambda facts: facts["activity"].body_id, "publisher_body_id": body,
               "published_at": now}),
    row(PUBLISHABLE, said.WithholdPublication, {said.ReportPublicationWithheld: "WITHHELD"},
        who=[inspected_department, not_organiser], when=[reason_missing, authority_missing, date_past]),
    row("WITHHELD", said.LapsePublicationReview, {said.PublicationReviewLapsed: SAME}),
    row("PUBLISHED", said.CorrectReport, {said.ReportCorrected: "PUBLISHED"},
        who=[inspected_department, not_organiser], when=[changes_missing]),
    row("PUBLISHED", said.RetractReport, {said.ReportRetracted: "RETRACTED"},
        who=[inspected_department, not_organiser], when=[reason_missing]),
))


class InspectionReport(Aggregate, kw_only=True):
    """The one report of one activity."""

    life_cycles = (REPORT,)
    activity_id: UUID | None = None
    unit_id: UUID | None = None
    review_at: datetime | None = None
    lapsed: bool = False
    published_at_version: int = 0

    def approve_report(self, _: Any, command: Any, facts: Facts) -> said.ReportApproved:
        """Its activity is closed by this letter."""
        return fill(said.ReportApproved, command, facts, approver_id=person(facts), version=1,
                    activity_id=self.activity_id)

    def submit_to_government(self, _: Any, command: Any, facts: Facts) -> said.ReportSubmittedToGovernment:
        """To those named, else to those registered for the organiser."""
        return fill(said.ReportSubmittedToGovernment, command, facts,
                    to_body_ids=command.to_body_ids or facts["registered_recipients"])

    def file_report_upward(self, _: Any, command: Any, facts: Facts) -> said.ReportFiledUpward:
        """To the next upper body."""
        return fill(said.ReportFiledUpward, command, facts, to_body_id=command.to_body_id or facts["upper_body_id"])

    def correct_report(self, _: Any, command: Any, facts: Facts) -> said.ReportCorrected:
        """Names the record that published it."""
        return fill(said.ReportCorrected, command, facts,
                    corrects_event_id=event_id(self.stream, self.published_at_version))

    def lapse_publication_review(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when the date was moved meanwhile."""
        lapsed = fill(said.PublicationReviewLapsed, command, facts)
        return (lapsed,) if self.review_at == command.due_at <= facts.at else ()

    def on_report_publication_withheld(self, _: Any, event: said.ReportPublicationWithheld) -> None:
        """A new date, a new clock."""
        self.review_at, self.lapsed = event.review_at, False

    def on_publication_review_lapsed(self, _: Any, __: said.PublicationReviewLapsed) -> None:
        """Said once."""
        self.lapsed = True

    def on_report_published(self, _: Any, __: said.ReportPublished) -> None:
        """A later correction names this record."""
        self.published_at_version = self.version + 1

    def timers(self) -> Timers:
        """A withheld report is not forgotten."""
        if self.state == "WITHHELD" and self.review_at is not None and not self.lapsed:
            yield self.review_at, said.LapsePublicationReview(report_id=self.stream, due_at=self.review_at)
