"""The fictional county: places, bodies, twelve schools, who works where, and what goes wrong in schools."""

from typing import NamedTuple

import msgspec

from services.cli.scenario.format import World

COUNTY = "990101"
STAFF, SECOND = "li", "he"
INSPECTORS = ("wang", "sun", "liu")


class School(NamedTuple):
    """A school, its head and its size."""

    id: str
    name: str
    kind: str
    students: int
    head: str


SCHOOLS = (
    School("s1", "示例县第一小学", "PRIMARY", 1860, "赵倩"),
    School("s2", "示例县第二小学", "PRIMARY", 1240, "周正"),
    School("s3", "示例县城南小学", "PRIMARY", 910, "吴桐"),
    School("s4", "示例县柳河镇中心小学", "PRIMARY", 620, "郑岩"),
    School("s5", "示例县青山乡中心小学", "PRIMARY", 380, "冯雪"),
    School("s6", "示例县石桥九年一贯制学校", "NINE_YEAR", 1130, "陈默"),
    School("s7", "示例县第一初级中学", "JUNIOR_HIGH", 2050, "褚亮"),
    School("s8", "示例县第三初级中学", "JUNIOR_HIGH", 1410, "卫兰"),
    School("s9", "示例县第一中学", "SENIOR_HIGH", 3120, "蒋川"),
    School("s10", "示例县职业中等专业学校", "VOCATIONAL", 1750, "沈青"),
    School("s11", "示例县机关幼儿园", "KINDERGARTEN", 420, "韩梅"),
    School("s12", "示例县特殊教育学校", "SPECIAL_EDUCATION", 96, "杨帆"),
)


class Problem(NamedTuple):
    """What an inspector finds, and what the school does about it."""

    content: str
    severity: str
    text: str
    measure: str


PROBLEMS = (
    Problem("SAFETY", "GENERAL", "食堂食品留样记录不全", "补齐留样记录，专人每日核对"),
    Problem("SAFETY", "GENERAL", "消防通道堆放杂物", "清空通道并张贴禁放标识"),
    Problem("SAFETY", "SEVERE", "校车随车照管人员未持证", "更换照管人员并完成培训"),
    Problem("SAFETY", "GENERAL", "上下学高峰值守人员不足", "增派值守并公示排班"),
    Problem("SAFETY", "SEVERE", "实验室危险化学品未双人双锁", "配齐双锁并建立领用台账"),
    Problem("FEES", "GENERAL", "课后服务收费公示不及时", "在校门口和网站同步公示"),
    Problem("FEES", "SEVERE", "代收资料费未按规定结算", "全额清退并公开结算单"),
    Problem("TEACHING", "GENERAL", "体育课时被占用", "补足课时并公开课表"),
    Problem("TEACHING", "GENERAL", "作业总量超过规定", "建立作业公示和统筹制度"),
    Problem("TEACHER_ETHICS", "GENERAL", "师德考核材料不完整", "补充材料并重新组织考核"),
    Problem("MORAL_EDUCATION", "GENERAL", "心理辅导室未按计划开放", "公布开放时间并配备专职教师"),
    Problem("IDEOLOGY", "GENERAL", "图书馆未完成年度清查", "完成清查并下架不宜读物"),
    Problem("RESEARCH", "GENERAL", "校本教研活动记录缺失", "补录并落实每周教研"),
    Problem("LAWFUL_RUNNING", "GENERAL", "学籍变动未及时办理", "逐一核对并办结手续"),
)


def world() -> World:
    """The county as it stands on the first day."""
    plain = {"jurisdictions": _places(), "bodies": _bodies(), "units": _schools(), "people": _people()}
    return msgspec.convert(plain, World)


def _places() -> list[dict[str, object]]:
    return [
        {"code": "990000", "name": "示例省", "kind": "PROVINCE"},
        {"code": "990100", "name": "示例市", "kind": "PREFECTURE", "parent": "990000"},
        {"code": COUNTY, "name": "示例县", "kind": "COUNTY", "parent": "990100"},
    ]


def _bodies() -> list[dict[str, object]]:
    return [
        {"id": "city", "name": "示例市教育督导室", "tier": "CITY", "place": "990100"},
        {"id": "office", "name": "示例县教育督导室", "tier": "COUNTY", "place": COUNTY},
        {"id": "committee", "kind": "COMMITTEE", "name": "示例县教育督导委员会", "tier": "COUNTY", "place": COUNTY},
        {"id": "edu", "name": "示例县教育局", "place": COUNTY},
    ]


def _schools() -> list[dict[str, object]]:
    return [
        {"id": school.id, "kind": "SCHOOL", "name": school.name, "place": COUNTY, "managedBy": "edu",
         "competentDepartment": "edu", "schoolType": school.kind, "students": school.students}
        for school in SCHOOLS
    ]


def _people() -> list[dict[str, object]]:
    office = [("li", "李强", ["office_staff"]), ("he", "何平", ["office_staff"])]
    office += [(short, name, ["inspector", "team_leader"]) for short, name in zip(
        INSPECTORS, ("王敏", "孙宁", "刘畅"), strict=True)]
    heads: list[dict[str, object]] = [
        {"id": head_of(school.id), "name": school.head, "unit": school.id, "roles": ["unit_user"]}
        for school in SCHOOLS
    ]
    return heads + [{"id": short, "name": name, "body": "office", "roles": roles} for short, name, roles in office]


def head_of(school: str) -> str:
    """Who speaks for a school."""
    return f"head-{school}"
