"""The two forms that are imported: schools and bodies, by the codes that the state gave them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from contracts.record import Command
from contracts.registry import body, supervised_unit
from contracts.registry.body import BodyKind
from contracts.registry.supervised_unit import Ownership, SchoolType
from contracts.values import Tier, natural_id
from services.chassis.reference import Body, Reference
from services.registry.application import Registry
from services.registry.domain.supervised_unit import SupervisedUnit
from services.registry.importing import Form, Unfit, count, day, one_of

SCHOOL_CODE = re.compile(r"[1-9]\d{9}", re.ASCII)
BODY_CODE = re.compile(r"[1-9]\d{9}|[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)
TYPES = {
    "幼儿园": SchoolType.KINDERGARTEN, "小学": SchoolType.PRIMARY, "初中": SchoolType.JUNIOR_HIGH,
    "初级中学": SchoolType.JUNIOR_HIGH, "九年一贯制学校": SchoolType.NINE_YEAR, "九年一贯制": SchoolType.NINE_YEAR,
    "高中": SchoolType.SENIOR_HIGH, "高级中学": SchoolType.SENIOR_HIGH, "完全中学": SchoolType.COMPLETE_SECONDARY,
    "十二年一贯制学校": SchoolType.TWELVE_YEAR, "十二年一贯制": SchoolType.TWELVE_YEAR,
    "中职": SchoolType.VOCATIONAL, "中等职业学校": SchoolType.VOCATIONAL, "职业高中学校": SchoolType.VOCATIONAL,
    "特殊教育学校": SchoolType.SPECIAL_EDUCATION, "特教": SchoolType.SPECIAL_EDUCATION,
    "高校": SchoolType.HIGHER_EDUCATION, "教学点": SchoolType.TEACHING_POINT,
    "小学教学点": SchoolType.TEACHING_POINT, "其他": SchoolType.OTHER,
}
OWNERS = {
    **dict.fromkeys(("公办", "教育部门", "其他部门", "县级教育部门", "县级其他部门", "地市级教育部门", "地市级其他部门",
                     "省级教育部门", "省级其他部门", "地方企业", "事业单位", "部队", "集体"), Ownership.PUBLIC),
    **dict.fromkeys(("民办", "中外合作办", "具有法人资格的中外合作办学"), Ownership.PRIVATE),
}
KINDS = {
    "督导机构": BodyKind.OFFICE, "督导办": BodyKind.OFFICE, "督导室": BodyKind.OFFICE,
    "督导委员会": BodyKind.COMMITTEE, "部门": BodyKind.DEPARTMENT, "党委": BodyKind.PARTY_COMMITTEE,
    "党工委": BodyKind.PARTY_COMMITTEE, "政府": BodyKind.GOVERNMENT, "管委会": BodyKind.GOVERNMENT,
    "成员单位": BodyKind.MEMBER_UNIT,
}
TIERS = {
    "国家": Tier.NATION, "省": Tier.PROVINCE, "市": Tier.CITY, "县": Tier.COUNTY, "功能区": Tier.ZONE,
    "乡镇": Tier.TOWNSHIP,
}
SCHOOL_COLUMNS = ("学校标识码", "学校名称", "办学类型", "所在地代码", "举办者类型", "学生数")
BODY_COLUMNS = ("机构代码", "机构名称", "机构种类", "级别", "所在地代码")


def school_id(code: str) -> UUID:
    """A school's id follows from its identification code, which is never given twice."""
    return natural_id("SupervisedUnit", code)


def body_id(code: str) -> UUID:
    """A body's id follows from its code."""
    return natural_id("Body", code)


def schools(registry: Registry, since: date) -> Form:
    """学校: what is still missing is said from `since` on, unless the row has a date."""
    def plan(cells: Mapping[str, str]) -> Iterator[Command]:
        return _school(registry, cells, day(cells.get("生效日期", ""), since))

    return Form("学校标识码", SCHOOL_COLUMNS, ("主管部门", "校区数", "生效日期"), plan)


def bodies(registry: Registry) -> Form:
    """机构."""
    def plan(cells: Mapping[str, str]) -> Iterator[Command]:
        return _body(registry.reference, cells)

    return Form("机构代码", BODY_COLUMNS, ("上级机构",), plan)


def _school(registry: Registry, cells: Mapping[str, str], since: date) -> Iterator[Command]:
    code, name, place = cells["学校标识码"], cells["学校名称"], cells["所在地代码"]
    if not SCHOOL_CODE.fullmatch(code):
        raise Unfit(f"学校标识码“{code}”应为十位数字，并以文本保存")
    registry.reference.place(place)
    unit: Any = registry.load(SupervisedUnit, school_id(code))
    if unit is not None and unit.located_in != place:
        raise Unfit(f"所在地与已登记的“{unit.located_in}”不符")
    if unit is None:
        yield supervised_unit.RegisterUnit(
            unit_id=school_id(code), kind=supervised_unit.UnitKind.SCHOOL, name=name, located_in=place)
    elif unit.name != name:
        yield supervised_unit.RenameUnit(unit_id=unit.stream, name=name, valid_from=since)
    said = (_management(registry.reference, cells, since), _profile(cells, since))
    held = (None, None) if unit is None else (unit.managed, unit.profile)
    yield from (one for one, before in zip(said, held, strict=True) if one is not None and not _holds(one, before))


def _holds(command: Command, event: Any) -> bool:
    """Whether it was last said so, from whatever day on."""
    names = set(command.__struct_fields__) - {"valid_from"}
    return event is not None and all(getattr(command, name) == getattr(event, name) for name in names)


def _management(reference: Reference, cells: Mapping[str, str], since: date) -> Command | None:
    named = cells.get("主管部门", "")
    if not named:
        return None
    department = _body_named(reference, named, "主管部门").body_id
    return supervised_unit.ChangeUnitManagement(
        unit_id=school_id(cells["学校标识码"]), managed_by=department, competent_department_id=department,
        valid_from=since)


def _profile(cells: Mapping[str, str], since: date) -> Command:
    return supervised_unit.ChangeSchoolProfile(
        unit_id=school_id(cells["学校标识码"]), school_type=one_of(TYPES, cells["办学类型"], "办学类型"),
        ownership=one_of(OWNERS, cells["举办者类型"], "举办者类型"), students=count(cells["学生数"], "学生数"),
        campuses=count(cells.get("校区数", "") or "1", "校区数"), valid_from=since)


def _body(reference: Reference, cells: Mapping[str, str]) -> Iterator[Command]:
    code, upper = cells["机构代码"], cells.get("上级机构", "")
    if not BODY_CODE.fullmatch(code):
        raise Unfit(f"机构代码“{code}”应为十位标识码或十八位统一社会信用代码，并以文本保存")
    made = body.RegisterBody(
        body_id=body_id(code), kind=one_of(KINDS, cells["机构种类"], "机构种类"),
        tier=one_of(TIERS, cells["级别"].removesuffix("级"), "级别"), placement=cells["所在地代码"],
        name=cells["机构名称"], parent_body_id=_body_named(reference, upper, "上级机构").body_id if upper else None)
    held = reference.body_if_known(made.body_id)
    if held is None:
        yield made
        return
    said = (made.kind.value, made.tier, made.placement, made.name, made.parent_body_id)
    if said != (held.kind, held.tier, held.place, held.name, held.parent):
        raise Unfit(f"与已登记的机构“{held.name}”不符，机构登记后不能由导入变更")


def _body_named(reference: Reference, named: str, column: str) -> Body:
    """By code, else by a name that only one body has."""
    found = reference.body_if_known(body_id(named))
    same = [found] if found else reference.bodies_named(named)
    if len(same) != 1:
        raise Unfit(f"{column}“{named}”{'有多个，请改填机构代码' if same else '没有登记'}")
    return same[0]
