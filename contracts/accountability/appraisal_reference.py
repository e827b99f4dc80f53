"""AppraisalReference (考核任免奖惩参考): the file of one unit or person, and who has read or got it.

One stream per subject: whoever queried it or received an export is told when a reference changes.
"""

from datetime import date
from enum import Enum
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, Role

READERS = frozenset({Role.ORGANISATION_READER, Role.PERFORMANCE_READER})


class ReferenceKind(Enum):
    """参考的来源：约谈、通报、问责、评价、整改。"""

    INTERVIEW = "INTERVIEW"
    CIRCULAR = "CIRCULAR"
    CASE = "CASE"
    EVALUATION = "EVALUATION"
    RECTIFICATION = "RECTIFICATION"


# --- commands ---------------------------------------------------------------------------------


class _OfFile(Command, kw_only=True):
    stream_key = ("file_id",)
    file_id: UUID


class AddReference(_OfFile, kw_only=True):
    """把一项结果列入该单位或个人的考核参考；第一项同时开立参考档案。"""

    roles = BODY | SYSTEM
    natural_key = ("subject_id",)
    reference_id: UUID
    subject_id: UUID
    kind: ReferenceKind
    source_id: UUID
    valid_from: date | None = None


class QueryReference(_OfFile, kw_only=True):
    """组织人事部门或绩效考核部门查询考核参考，写明用途。"""

    roles = READERS
    purpose: str
    as_of: Instant | None = None


class ExportResults(_OfFile, kw_only=True):
    """向绩效考核部门导出结果；一次导出涉及几个对象的，每个对象各记一次。"""

    roles = BODY
    export_id: UUID
    receiver_id: UUID
    subjects: tuple[UUID, ...]


class AmendReference(_OfFile, kw_only=True):
    """来源已更正，修订考核参考，并告知查询过和接收过的机关。"""

    roles = BODY | SYSTEM
    reference_id: UUID
    reason: str | None = None


# --- events -----------------------------------------------------------------------------------


class ReferenceAdded(Event, kw_only=True):
    """结果已列入考核参考。"""

    reference_id: UUID
    subject_id: UUID
    kind: ReferenceKind
    source_id: UUID
    valid_from: date
    file_id: UUID


class ReferenceQueried(Event, kw_only=True):
    """考核参考已被查询。"""

    subject_id: UUID
    authority_id: UUID
    purpose: str
    as_of: Instant


class ReferenceExported(Event, kw_only=True):
    """考核参考已导出；写明是第几版。"""

    export_id: UUID
    receiver_id: UUID
    version: int
    subjects: tuple[UUID, ...]


class ReferenceAmended(Event, kw_only=True):
    """考核参考已修订；写明已告知的机关。"""

    reference_id: UUID
    corrects_event_id: UUID
    receivers_notified: tuple[UUID, ...]
    reason: str | None = None
