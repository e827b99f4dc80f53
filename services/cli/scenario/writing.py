"""A command from short words: field names without Id, short ids for ids, natural ids filled in."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect

from contracts.record import Command, derived_id
from contracts.wire import WireError, command_class, read_command
from services.cli.scenario.names import Names

NIL = UUID(int=0)
MUST_EXIST = {"unitId": "单位", "bodyId": "机构", "departmentId": "部门", "personId": "人员", "memberUnitId": "单位"}
"""Ends of field names that speak of the world: outside the registry a short id there must be known."""


def command(names: Names, name: str, said: Mapping[str, Any]) -> Command:
    """The command; raises WireError COMMAND_UNKNOWN or FIELD_INVALID, and Unnamed."""
    kind = command_class(name)
    writer = Writer(names, name)
    fields = inspect.type_info(kind).fields  # type: ignore[attr-defined]
    words = writer.named(fields, said)
    if not kind.natural_key:
        return read_command(name, writer.body(fields, words))
    key = next(field.encode_name for field in fields if field.name == kind.stream_key[0])
    short = words.pop(key, None)
    made = read_command(name, {**writer.body(fields, words), key: str(NIL)})
    return msgspec.structs.replace(made, **{kind.stream_key[0]: _natural(names, made, short)})


def _natural(names: Names, made: Command, short: Any) -> UUID:
    natural = derived_id(made) or NIL
    if short is None:
        return natural
    known = names.known(str(short))
    if known is None:
        names.bind(str(short), natural)
    return known or natural


class Writer:
    """Writes one command's body; its complaints name the command."""

    def __init__(self, names: Names, command_name: str) -> None:
        self._names, self._command = names, command_name
        self._registers = command_name.startswith("registry.")

    def named(self, fields: Iterable[inspect.Field], said: Mapping[str, Any]) -> dict[str, Any]:
        """The words under the full names of their fields."""
        full = {alias: field.encode_name for field in fields for alias in aliases(field.encode_name)}
        full |= {field.encode_name: field.encode_name for field in fields}
        for word in said:
            if word not in full:
                listed = "、".join(sorted(set(full.values())))
                raise WireError("FIELD_INVALID", f"命令“{self._command}”没有字段“{word}”；它的字段是：{listed}")
        return {full[word]: value for word, value in said.items()}

    def body(self, fields: Iterable[inspect.Field], words: Mapping[str, Any]) -> dict[str, Any]:
        """Plain data with real ids."""
        types = {field.encode_name: field.type for field in fields}
        return {word: self._real(types[word], value, word) for word, value in words.items()}

    def _real(self, kind: inspect.Type, value: Any, field: str) -> Any:
        match kind:
            case inspect.UnionType(types=types) if value is not None:
                return self._real(next(one for one in types if not isinstance(one, inspect.NoneType)), value, field)
            case inspect.Metadata(type=inner):
                return self._real(inner, value, field)
            case inspect.UUIDType() if isinstance(value, str):
                return str(self._id(value, field))
            case inspect.EnumType(cls=cls) if value in cls.__members__:
                return cls[value].value
            case inspect.VarTupleType(item_type=item) if isinstance(value, list):
                return [self._real(item, one, field) for one in value]
            case inspect.DictType(key_type=key, value_type=held) if isinstance(value, dict):
                return {self._real(key, k, field): self._real(held, v, field) for k, v in value.items()}
            case inspect.StructType(fields=fields) if isinstance(value, dict):
                return self.body(fields, self.named(fields, value))
            case _:
                return value

    def _id(self, short: str, field: str) -> UUID:
        folded = field.removesuffix("s").lower()
        what = next((what for end, what in MUST_EXIST.items() if folded.endswith(end.lower())), None)
        if what is not None and not self._registers:
            return self._names.existing(short, what)
        return self._names.id_of(short)


def aliases(name: str) -> list[str]:
    """The short names of a field: `ledger` of ledgerId, `items` of itemIds."""
    if name.endswith("Ids"):
        stem = name[:-3]
        return [f"{stem[:-1]}ies"] if stem.endswith("y") else [f"{stem}s"]
    return [name[:-2]] if name.endswith("Id") else []
