"""Finding (问题) until it enters the unit's list: substantiated, fed back, defended, confirmed."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, SYSTEM, UNIT, Instant, Role, Severity, Value


class UrgentDanger(Enum):
    """须立即移交的情形：危及生命安全、违法办学、侵害师生权益。"""

    DANGER_TO_LIFE = "DANGER_TO_LIFE"
    ILLEGAL_RUNNING = "ILLEGAL_RUNNING"
    RIGHTS_INFRINGED = "RIGHTS_INFRINGED"


class DefenceOutcome(Enum):
    """申辩结论：维持、变更、撤回。"""

    UPHELD = "UPHELD"
    AMENDED = "AMENDED"
    WITHDRAWN = "WITHDRAWN"


class FindingChanges(Value, kw_only=True):
    """What a decision on a defence changes; what is absent stays."""

    text: str | None = None
    severity: Severity | None = None
    content_code: str | None = None
    indicator_code: str | None = None
    indicator_version: str | None = None


# --- commands ---------------------------------------------------------------------------------


class _OfFinding(Command, kw_only=True):
    stream_key = ("finding_id",)
    finding_id: UUID


class RecordFinding(_OfFinding, kw_only=True):
    """记录在督导活动或经常性督导中发现的问题，至少附一份证据。"""

    roles = FIELD
    activity_id: UUID | None = None
    visit_id: UUID | None = None
    unit_id: UUID
    indicator_code: str
    indicator_version: str
    content_code: str
    severity: Severity
    text: str
    evidence_ids: tuple[UUID, ...]


class SubstantiateFinding(_OfFinding, kw_only=True):
    """组长认定问题属实。"""

    roles = frozenset({Role.TEAM_LEADER})


class ReferUrgently(_OfFinding, kw_only=True):
    """情况紧急，不待报告，立即移交有关部门。"""

    roles = FIELD
    to_department_id: UUID
    danger: UrgentDanger


class IncludeInFeedback(_OfFinding, kw_only=True):
    """把问题列入反馈意见。"""

    roles = FIELD | SYSTEM
    feedback_id: UUID


class SubmitDefence(_OfFinding, kw_only=True):
    """单位对问题提出申辩。"""

    roles = UNIT
    text: str


class DecideDefence(_OfFinding, kw_only=True):
    """对申辩作出结论：维持、变更或撤回；不得由记录人本人决定。"""

    roles = BODY | frozenset({Role.TEAM_LEADER})
    outcome: DefenceOutcome
    reasons: str
    changes: FindingChanges | None = None
    authority: str | None = None


class ConfirmFinding(_OfFinding, kw_only=True):
    """单位认可或申辩期满，问题成立。"""

    roles = BODY | UNIT | SYSTEM


class HandToLedger(_OfFinding, kw_only=True):
    """问题已转入问题清单。"""

    roles = BODY | SYSTEM
    ledger_id: UUID
    item_id: UUID


class RecalculateDefenceWindow(_OfFinding, kw_only=True):
    """正式放假安排公布后，重新核定暂定的申辩期限。"""

    roles = SYSTEM
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


class WithdrawFinding(_OfFinding, kw_only=True):
    """撤回已成立的问题，写明理由和依据的决定。"""

    roles = BODY
    reason: str
    authority: str


# --- events -----------------------------------------------------------------------------------


class FindingRecorded(Event, kw_only=True):
    """问题已记录。"""

    finding_id: UUID
    activity_id: UUID | None = None
    visit_id: UUID | None = None
    unit_id: UUID
    indicator_code: str
    indicator_version: str
    content_code: str
    severity: Severity
    text: str
    evidence_ids: tuple[UUID, ...]
    recorded_by: UUID | None = None


class FindingSubstantiated(Event, kw_only=True):
    """问题已由组长认定属实。"""

    finding_id: UUID
    leader_id: UUID


class UrgentReferralMade(Event, kw_only=True):
    """问题已紧急移交。"""

    finding_id: UUID
    to_department_id: UUID
    danger: UrgentDanger
    referred_at: Instant


class FindingFedBack(Event, kw_only=True):
    """问题已反馈给单位。"""

    finding_id: UUID
    feedback_id: UUID
    defence_due_at: Instant | None = None
    provisional: bool = False


class DefenceWindowRecalculated(Event, kw_only=True):
    """暂定的申辩期限已按正式放假安排重新核定。"""

    finding_id: UUID
    old_due_at: Instant
    new_due_at: Instant
    calendar_revision: str


class DefenceSubmitted(Event, kw_only=True):
    """单位已提出申辩。"""

    finding_id: UUID
    by_unit_id: UUID
    text: str
    at: Instant


class FindingUpheld(Event, kw_only=True):
    """申辩不成立，问题维持。"""

    finding_id: UUID
    decider_id: UUID
    reasons: str


class FindingAmended(Event, kw_only=True):
    """申辩部分成立，问题已变更。"""

    finding_id: UUID
    changes: FindingChanges
    reasons: str
    decider_id: UUID | None = None


class FindingWithdrawn(Event, kw_only=True):
    """问题已撤回。"""

    finding_id: UUID
    corrects_event_id: UUID
    reason: str
    authority: str


class FindingConfirmed(Event, kw_only=True):
    """问题成立；一并写明列入清单所需的情况。"""

    finding_id: UUID
    unit_id: UUID
    competent_department_id: UUID | None = None
    severity: Severity
    text: str | None = None
    activity_id: UUID | None = None
    visit_id: UUID | None = None


class FindingHandedToLedger(Event, kw_only=True):
    """问题已转入问题清单。"""

    finding_id: UUID
    ledger_id: UUID
    item_id: UUID
