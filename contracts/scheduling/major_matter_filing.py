"""MajorMatterFiling (向上报告): a major matter, result, report or change of staff owed to the body above."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, CalendarKind, Instant


class FilingKind(Enum):
    """种类：重大事项、督导结果、人员变化、年度报告、年度计划、自评、督导报告；须报哪些由政策取值决定。"""

    MAJOR_MATTER = "MAJOR_MATTER"
    RESULT = "RESULT"
    PERSONNEL_CHANGE = "PERSONNEL_CHANGE"
    ANNUAL_REPORT = "ANNUAL_REPORT"
    ANNUAL_PLAN = "ANNUAL_PLAN"
    SELF_ASSESSMENT = "SELF_ASSESSMENT"
    INSPECTION_REPORT = "INSPECTION_REPORT"


# --- commands ---------------------------------------------------------------------------------


class _OfFiling(Command, kw_only=True):
    stream_key = ("filing_id",)
    filing_id: UUID


class OpenFiling(_OfFiling, kw_only=True):
    """一项事项应向上报告；未写对象和期限的按登记和当地规定确定。"""

    roles = BODY | SYSTEM
    kind: FilingKind
    body_id: UUID
    to_body_id: UUID | None = None
    due_at: Instant | None = None
    source_id: UUID | None = None


class FileUpward(_OfFiling, kw_only=True):
    """向上一级督导机构报告。"""

    roles = BODY
    document_hash: str


class AcknowledgeFiling(_OfFiling, kw_only=True):
    """上一级督导机构签收报告。"""

    roles = BODY


class LapseFiling(_OfFiling, kw_only=True):
    """报告的期限已过而未报告（由时钟发出）。"""

    roles = SYSTEM
    due_at: Instant


class RecalculateFilingDeadline(_OfFiling, kw_only=True):
    """正式放假安排公布后，重新核定一项报告的暂定期限。"""

    roles = SYSTEM
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


# --- events -----------------------------------------------------------------------------------


class FilingDue(Event, kw_only=True):
    """一项事项应向上报告。"""

    filing_id: UUID
    kind: FilingKind
    body_id: UUID
    to_body_id: UUID
    due_at: Instant | None = None
    source_id: UUID | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class FiledUpward(Event, kw_only=True):
    """已向上报告。"""

    filing_id: UUID
    filed_at: Instant
    document_hash: str


class FilingAcknowledged(Event, kw_only=True):
    """上一级督导机构已签收报告。"""

    filing_id: UUID
    by_body_id: UUID


class FilingLapsed(Event, kw_only=True):
    """逾期未向上报告。"""

    filing_id: UUID
    due_at: Instant


class FilingDeadlineRecalculated(Event, kw_only=True):
    """一项报告的暂定期限已按正式放假安排重新核定。"""

    filing_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str
