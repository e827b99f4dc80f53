"""LargeSchoolList (学生数较多的学校名单): the schools of a body that weigh more in its staffing ratio (BJ §二(四)¶1).

No text sets a number of students from which a school is large: a body names them, with a reason and from a day on.
"""

from datetime import date
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY

# --- commands ---------------------------------------------------------------------------------


class DesignateLargeSchools(Command, kw_only=True):
    """列出本机关管辖的学生数较多的学校，写明理由和起始日期；此后以这份名单为准，名单可以为空。"""

    roles = BODY
    stream_key = ("list_id",)
    natural_key = ("body_id",)
    list_id: UUID
    body_id: UUID
    schools: tuple[UUID, ...]
    reason: str
    valid_from: date


# --- events -----------------------------------------------------------------------------------


class LargeSchoolsDesignated(Event, kw_only=True):
    """学生数较多的学校名单已确定。"""

    list_id: UUID
    body_id: UUID
    schools: tuple[UUID, ...]
    reason: str
    valid_from: date
