"""Assessment (督学考核) of one inspector: yearly, at the end of a term, or as a place prescribes."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Role


class AssessmentKind(Enum):
    """种类：年度考核、聘期考核、定期考核、退出考核、问责后考核。"""

    ANNUAL = "ANNUAL"
    TERM = "TERM"
    REGULAR = "REGULAR"
    EXIT = "EXIT"
    POST_ACCOUNTABILITY = "POST_ACCOUNTABILITY"


class AssessmentDimension(Enum):
    """内容：政治表现、业务能力、履职情况。"""

    POLITICAL_PERFORMANCE = "POLITICAL_PERFORMANCE"
    ABILITY = "ABILITY"
    DUTY_FULFILMENT = "DUTY_FULFILMENT"


class AssessmentGrade(Enum):
    """等次：优秀、合格、基本合格、不合格。"""

    EXCELLENT = "EXCELLENT"
    QUALIFIED = "QUALIFIED"
    BASICALLY_QUALIFIED = "BASICALLY_QUALIFIED"
    UNQUALIFIED = "UNQUALIFIED"


class ContestOutcome(Enum):
    """复核结论：维持、变更。"""

    UPHELD = "UPHELD"
    CHANGED = "CHANGED"


# --- commands ---------------------------------------------------------------------------------


class _OfAssessment(Command, kw_only=True):
    stream_key = ("assessment_id",)
    assessment_id: UUID


class OpenAssessment(_OfAssessment, kw_only=True):
    """开始对一名督学的考核，写明种类、时段和所用标准。"""

    roles = BODY | SYSTEM
    natural_key = ("inspector_id", "kind", "period")
    inspector_id: UUID
    kind: AssessmentKind
    period: str
    standard_version: str


class SubmitSelfReport(_OfAssessment, kw_only=True):
    """督学本人述职。"""

    roles = frozenset({Role.INSPECTOR, Role.TEAM_LEADER})
    document_hash: str


class ScoreAssessment(_OfAssessment, kw_only=True):
    """按各项内容评分；履职实绩由系统从督导活动取得。"""

    roles = BODY
    dimensions: dict[AssessmentDimension, int]


class ConfirmAssessment(_OfAssessment, kw_only=True):
    """由本级督导机构确认考核等次。"""

    roles = BODY
    grade: AssessmentGrade


class ContestAssessment(_OfAssessment, kw_only=True):
    """督学对考核等次提出异议。"""

    roles = frozenset({Role.INSPECTOR, Role.TEAM_LEADER})
    text: str


class DecideContest(_OfAssessment, kw_only=True):
    """对异议作出结论，写明理由；变更的写明新的等次。"""

    roles = BODY
    outcome: ContestOutcome
    reasons: str
    new_grade: AssessmentGrade | None = None


# --- events -----------------------------------------------------------------------------------


class AssessmentOpened(Event, kw_only=True):
    """考核已开始。"""

    assessment_id: UUID
    inspector_id: UUID
    kind: AssessmentKind
    period: str
    standard_version: str


class AssessmentSelfReported(Event, kw_only=True):
    """督学已述职。"""

    assessment_id: UUID
    document_hash: str


class AssessmentScored(Event, kw_only=True):
    """已评分；写明履职实绩。"""

    assessment_id: UUID
    dimensions: dict[AssessmentDimension, int]
    actual_results: dict[str, int]


class AssessmentConfirmed(Event, kw_only=True):
    """考核等次已确认。"""

    assessment_id: UUID
    grade: AssessmentGrade
    assessor_body_id: UUID
    inspector_id: UUID | None = None
    kind: AssessmentKind | None = None


class AssessmentContested(Event, kw_only=True):
    """已对考核等次提出异议。"""

    assessment_id: UUID
    text: str


class AssessmentContestDecided(Event, kw_only=True):
    """对异议的结论已作出。"""

    assessment_id: UUID
    outcome: ContestOutcome
    reasons: str
    new_grade: AssessmentGrade | None = None
