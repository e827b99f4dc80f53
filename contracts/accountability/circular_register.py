"""CircularRegister (通报编号登记): numbers of circulars without gaps, one register per organ, kind and year."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import SYSTEM


class TakeCircularNumber(Command, kw_only=True):
    """取用本机关本年度通报的下一个编号；与印发同时记录。"""

    roles = SYSTEM
    stream_key = ("register_id",)
    natural_key = ("organ_id", "kind", "year")
    register_id: UUID
    organ_id: UUID
    kind: str
    year: int
    taken_for: UUID


class CircularNumberTaken(Event, kw_only=True):
    """通报编号已取用。"""

    register_id: UUID
    organ_id: UUID
    kind: str
    year: int
    number: int
    taken_for: UUID
