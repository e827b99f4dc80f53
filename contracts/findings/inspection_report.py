"""InspectionReport (督导报告) of one activity: approved, handed up, published or withheld."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, Instant, PublicationChannel

# --- commands ---------------------------------------------------------------------------------


class _OfReport(Command, kw_only=True):
    stream_key = ("report_id",)
    report_id: UUID


class DraftReport(_OfReport, kw_only=True):
    """实地工作结束后，拟制督导报告；每项督导活动一份。"""

    roles = FIELD
    natural_key = ("activity_id",)
    activity_id: UUID


class ApproveReport(_OfReport, kw_only=True):
    """组织者批准督导报告。"""

    roles = BODY
    document_hash: str


class SubmitToGovernment(_OfReport, kw_only=True):
    """把督导报告报本级政府；按规定须报党委（党工委）的一并报送，未写对象的按登记确定。"""

    roles = BODY
    to_body_ids: tuple[UUID, ...] = ()
    receipt_at: Instant | None = None


class FileReportUpward(_OfReport, kw_only=True):
    """把督导报告报上一级督导机构备案，未写对象的按登记确定。"""

    roles = BODY
    to_body_id: UUID | None = None
    receipt_at: Instant | None = None


class PublishReport(_OfReport, kw_only=True):
    """公开督导报告，隐去不宜公开的内容；谁组织、谁发布、谁负责。"""

    roles = BODY
    channels: tuple[PublicationChannel, ...]
    redactions: tuple[str, ...] = ()


class WithholdPublication(_OfReport, kw_only=True):
    """暂不公开督导报告，写明理由、依据的决定和复核日期。"""

    roles = BODY
    reason: str
    authority: str
    review_at: Instant


class LapsePublicationReview(_OfReport, kw_only=True):
    """暂不公开的督导报告到了复核日期，仍未作出决定。"""

    roles = SYSTEM
    due_at: Instant


class CorrectReport(_OfReport, kw_only=True):
    """更正已公开的督导报告，列出更正之处。"""

    roles = BODY
    changes: tuple[str, ...]


class RetractReport(_OfReport, kw_only=True):
    """撤回已公开的督导报告，写明理由。"""

    roles = BODY
    reason: str


# --- events -----------------------------------------------------------------------------------


class ReportDrafted(Event, kw_only=True):
    """督导报告已拟制。"""

    report_id: UUID
    activity_id: UUID


class ReportApproved(Event, kw_only=True):
    """督导报告已批准；一并写明督导活动。"""

    report_id: UUID
    approver_id: UUID
    version: int
    document_hash: str
    activity_id: UUID | None = None


class ReportSubmittedToGovernment(Event, kw_only=True):
    """督导报告已报政府。"""

    report_id: UUID
    to_body_ids: tuple[UUID, ...]
    receipt_at: Instant | None = None


class ReportFiledUpward(Event, kw_only=True):
    """督导报告已备案。"""

    report_id: UUID
    to_body_id: UUID
    receipt_at: Instant | None = None


class ReportPublished(Event, kw_only=True):
    """督导报告已公开。"""

    report_id: UUID
    organiser_body_id: UUID
    publisher_body_id: UUID
    channels: tuple[PublicationChannel, ...]
    redactions: tuple[str, ...]
    published_at: Instant


class ReportPublicationWithheld(Event, kw_only=True):
    """督导报告暂不公开。"""

    report_id: UUID
    reason: str
    authority: str
    review_at: Instant


class PublicationReviewLapsed(Event, kw_only=True):
    """暂不公开的复核日期已过。"""

    report_id: UUID
    due_at: Instant


class ReportCorrected(Event, kw_only=True):
    """督导报告已更正；写明被更正的记录。"""

    report_id: UUID
    corrects_event_id: UUID
    changes: tuple[str, ...]


class ReportRetracted(Event, kw_only=True):
    """督导报告已撤回。"""

    report_id: UUID
    reason: str
