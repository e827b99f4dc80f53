"""ReformTask (改革任务): what a clause of an opinion asks of its lead unit, reported and checked."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT


class ReformStatus(Enum):
    """进展：未开始、进行中、已完成。"""

    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"


class ReformCheck(Enum):
    """核查结论：通过、未通过。"""

    PASSED = "PASSED"
    FAILED = "FAILED"


# --- commands ---------------------------------------------------------------------------------


class _OfTask(Command, kw_only=True):
    stream_key = ("task_id",)
    task_id: UUID


class AssignReformTask(_OfTask, kw_only=True):
    """按条款分工改革任务；第一个列出的单位牵头。"""

    roles = BODY
    clause: str
    lead_unit_id: UUID
    co_unit_ids: tuple[UUID, ...] = ()
    due_year: int


class ReportReformTask(_OfTask, kw_only=True):
    """牵头单位报告进展，附证据。"""

    roles = DEPARTMENT | BODY
    status: ReformStatus
    evidence_hash: str


class CheckReformTask(_OfTask, kw_only=True):
    """核查改革任务的进展。"""

    roles = BODY
    result: ReformCheck


# --- events -----------------------------------------------------------------------------------


class ReformTaskAssigned(Event, kw_only=True):
    """改革任务已分工。"""

    task_id: UUID
    clause: str
    lead_unit_id: UUID
    co_unit_ids: tuple[UUID, ...]
    due_year: int


class ReformTaskReported(Event, kw_only=True):
    """改革任务的进展已报告。"""

    task_id: UUID
    status: ReformStatus
    evidence_hash: str


class ReformTaskChecked(Event, kw_only=True):
    """改革任务的进展已核查。"""

    task_id: UUID
    result: ReformCheck
    checker_id: UUID
