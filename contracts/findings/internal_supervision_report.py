"""InternalSupervisionReport (年度内部督导报告): one per school and year, at universities also per faculty."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import FIELD, UNIT, Instant, Year


class InternalChannel(Enum):
    """公示渠道：校园网、公示栏。"""

    CAMPUS_NETWORK = "CAMPUS_NETWORK"
    NOTICE_BOARD = "NOTICE_BOARD"


# --- commands ---------------------------------------------------------------------------------


class _OfInternalReport(Command, kw_only=True):
    stream_key = ("report_id",)
    report_id: UUID


class DraftInternalReport(_OfInternalReport, kw_only=True):
    """学校拟制年度内部督导报告；高校的院系可各有一份。"""

    roles = UNIT
    natural_key = ("school_id", "year", "faculty_id")
    school_id: UUID
    year: Year
    faculty_id: UUID | None = None


class FinaliseInternalReport(_OfInternalReport, kw_only=True):
    """学校审定年度内部督导报告。"""

    roles = UNIT
    document_hash: str


class PostInternalReport(_OfInternalReport, kw_only=True):
    """在校园网和公示栏公示，附网址和照片。"""

    roles = UNIT
    channels: tuple[InternalChannel, ...]
    urls: tuple[str, ...]
    photo_hash: str | None = None


class ReviewInternalReport(_OfInternalReport, kw_only=True):
    """督导机构评阅，给出结果运用的得分。"""

    roles = FIELD
    use_of_results_score: int


# --- events -----------------------------------------------------------------------------------


class InternalReportDrafted(Event, kw_only=True):
    """年度内部督导报告已拟制。"""

    report_id: UUID
    school_id: UUID
    year: int
    faculty_id: UUID | None = None


class InternalReportFinalised(Event, kw_only=True):
    """年度内部督导报告已审定。"""

    report_id: UUID
    approved_by: UUID
    document_hash: str


class InternalReportPosted(Event, kw_only=True):
    """年度内部督导报告已公示。"""

    report_id: UUID
    channels: tuple[InternalChannel, ...]
    urls: tuple[str, ...]
    photo_hash: str | None = None
    posted_at: Instant


class InternalReportReviewed(Event, kw_only=True):
    """年度内部督导报告已评阅。"""

    report_id: UUID
    reviewer_body_id: UUID
    use_of_results_score: int
