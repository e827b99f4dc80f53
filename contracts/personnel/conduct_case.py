"""ConductCase (督学违纪违规): reported, verified or dismissed, decided, applied."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, FIELD, SYSTEM, UNIT, Ciphertext


class ConductGround(Enum):
    """情形。

    不服从安排、不履行职责、弄虚作假、徇私、严重失职、应回避而不回避、滥用职权、核实虚假整改为到位。
    """

    DISOBEYED_ARRANGEMENT = "DISOBEYED_ARRANGEMENT"
    NEGLECTED_DUTY = "NEGLECTED_DUTY"
    FRAUD = "FRAUD"
    FAVOURITISM = "FAVOURITISM"
    SERIOUS_DERELICTION = "SERIOUS_DERELICTION"
    NON_RECUSAL = "NON_RECUSAL"
    ABUSE = "ABUSE"
    FALSE_VERIFICATION = "FALSE_VERIFICATION"


class ConductOutcome(Enum):
    """处理：批评教育、暂停履职、退出、移送。"""

    CRITICISM = "CRITICISM"
    SUSPENSION = "SUSPENSION"
    EXIT = "EXIT"
    REFERRAL = "REFERRAL"


class AppliedTo(Enum):
    """处理落到：督学、督学证、聘期、挂牌。"""

    INSPECTOR = "INSPECTOR"
    CREDENTIAL = "CREDENTIAL"
    APPOINTMENT = "APPOINTMENT"
    LISTING = "LISTING"


# --- commands ---------------------------------------------------------------------------------


class _OfConduct(Command, kw_only=True):
    stream_key = ("conduct_case_id",)
    conduct_case_id: UUID


class ReportConduct(_OfConduct, kw_only=True):
    """反映一名督学违纪违规；反映人只以密文保存。"""

    roles = FIELD | UNIT | DEPARTMENT | SYSTEM
    protected = ("reporter",)
    inspector_id: UUID
    grounds: tuple[ConductGround, ...]
    reporter: str | None = None
    source_ids: tuple[UUID, ...] = ()


class VerifyConduct(_OfConduct, kw_only=True):
    """与其不同组的人员核查属实，写明事实，附证据。"""

    roles = FIELD
    facts: str
    evidence_hashes: tuple[str, ...]


class DismissConduct(_OfConduct, kw_only=True):
    """核查不属实，写明理由。"""

    roles = BODY
    reasons: str


class DecideConduct(_OfConduct, kw_only=True):
    """作出处理决定，写明是否已报上一级。"""

    roles = BODY
    outcome: ConductOutcome
    reported_upward: bool = False


class ApplyConduct(_OfConduct, kw_only=True):
    """处理决定已经落实。"""

    roles = BODY | SYSTEM
    applied_to: tuple[AppliedTo, ...]


# --- events -----------------------------------------------------------------------------------


class ConductReported(Event, kw_only=True):
    """违纪违规已反映；反映人为密文，匿名的不写。"""

    conduct_case_id: UUID
    inspector_id: UUID
    grounds: tuple[ConductGround, ...]
    reporter_sealed: Ciphertext | None = None
    source_ids: tuple[UUID, ...] = ()


class ConductVerified(Event, kw_only=True):
    """违纪违规已核查属实。"""

    conduct_case_id: UUID
    facts: str
    evidence_hashes: tuple[str, ...]


class ConductDismissed(Event, kw_only=True):
    """违纪违规不属实。"""

    conduct_case_id: UUID
    reasons: str


class ConductDecided(Event, kw_only=True):
    """处理决定已作出；一并写明督学。"""

    conduct_case_id: UUID
    outcome: ConductOutcome
    decided_by: UUID
    reported_upward: bool
    inspector_id: UUID | None = None


class ConductApplied(Event, kw_only=True):
    """处理决定已落实。"""

    conduct_case_id: UUID
    applied_to: tuple[AppliedTo, ...]
