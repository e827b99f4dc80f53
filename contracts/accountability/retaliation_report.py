"""RetaliationReport (威胁恐吓、打击报复督导人员): the unit never sees it before a case is opened."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, FIELD, Ciphertext


class RetaliationOutcome(Enum):
    """结论：属实、不属实。"""

    ESTABLISHED = "ESTABLISHED"
    NOT_ESTABLISHED = "NOT_ESTABLISHED"


# --- commands ---------------------------------------------------------------------------------


class _OfRetaliation(Command, kw_only=True):
    stream_key = ("report_id",)
    report_id: UUID


class ReportRetaliation(_OfRetaliation, kw_only=True):
    """督导人员报告受到威胁恐吓或打击报复；陈述只以密文保存。"""

    roles = FIELD
    inspector_id: UUID
    unit_id: UUID
    account: str


class DecideRetaliation(_OfRetaliation, kw_only=True):
    """对报告作出结论；属实的写明问责案。"""

    roles = BODY
    outcome: RetaliationOutcome
    accountability_case_id: UUID | None = None


# --- events -----------------------------------------------------------------------------------


class RetaliationReported(Event, kw_only=True):
    """威胁恐吓或打击报复已报告；陈述为密文。"""

    report_id: UUID
    inspector_id: UUID
    unit_id: UUID
    sealed: Ciphertext


class RetaliationDecided(Event, kw_only=True):
    """对报告的结论已作出。"""

    report_id: UUID
    outcome: RetaliationOutcome
    accountability_case_id: UUID | None = None
