"""SupervisedUnit (被督导单位): who manages and leads it, its profile, what became of it.

A merger stands in the stream of the unit that goes on, a split in the stream of the unit that is
split; a unit that ends is closed in its own stream.
"""

from datetime import date
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, REGISTRAR, SYSTEM, Instant


class UnitKind(Enum):
    """种类：政府、部门、学校、培训机构、乡镇街道。"""

    GOVERNMENT = "GOVERNMENT"
    DEPARTMENT = "DEPARTMENT"
    SCHOOL = "SCHOOL"
    TRAINING_INSTITUTION = "TRAINING_INSTITUTION"
    TOWNSHIP = "TOWNSHIP"


class SchoolType(Enum):
    """学校类型：幼儿园、小学、初中、九年一贯制、高中、完全中学、十二年一贯制、中职、特教、高校、教学点、其他。"""

    KINDERGARTEN = "KINDERGARTEN"
    PRIMARY = "PRIMARY"
    JUNIOR_HIGH = "JUNIOR_HIGH"
    NINE_YEAR = "NINE_YEAR"
    SENIOR_HIGH = "SENIOR_HIGH"
    COMPLETE_SECONDARY = "COMPLETE_SECONDARY"
    TWELVE_YEAR = "TWELVE_YEAR"
    VOCATIONAL = "VOCATIONAL"
    SPECIAL_EDUCATION = "SPECIAL_EDUCATION"
    HIGHER_EDUCATION = "HIGHER_EDUCATION"
    TEACHING_POINT = "TEACHING_POINT"
    OTHER = "OTHER"


class Ownership(Enum):
    """办学性质：公办、民办。"""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"


# --- commands ---------------------------------------------------------------------------------


class _OfUnit(Command, kw_only=True):
    stream_key = ("unit_id",)
    unit_id: UUID


class RegisterUnit(_OfUnit, kw_only=True):
    """登记一个被督导单位。"""

    roles = REGISTRAR
    kind: UnitKind
    name: str
    located_in: str


class ChangeUnitManagement(_OfUnit, kw_only=True):
    """登记单位的管理机构、主管部门、审批部门和业务指导部门。"""

    roles = REGISTRAR
    managed_by: UUID
    competent_department_id: UUID | None = None
    approving_department_id: UUID | None = None
    guided_by: tuple[UUID, ...] = ()
    valid_from: date


class ChangeSchoolProfile(_OfUnit, kw_only=True):
    """登记学校的类型、办学性质、学生数和校区数。"""

    roles = REGISTRAR
    school_type: SchoolType
    ownership: Ownership
    students: int
    campuses: int = 1
    valid_from: date


class MergeUnits(_OfUnit, kw_only=True):
    """把几个单位并入这个单位。"""

    roles = REGISTRAR
    unit_ids: tuple[UUID, ...]
    valid_from: date


class SplitUnit(_OfUnit, kw_only=True):
    """把这个单位拆分为几个单位。"""

    roles = REGISTRAR
    successor_ids: tuple[UUID, ...]
    valid_from: date


class RenameUnit(_OfUnit, kw_only=True):
    """变更单位名称。"""

    roles = REGISTRAR
    name: str
    valid_from: date


class CloseUnit(_OfUnit, kw_only=True):
    """撤销单位，写明承继单位。"""

    roles = REGISTRAR | SYSTEM
    successor_ids: tuple[UUID, ...] = ()
    valid_from: date


class StartPrincipalTerm(_OfUnit, kw_only=True):
    """登记校长任期开始。"""

    roles = REGISTRAR | BODY
    person_id: UUID
    started_at: Instant
    ends_at: Instant | None = None


class AnnouncePrincipalTermEnding(_OfUnit, kw_only=True):
    """预告校长任期即将届满。"""

    roles = REGISTRAR | BODY
    person_id: UUID
    ends_at: Instant


class EndPrincipalTerm(_OfUnit, kw_only=True):
    """登记校长任期结束，写明原因。"""

    roles = REGISTRAR | BODY
    person_id: UUID
    ended_at: Instant
    reason: str


# --- events -----------------------------------------------------------------------------------


class SupervisedUnitRegistered(Event, kw_only=True):
    """被督导单位已登记；所在地为行政区代码。"""

    unit_id: UUID
    kind: UnitKind
    name: str
    located_in: str


class UnitManagementChanged(Event, kw_only=True):
    """单位的管理关系已登记。"""

    unit_id: UUID
    managed_by: UUID
    competent_department_id: UUID | None = None
    approving_department_id: UUID | None = None
    guided_by: tuple[UUID, ...] = ()
    valid_from: date


class SchoolProfileChanged(Event, kw_only=True):
    """学校概况已登记。"""

    unit_id: UUID
    school_type: SchoolType
    ownership: Ownership
    students: int
    campuses: int
    valid_from: date


class UnitMerged(Event, kw_only=True):
    """单位已合并；写明并入的单位和承继单位。"""

    unit_ids: tuple[UUID, ...]
    successor_ids: tuple[UUID, ...]
    valid_from: date


class UnitSplit(Event, kw_only=True):
    """单位已拆分；写明承继单位。"""

    unit_ids: tuple[UUID, ...]
    successor_ids: tuple[UUID, ...]
    valid_from: date


class UnitRenamed(Event, kw_only=True):
    """单位名称已变更。"""

    unit_ids: tuple[UUID, ...]
    successor_ids: tuple[UUID, ...] = ()
    valid_from: date
    name: str


class UnitClosed(Event, kw_only=True):
    """单位已撤销。"""

    unit_ids: tuple[UUID, ...]
    successor_ids: tuple[UUID, ...] = ()
    valid_from: date


class PrincipalTermStarted(Event, kw_only=True):
    """校长任期已开始。"""

    unit_id: UUID
    person_id: UUID
    started_at: Instant
    ends_at: Instant | None = None


class PrincipalTermEndingAnnounced(Event, kw_only=True):
    """校长任期即将届满。"""

    unit_id: UUID
    person_id: UUID
    ends_at: Instant


class PrincipalTermEnded(Event, kw_only=True):
    """校长任期已结束。"""

    unit_id: UUID
    person_id: UUID
    ended_at: Instant
    reason: str
