"""AccreditationApplication (申报认定): a district applies, is reviewed, verified, recognised or not."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, UNIT


class AccreditationKind(Enum):
    """认定种类：义务教育优质均衡发展、学前教育普及普惠。"""

    COMPULSORY_QUALITY_BALANCE = "COMPULSORY_QUALITY_BALANCE"
    PRESCHOOL_UNIVERSAL_BENEFIT = "PRESCHOOL_UNIVERSAL_BENEFIT"


class AccreditationStage(Enum):
    """环节：市（省）级审核、国家核查。"""

    MUNICIPAL = "MUNICIPAL"
    NATIONAL = "NATIONAL"


class AccreditationResult(Enum):
    """审核结论：通过、未通过。"""

    PASSED = "PASSED"
    FAILED = "FAILED"


class AccreditationDecision(Enum):
    """认定决定：认定、不予认定。"""

    RECOGNISED = "RECOGNISED"
    REFUSED = "REFUSED"


# --- commands ---------------------------------------------------------------------------------


class _OfApplication(Command, kw_only=True):
    stream_key = ("application_id",)
    application_id: UUID


class ApplyAccreditation(_OfApplication, kw_only=True):
    """一个区县申报认定。"""

    roles = BODY | UNIT
    district_id: UUID
    kind: AccreditationKind


class ReviewAccreditation(_OfApplication, kw_only=True):
    """审核或核查申报，列出问题。"""

    roles = BODY
    stage: AccreditationStage
    result: AccreditationResult
    problems: tuple[str, ...] = ()


class DecideAccreditation(_OfApplication, kw_only=True):
    """决定是否认定。"""

    roles = BODY
    decision: AccreditationDecision


# --- events -----------------------------------------------------------------------------------


class AccreditationApplied(Event, kw_only=True):
    """已申报认定。"""

    application_id: UUID
    district_id: UUID
    kind: AccreditationKind


class AccreditationReviewed(Event, kw_only=True):
    """申报已审核或核查。"""

    application_id: UUID
    stage: AccreditationStage
    result: AccreditationResult
    problems: tuple[str, ...]


class AccreditationDecided(Event, kw_only=True):
    """是否认定已决定。"""

    application_id: UUID
    decision: AccreditationDecision
    by_body_id: UUID
