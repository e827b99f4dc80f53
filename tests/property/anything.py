"""Any command, legal or not: fields by their types, ids from what exists, sometimes from nowhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect

from contracts.record import Command, derived_id

WORDS = ("食堂食品留样记录不全", "消防通道堵塞", "现场查看", "", " ", "补齐记录", "990101", "§11")

Pool = Callable[[str], Sequence[UUID]]


class Anything:
    """Makes commands from a seeded source of chance; `pool` gives the ids that a field may mean."""

    def __init__(self, chance: Random, now: datetime, pool: Pool) -> None:
        self._chance, self._now, self._pool = chance, now, pool

    def command(self, kind: type[Command], said: Mapping[str, Any]) -> Command | None:
        """A command of this class with the fields in `said` as given; None when no such can be written."""
        try:
            made = msgspec.convert({**self._struct(kind), **said}, kind)
        except msgspec.ValidationError:
            return None
        if type(made).natural_key and self._chance.random() < 0.95:
            made = msgspec.structs.replace(made, **{kind.stream_key[0]: derived_id(made)})
        return made

    def _struct(self, kind: type[Any]) -> dict[str, Any]:
        fields = inspect.type_info(kind).fields  # type: ignore[union-attr]
        return {
            field.encode_name: self._value(field.type, field.encode_name)
            for field in fields if field.required or self._chance.random() < 0.6
        }

    def _value(self, kind: inspect.Type, name: str) -> Any:
        match kind:
            case inspect.UnionType(types=types):
                return self._value(self._chance.choice(types), name)
            case inspect.NoneType():
                return None
            case inspect.StructType(cls=cls):
                return self._struct(cls)
            case inspect.EnumType(cls=cls):
                return self._chance.choice(list(cls)).value
            case inspect.VarTupleType(item_type=item):
                return [self._value(item, name) for _ in range(self._chance.randrange(3))]
            case inspect.DictType(key_type=key, value_type=value):
                return {self._value(key, name): self._value(value, name)}
        return self._scalar(kind, name)

    def _scalar(self, kind: inspect.Type, name: str) -> Any:
        if isinstance(kind, inspect.UUIDType):
            known = self._pool(name)
            fresh = str(UUID(int=self._chance.getrandbits(128)))
            return str(self._chance.choice(known)) if known and self._chance.random() < 0.9 else fresh
        day = timedelta(days=self._chance.randrange(-40, 90))
        scalars: dict[type[inspect.Type], Any] = {
            inspect.DateTimeType: (self._now + day).isoformat(),
            inspect.DateType: date(2026, 1, 1).isoformat(),
            inspect.IntType: self._chance.randrange(-1, 60),
            inspect.BoolType: self._chance.random() < 0.5,
            inspect.StrType: self._chance.choice(WORDS),
            inspect.AnyType: self._chance.choice(("1/5", True, 3, None)),
        }
        return scalars[type(kind)]
