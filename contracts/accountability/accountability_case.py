"""AccountabilityCase (问责) against a unit or a person: facts, hearing, decision, remedies.

Its id is `accountability_case_id`; the word *case* alone means the thread of one unit (案卷).
"""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import (
    BODY,
    SYSTEM,
    UNIT,
    CalendarKind,
    Instant,
    MeasureModality,
    PublicationChannel,
    Value,
)


class CaseGround(Enum):
    """问责情形；各地适用哪些、属于哪一档由政策取值决定。

    年度目标未完成、评价不合格、阻挠干扰不配合、整改不力、群体性事件、重大安全事故或案件、违法办学、侵害权益、
    师德失范、拒不执行整改决定、打击报复督导人员。
    """

    ANNUAL_TARGET_MISSED = "ANNUAL_TARGET_MISSED"
    EVALUATION_UNQUALIFIED = "EVALUATION_UNQUALIFIED"
    OBSTRUCTION = "OBSTRUCTION"
    WEAK_RECTIFICATION = "WEAK_RECTIFICATION"
    MASS_INCIDENTS = "MASS_INCIDENTS"
    MAJOR_ACCIDENT_OR_CASE = "MAJOR_ACCIDENT_OR_CASE"
    ILLEGAL_RUNNING = "ILLEGAL_RUNNING"
    RIGHTS_INFRINGED = "RIGHTS_INFRINGED"
    ETHICS_VIOLATION = "ETHICS_VIOLATION"
    REFUSED_DECISION = "REFUSED_DECISION"
    RETALIATION = "RETALIATION"


class CaseTier(Enum):
    """档次：第一档（或单一清单）、第二档。"""

    A = "A"
    B = "B"


class SubjectKind(Enum):
    """问责对象：单位、个人。"""

    UNIT = "UNIT"
    PERSON = "PERSON"


class MeasureKind(Enum):
    """问责方式。

    对单位：公开批评、约谈、督导通报、资源调整、行政处罚；民办学校：撤换负责人、吊销办学许可证；
    对个人：责令检查、约谈、通报批评、组织处理、处分、移送。
    """

    PUBLIC_CRITICISM = "PUBLIC_CRITICISM"
    INTERVIEW = "INTERVIEW"
    CIRCULAR = "CIRCULAR"
    RESOURCE_ADJUSTMENT = "RESOURCE_ADJUSTMENT"
    ADMINISTRATIVE_PENALTY = "ADMINISTRATIVE_PENALTY"
    REPLACE_HEAD = "REPLACE_HEAD"
    REVOKE_LICENCE = "REVOKE_LICENCE"
    SELF_CRITICISM = "SELF_CRITICISM"
    CIRCULATED_CRITICISM = "CIRCULATED_CRITICISM"
    ORGANISATIONAL_HANDLING = "ORGANISATIONAL_HANDLING"
    DISCIPLINE = "DISCIPLINE"
    TRANSFER = "TRANSFER"


class PublicityScope(Enum):
    """公开范围：内部、本地、全省、全国。"""

    INTERNAL = "INTERNAL"
    LOCAL = "LOCAL"
    PROVINCE = "PROVINCE"
    NATION = "NATION"


class CaseStep(Enum):
    """有期限的步骤：立案、公开、复核、申诉、纠正。"""

    OPENING = "OPENING"
    PUBLICATION = "PUBLICATION"
    REVIEW = "REVIEW"
    APPEAL = "APPEAL"
    CORRECTION = "CORRECTION"


class RemedyOutcome(Enum):
    """复核、申诉的结论：维持、变更、撤销。"""

    UPHELD = "UPHELD"
    CHANGED = "CHANGED"
    OVERTURNED = "OVERTURNED"


class CaseClock(Enum):
    """期限：立案、公开、申请复核、复核结论、提出申诉、申诉结论、纠正。"""

    OPENING = "OPENING"
    PUBLICATION = "PUBLICATION"
    REVIEW_REQUEST = "REVIEW_REQUEST"
    REVIEW = "REVIEW"
    APPEAL_REQUEST = "APPEAL_REQUEST"
    APPEAL = "APPEAL"
    CORRECTION = "CORRECTION"


class CaseSubject(Value, kw_only=True):
    """Who is held accountable: a unit or a person, never both in one."""

    kind: SubjectKind
    id: UUID


class CaseMeasure(Value, kw_only=True):
    """One measure: against whom, carried out by whom, and whether it must or may be taken."""

    subject_id: UUID
    kind: MeasureKind
    executor: UUID
    modality: MeasureModality


# --- commands ---------------------------------------------------------------------------------


class _OfCase(Command, kw_only=True):
    stream_key = ("accountability_case_id",)
    accountability_case_id: UUID


class ProposeCase(_OfCase, kw_only=True):
    """提出问责，写明对象、情形、档次和依据的事项。"""

    roles = BODY | SYSTEM
    subject: CaseSubject
    ground_codes: tuple[CaseGround, ...]
    tier: CaseTier = CaseTier.A
    source_ids: tuple[UUID, ...]
    evidence_hashes: tuple[str, ...] = ()
    unit_id: UUID | None = None


class OpenCase(_OfCase, kw_only=True):
    """由有权机关立案，组成调查组。"""

    roles = BODY
    authority_body_id: UUID
    team_ids: tuple[UUID, ...]


class DeclineCase(_OfCase, kw_only=True):
    """不予立案，写明理由。"""

    roles = BODY
    reasons: str


class EstablishFacts(_OfCase, kw_only=True):
    """调查认定事实，附证据。"""

    roles = BODY
    facts: str
    evidence_hashes: tuple[str, ...]


class NotifyFacts(_OfCase, kw_only=True):
    """把认定的事实书面告知问责对象。"""

    roles = BODY


class HearSubject(_OfCase, kw_only=True):
    """听取问责对象的陈述申辩，或者记录其放弃申辩。"""

    roles = BODY | UNIT
    defence_hash: str | None = None
    waived: bool = False


class DecideCase(_OfCase, kw_only=True):
    """作出问责决定，写明方式、依据、是否造成严重后果、是否情节严重。"""

    roles = BODY
    measures: tuple[CaseMeasure, ...]
    legal_basis: tuple[str, ...]
    serious_consequences: bool = False
    grave: bool = False


class ServeCase(_OfCase, kw_only=True):
    """向问责对象送达问责决定。"""

    roles = BODY


class EnforceCase(_OfCase, kw_only=True):
    """问责决定执行完毕；应由他人执行的，已移交并被接收。"""

    roles = BODY | SYSTEM
    evidence_hashes: tuple[str, ...]


class PublishCase(_OfCase, kw_only=True):
    """公开问责结果，按情节确定范围，隐去不宜公开的内容。"""

    roles = BODY
    scope: PublicityScope
    channels: tuple[PublicationChannel, ...]
    redactions: tuple[str, ...] = ()


class RequestReview(_OfCase, kw_only=True):
    """问责对象申请复核；不停止执行。"""

    roles = BODY | UNIT


class DecideReview(_OfCase, kw_only=True):
    """作出复核结论，写明理由。"""

    roles = BODY
    outcome: RemedyOutcome
    reasons: str


class LodgeAppeal(_OfCase, kw_only=True):
    """问责对象向上一级督导机构申诉；不停止执行。"""

    roles = BODY | UNIT
    to_body_id: UUID | None = None


class DecideAppeal(_OfCase, kw_only=True):
    """上一级督导机构作出申诉结论，写明理由。"""

    roles = BODY
    outcome: RemedyOutcome
    reasons: str


class CorrectCase(_OfCase, kw_only=True):
    """问责决定有误，予以纠正，写明理由。"""

    roles = BODY
    reason: str


class ArchiveCase(_OfCase, kw_only=True):
    """各项期限届满，问责案归档。"""

    roles = BODY | SYSTEM


class LapseCase(_OfCase, kw_only=True):
    """问责案的一个步骤已逾期（由时钟发出）。"""

    roles = SYSTEM
    entity_key = "step"
    step: CaseStep
    due_at: Instant


class RecalculateCaseDeadline(_OfCase, kw_only=True):
    """正式放假安排公布后，重新核定问责案的一个暂定期限。"""

    roles = SYSTEM
    clock: CaseClock
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


# --- events -----------------------------------------------------------------------------------


class CaseProposed(Event, kw_only=True):
    """问责已提出；写明立案的期限。"""

    accountability_case_id: UUID
    subject: CaseSubject
    ground_codes: tuple[CaseGround, ...]
    tier: CaseTier
    source_ids: tuple[UUID, ...]
    evidence_hashes: tuple[str, ...] = ()
    unit_id: UUID | None = None
    due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class CaseOpened(Event, kw_only=True):
    """问责已立案。"""

    accountability_case_id: UUID
    authority_body_id: UUID
    team_ids: tuple[UUID, ...]
    opened_at: Instant


class CaseDeclined(Event, kw_only=True):
    """不予立案。"""

    accountability_case_id: UUID
    reasons: str


class CaseFactsEstablished(Event, kw_only=True):
    """问责事实已认定。"""

    accountability_case_id: UUID
    facts: str
    evidence_hashes: tuple[str, ...]


class CaseFactsNotified(Event, kw_only=True):
    """认定的事实已书面告知。"""

    accountability_case_id: UUID
    subject_id: UUID
    notified_at: Instant


class CaseHeard(Event, kw_only=True):
    """陈述申辩已听取，或者已放弃。"""

    accountability_case_id: UUID
    defence_hash: str | None = None
    waived: bool = False


class CaseDecided(Event, kw_only=True):
    """问责决定已作出；一并写明移交和公开所需的情况。"""

    accountability_case_id: UUID
    measures: tuple[CaseMeasure, ...]
    legal_basis: tuple[str, ...]
    serious_consequences: bool
    subject: CaseSubject | None = None
    unit_id: UUID | None = None
    grave: bool = False


class CaseServed(Event, kw_only=True):
    """问责决定已送达；写明申请复核的期限和公开的期限。"""

    accountability_case_id: UUID
    served_at: Instant
    review_due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False
    publication_due_at: Instant | None = None
    publication_provisional: bool = False


class CaseEnforced(Event, kw_only=True):
    """问责决定已执行。"""

    accountability_case_id: UUID
    evidence_hashes: tuple[str, ...]


class CasePublished(Event, kw_only=True):
    """问责结果已公开。"""

    accountability_case_id: UUID
    scope: PublicityScope
    channels: tuple[PublicationChannel, ...]
    redactions: tuple[str, ...]
    published_at: Instant


class CaseReviewRequested(Event, kw_only=True):
    """已申请复核；写明作出结论的期限。"""

    accountability_case_id: UUID
    subject_id: UUID
    at: Instant
    due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class CaseReviewDecided(Event, kw_only=True):
    """复核结论已作出；写明申诉的期限。"""

    accountability_case_id: UUID
    outcome: RemedyOutcome
    reasons: str
    at: Instant
    appeal_due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class CaseAppealed(Event, kw_only=True):
    """已提出申诉；写明作出结论的期限。"""

    accountability_case_id: UUID
    to_body_id: UUID
    at: Instant
    due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class CaseAppealDecided(Event, kw_only=True):
    """申诉结论已作出；须纠正的，写明纠正的期限。"""

    accountability_case_id: UUID
    outcome: RemedyOutcome
    reasons: str
    at: Instant
    correction_due_at: Instant | None = None
    calendar: CalendarKind | None = None
    provisional: bool = False


class CaseCorrected(Event, kw_only=True):
    """问责决定已纠正；写明被纠正的记录。"""

    accountability_case_id: UUID
    corrects_event_id: UUID
    reason: str


class CaseArchived(Event, kw_only=True):
    """问责案已归档。"""

    accountability_case_id: UUID
    archived_at: Instant


class CaseOverdueRaised(Event, kw_only=True):
    """问责案的一个步骤已逾期。"""

    accountability_case_id: UUID
    step: CaseStep
    due_at: Instant


class CaseDeadlineRecalculated(Event, kw_only=True):
    """问责案的一个暂定期限已按正式放假安排重新核定。"""

    accountability_case_id: UUID
    clock: CaseClock
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str
