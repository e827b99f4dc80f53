"""PrivateSchoolMeasure (民办学校、培训机构的处理): carried out by the department that may do it."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, FIELD, SYSTEM, Instant, MeasureModality


class PrivateMeasureKind(Enum):
    """处理：撤换相关负责人、吊销办学许可证。"""

    REPLACE_HEAD = "REPLACE_HEAD"
    REVOKE_LICENCE = "REVOKE_LICENCE"


# --- commands ---------------------------------------------------------------------------------


class _OfMeasure(Command, kw_only=True):
    stream_key = ("measure_id",)
    measure_id: UUID


class ProposeMeasure(_OfMeasure, kw_only=True):
    """依问责决定，提出撤换民办学校负责人或吊销办学许可证。"""

    roles = BODY | SYSTEM
    natural_key = ("accountability_case_id", "unit_id", "kind")
    accountability_case_id: UUID
    unit_id: UUID
    kind: PrivateMeasureKind


class TransferMeasure(_OfMeasure, kw_only=True):
    """移交有权办理的部门；未写部门的按登记的管理关系确定。"""

    roles = BODY | SYSTEM
    to_department_id: UUID | None = None


class AcceptMeasure(_OfMeasure, kw_only=True):
    """部门接收移交。"""

    roles = DEPARTMENT | BODY


class RefuseMeasure(_OfMeasure, kw_only=True):
    """部门不予接收，写明理由。"""

    roles = DEPARTMENT | BODY
    reasons: str


class ExecuteMeasure(_OfMeasure, kw_only=True):
    """部门已办理，附证据；按规定须通知审批部门的，写明通知时间。"""

    roles = DEPARTMENT | BODY
    evidence_hash: str
    approving_department_notified_at: Instant | None = None


class VerifyMeasure(_OfMeasure, kw_only=True):
    """核实新负责人已到任，或许可证已失效。"""

    roles = FIELD


# --- events -----------------------------------------------------------------------------------


class MeasureProposed(Event, kw_only=True):
    """对民办学校的处理已提出。"""

    measure_id: UUID
    accountability_case_id: UUID
    unit_id: UUID
    kind: PrivateMeasureKind
    modality: MeasureModality


class MeasureTransferred(Event, kw_only=True):
    """处理已移交部门；写明所依据的问责案。"""

    measure_id: UUID
    to_department_id: UUID
    at: Instant
    accountability_case_id: UUID | None = None


class MeasureAccepted(Event, kw_only=True):
    """部门已接收移交。"""

    measure_id: UUID
    at: Instant
    accountability_case_id: UUID | None = None


class MeasureRefused(Event, kw_only=True):
    """部门不予接收。"""

    measure_id: UUID
    reasons: str


class MeasureExecuted(Event, kw_only=True):
    """处理已办理。"""

    measure_id: UUID
    executed_at: Instant
    evidence_hash: str
    approving_department_notified_at: Instant | None = None


class MeasureVerified(Event, kw_only=True):
    """处理已核实到位。"""

    measure_id: UUID
    verifier_id: UUID
