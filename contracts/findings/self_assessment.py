"""SelfAssessment (自查自评) of one unit by one version of indicators in one period.

Scores are text, because they may have decimals. The yearly bulletin stands in `annual_bulletin`.
"""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, UNIT, Instant, Value


class ScoreDifference(Value, kw_only=True):
    """Where the audit of a self-assessment came to another score."""

    indicator_code: str
    own: str
    audited: str
    note: str | None = None


# --- commands ---------------------------------------------------------------------------------


class _OfSelfAssessment(Command, kw_only=True):
    stream_key = ("assessment_id",)
    assessment_id: UUID


class OpenSelfAssessment(_OfSelfAssessment, kw_only=True):
    """要求单位自查自评，写明指标版本、时段和期限。"""

    roles = BODY | SYSTEM
    natural_key = ("unit_id", "indicator_version", "period")
    unit_id: UUID
    indicator_version: str
    period: str
    due_at: Instant | None = None
    activity_id: UUID | None = None
    round_id: UUID | None = None


class PrefillSelfAssessment(_OfSelfAssessment, kw_only=True):
    """用已有的数据项预填，不再重复填报。"""

    roles = UNIT | BODY | SYSTEM
    elements: tuple[str, ...]


class SubmitSelfAssessment(_OfSelfAssessment, kw_only=True):
    """单位报送自评，逐项写明得分，由负责人签署。"""

    roles = UNIT | BODY
    scores: dict[str, str]
    signed_by: UUID


class LapseSelfAssessment(_OfSelfAssessment, kw_only=True):
    """自评期限届满，单位仍未报送。"""

    roles = SYSTEM
    due_at: Instant


class ApproveByGovernment(_OfSelfAssessment, kw_only=True):
    """政府的自评经本级政府审定。"""

    roles = BODY
    government_body_id: UUID


class AuditSelfAssessment(_OfSelfAssessment, kw_only=True):
    """审核自评，列出与审核结果不一致的得分；审核人不得是填报人。"""

    roles = FIELD
    diffs: tuple[ScoreDifference, ...] = ()


class ReturnSelfAssessment(_OfSelfAssessment, kw_only=True):
    """退回自评，写明理由。"""

    roles = BODY
    reason: str


class AcceptSelfAssessment(_OfSelfAssessment, kw_only=True):
    """接受自评。"""

    roles = BODY


class SubmitUpward(_OfSelfAssessment, kw_only=True):
    """把自评报上一级督导机构，未写对象的按登记确定。"""

    roles = BODY
    to_body_id: UUID | None = None
    receipt_at: Instant | None = None


# --- events -----------------------------------------------------------------------------------


class SelfAssessmentOpened(Event, kw_only=True):
    """已要求自查自评。"""

    assessment_id: UUID
    unit_id: UUID
    indicator_version: str
    period: str
    due_at: Instant | None = None
    activity_id: UUID | None = None
    round_id: UUID | None = None
    provisional: bool = False


class SelfAssessmentPrefilled(Event, kw_only=True):
    """自评已预填；写明数据取自哪些记录。"""

    assessment_id: UUID
    elements: tuple[str, ...]
    reused_from: tuple[UUID, ...]


class SelfAssessmentSubmitted(Event, kw_only=True):
    """自评已报送。"""

    assessment_id: UUID
    scores: dict[str, str]
    signed_by: UUID


class SelfAssessmentLapsed(Event, kw_only=True):
    """自评逾期。"""

    assessment_id: UUID
    due_at: Instant


class SelfAssessmentApprovedByGovernment(Event, kw_only=True):
    """自评已经政府审定。"""

    assessment_id: UUID
    government_body_id: UUID


class SelfAssessmentAudited(Event, kw_only=True):
    """自评已审核。"""

    assessment_id: UUID
    auditor_id: UUID
    diffs: tuple[ScoreDifference, ...]


class SelfAssessmentReturned(Event, kw_only=True):
    """自评已退回。"""

    assessment_id: UUID
    reason: str


class SelfAssessmentAccepted(Event, kw_only=True):
    """自评已接受。"""

    assessment_id: UUID


class SelfAssessmentSubmittedUpward(Event, kw_only=True):
    """自评已报上一级督导机构。"""

    assessment_id: UUID
    to_body_id: UUID
    receipt_at: Instant | None = None
