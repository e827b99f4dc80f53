"""MediaExposure (曝光): allowed only where a policy in force says so, and after a lawyer has looked."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, PolicyRef


class ExposureGround(Enum):
    """曝光事由：落实不力、违法违规、典型案例。"""

    WEAK_IMPLEMENTATION = "WEAK_IMPLEMENTATION"
    LEGAL_VIOLATION = "LEGAL_VIOLATION"
    TYPICAL_CASE = "TYPICAL_CASE"


class LegalReview(Enum):
    """法律审查意见：可以曝光、处理后可以曝光、不宜曝光。"""

    CLEARED = "CLEARED"
    CLEARED_WITH_REDACTIONS = "CLEARED_WITH_REDACTIONS"
    OBJECTED = "OBJECTED"


# --- commands ---------------------------------------------------------------------------------


class _OfExposure(Command, kw_only=True):
    stream_key = ("exposure_id",)
    exposure_id: UUID


class ProposeExposure(_OfExposure, kw_only=True):
    """提出曝光；当地及上级均无规定的不得提出。"""

    roles = BODY
    accountability_case_id: UUID | None = None
    unit_id: UUID
    ground: ExposureGround
    source_ids: tuple[UUID, ...] = ()


class ReviewExposureLegally(_OfExposure, kw_only=True):
    """对曝光作法律审查：未成年人、隐私、未决程序。"""

    roles = BODY
    result: LegalReview
    redactions: tuple[str, ...] = ()


class ApproveExposure(_OfExposure, kw_only=True):
    """批准曝光。"""

    roles = BODY


class ReleaseExposure(_OfExposure, kw_only=True):
    """在新闻媒体曝光，列出媒体。"""

    roles = BODY
    media: tuple[str, ...]


class CorrectExposure(_OfExposure, kw_only=True):
    """所依据的决定已改变，更正曝光。"""

    roles = BODY | SYSTEM
    text: str


# --- events -----------------------------------------------------------------------------------


class ExposureProposed(Event, kw_only=True):
    """曝光已提出；写明所依据的政策取值。"""

    exposure_id: UUID
    accountability_case_id: UUID | None = None
    ground: ExposureGround
    policy_ref: PolicyRef
    unit_id: UUID
    source_ids: tuple[UUID, ...] = ()


class ExposureLegallyReviewed(Event, kw_only=True):
    """曝光已经法律审查。"""

    exposure_id: UUID
    reviewer_id: UUID
    result: LegalReview
    redactions: tuple[str, ...] = ()


class ExposureApproved(Event, kw_only=True):
    """曝光已批准。"""

    exposure_id: UUID
    approver_id: UUID


class ExposureReleased(Event, kw_only=True):
    """已在新闻媒体曝光。"""

    exposure_id: UUID
    media: tuple[str, ...]
    at: Instant


class ExposureCorrected(Event, kw_only=True):
    """曝光已更正。"""

    exposure_id: UUID
    corrects_event_id: UUID
    text: str
