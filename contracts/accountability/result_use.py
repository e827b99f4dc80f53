"""ResultUse (结果运用): what one result was used for in one unit; one stream per unit and result."""

from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, DEPARTMENT, UNIT


class ResultPurpose(Enum):
    """用于：依法办学、教学激励、教师奖励、教师惩处、资源配置、政策支持。"""

    LAWFUL_RUNNING = "LAWFUL_RUNNING"
    TEACHING_INCENTIVE = "TEACHING_INCENTIVE"
    TEACHER_REWARD = "TEACHER_REWARD"
    TEACHER_PUNISHMENT = "TEACHER_PUNISHMENT"
    RESOURCES = "RESOURCES"
    POLICY_SUPPORT = "POLICY_SUPPORT"


# --- commands ---------------------------------------------------------------------------------


class RecordResultUse(Command, kw_only=True):
    """登记一项督导结果的运用，写明所依据的决定。"""

    roles = UNIT | BODY | DEPARTMENT
    stream_key = ("unit_id", "result_id")
    unit_id: UUID
    result_id: UUID
    used_for: ResultPurpose
    decision_ref: str


# --- events -----------------------------------------------------------------------------------


class ResultUseRecorded(Event, kw_only=True):
    """督导结果的运用已登记。"""

    unit_id: UUID
    result_id: UUID
    used_for: ResultPurpose
    decision_ref: str
