"""NumberRegister (编号登记): numbers without gaps, one register per organ, kind and year."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import SYSTEM, Year


class TakeNumber(Command, kw_only=True):
    """取用本机关本年度的下一个编号；与使用编号的事项同时记录。"""

    roles = SYSTEM
    stream_key = ("register_id",)
    natural_key = ("organ_id", "kind", "year")
    register_id: UUID
    organ_id: UUID
    kind: str
    year: Year
    taken_for: UUID


class NumberTaken(Event, kw_only=True):
    """编号已取用。"""

    register_id: UUID
    organ_id: UUID
    kind: str
    year: int
    number: int
    taken_for: UUID
