"""What an edition of the region codes changes in the tree as registered, as commands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from contracts.record import Command
from contracts.registry import jurisdiction as said
from contracts.values import natural_id
from services.chassis.reference import Place
from services.registry.regions import Edition, Region

BESIDE = frozenset({"FUNCTIONAL_ZONE", "TOWNSHIP"})
"""Kinds that GB/T 2260 does not list: that they are missing says nothing."""


class Change(NamedTuple):
    """One difference between the tree and an edition, with the command that makes it so, None when none can."""

    what: str
    code: str
    old: str | None
    new: str | None
    command: Command | None


def changes(new: Edition, places: Sequence[Place], day: date) -> list[Change]:
    """New places first, upper ones first; then names and parents; then ends, lower ones first."""
    known = {place.code: place for place in places}
    found = [_change(one, known, day) for one in new.regions]
    told = [change for group in found for change in group]
    order = {"新增": 0, "更名": 1, "改隶": 2}
    return [*sorted(told, key=lambda change: order.get(change.what, 3)), *_ends(new, known, day)]


def _of(code: str) -> dict[str, Any]:
    return {"jurisdiction_id": natural_id("Jurisdiction", code), "code": code}


def _change(one: Region, known: Mapping[str, Place], day: date) -> Iterator[Change]:
    place = known.get(one.code)
    if place is None:
        # The first edition of a province says what is there, not since when.
        since = day if f"{one.code[:2]}0000" in known else None
        made = said.RegisterJurisdiction(
            name=one.name, kind=one.kind, parent_code=one.parent, valid_from=since, **_of(one.code))
        yield Change("新增", one.code, None, one.name, made)
    elif place.until is not None:
        yield Change("已撤销的代码不得再用", one.code, place.named(day), one.name, None)
    elif place.kind != one.kind.value:
        yield Change("种类变更须用新代码", one.code, place.kind, one.kind.value, None)
    else:
        yield from _changed(one, place, day)


def _changed(one: Region, place: Place, day: date) -> Iterator[Change]:
    if place.named(date.max) != one.name:
        made: Command = said.RenameJurisdiction(name=one.name, valid_from=day, **_of(one.code))
        yield Change("更名", one.code, place.named(date.max), one.name, made)
    if place.parent(date.max) != one.parent:
        made = said.MoveJurisdiction(
            parent_code=one.parent or "", valid_from=day, **_of(one.code))
        yield Change("改隶", one.code, place.parent(date.max), one.parent, made)


def _ends(new: Edition, known: Mapping[str, Place], day: date) -> Iterator[Change]:
    listed = {one.code for one in new.regions}
    complete = {code for code in listed if any(one.parent == code for one in new.regions)}
    heirs: dict[str, list[str]] = {}
    for one in new.regions:
        for code in one.replaces:
            heirs.setdefault(code, []).append(one.code)
    for code, place in sorted(known.items(), reverse=True):
        within = complete.intersection(place.path[:-1]) and (new.root is None or new.root in place.path)
        if code in listed or place.until is not None or place.kind in BESIDE or not within:
            continue
        made = said.CloseJurisdiction(
            successor_codes=tuple(heirs.get(code, ())), valid_from=day, **_of(code))
        yield Change("撤销", code, place.named(day), "、".join(heirs.get(code, ())) or None, made)
