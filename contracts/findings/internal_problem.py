"""InternalProblem (学校内部督导的问题): never mixed with the problem list of a supervision body."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import UNIT, Instant

# --- commands ---------------------------------------------------------------------------------


class _OfInternalProblem(Command, kw_only=True):
    roles = UNIT
    stream_key = ("problem_id",)
    problem_id: UUID


class RecordInternalProblem(_OfInternalProblem, kw_only=True):
    """学校记录一个内部督导发现的问题，写明所在部门。"""

    school_id: UUID
    department_name: str
    text: str
    indicator_code: str | None = None


class FeedBackInternally(_OfInternalProblem, kw_only=True):
    """向校内部门反馈问题。"""


class RectifyInternally(_OfInternalProblem, kw_only=True):
    """校内部门已整改，附证据。"""

    evidence_hash: str


# --- events -----------------------------------------------------------------------------------


class InternalProblemRecorded(Event, kw_only=True):
    """内部问题已记录。"""

    problem_id: UUID
    school_id: UUID
    department_name: str
    text: str
    indicator_code: str | None = None


class InternalProblemFedBack(Event, kw_only=True):
    """内部问题已反馈。"""

    problem_id: UUID
    at: Instant


class InternalProblemRectified(Event, kw_only=True):
    """内部问题已整改。"""

    problem_id: UUID
    evidence_hash: str
