"""The fictional county: places, bodies, twelve schools, who works where, and what goes wrong in schools."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from services.cli.scenario.format import World

COUNTY, CITY_CODE = "990101", "990100"
INSPECTORS = ("wang", "sun", "liu")
SURNAMES, GIVEN = "王孙刘李张赵陈杨黄周吴徐朱马胡郭", "敏宁畅强芳伟静丽军洁磊娟涛艳勇杰"
KINDS = (
    ("KINDERGARTEN", "幼儿园", 66), ("PRIMARY", "小学", 62), ("JUNIOR_HIGH", "初级中学", 22),
    ("NINE_YEAR", "九年一贯制学校", 8), ("SENIOR_HIGH", "高级中学", 4), ("VOCATIONAL", "职业学校", 2),
    ("SPECIAL_EDUCATION", "特殊教育学校", 1),
)
"""Of 165 schools."""


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


class County:
    """One county: its schools and people under their short ids; inspectors come and go."""

    def __init__(
        self, code: str = COUNTY, name: str = "示例县", prefix: str = "", schools: Iterable[School] = SCHOOLS,
        inspectors: Iterable[str] = INSPECTORS,
    ) -> None:
        self.code, self.name, self.prefix = code, name, prefix
        self.schools, self.inspectors = tuple(schools), list(inspectors)
        self.gone: set[str] = set()

    def of(self, short: str) -> str:
        """A short id of this county."""
        return f"{self.prefix}{short}"

    @property
    def staff(self) -> str:
        """Who speaks for the office."""
        return self.of("li")

    def inspector_of(self, school: str) -> str:
        """Who leads at a school and verifies there."""
        return self.inspectors[int(school.rpartition("s")[2]) % len(self.inspectors)]

    def people(self) -> list[str]:
        """Everyone who may be told by id, and the schools."""
        return [*(school.id for school in self.schools), *self.inspectors]

    def place(self) -> dict[str, object]:
        """The county as a place."""
        return {"code": self.code, "name": self.name, "kind": "COUNTY", "parent": CITY_CODE}

    def bodies(self) -> list[dict[str, object]]:
        """Office, committee and education bureau."""
        of, name = self.of, self.name
        return [
            {"id": of("office"), "name": f"{name}教育督导室", "tier": "COUNTY", "place": self.code},
            {"id": of("committee"), "kind": "COMMITTEE", "name": f"{name}教育督导委员会", "tier": "COUNTY",
             "place": self.code},
            {"id": of("edu"), "name": f"{name}教育局", "place": self.code},
        ]

    def units(self) -> list[dict[str, object]]:
        """The schools."""
        edu = self.of("edu")
        return [
            {"id": school.id, "kind": "SCHOOL", "name": school.name, "place": self.code, "managedBy": edu,
             "competentDepartment": edu, "schoolType": school.kind, "students": school.students}
            for school in self.schools
        ]

    def grants(self) -> list[dict[str, object]]:
        """Heads, staff and inspectors."""
        office = [(self.of("li"), "李强", ["office_staff"]), (self.of("he"), "何平", ["office_staff"])]
        office += [(short, name_of(place), ["inspector", "team_leader"]) for place, short in enumerate(self.inspectors)]
        heads: list[dict[str, object]] = [
            {"id": head_of(school.id), "name": school.head, "unit": school.id, "roles": ["unit_user"]}
            for school in self.schools
        ]
        return heads + [
            {"id": short, "name": name, "body": self.of("office"), "roles": roles} for short, name, roles in office
        ]


def name_of(place: int) -> str:
    """A name that is nobody's."""
    return SURNAMES[place % len(SURNAMES)] + GIVEN[(place + place // len(SURNAMES)) % len(GIVEN)]


def grown(number: int, schools: int, inspectors: int) -> County:
    """The county of a number, with as many schools and inspectors."""
    prefix, name = f"c{number}-", f"示例{'甲乙丙丁戊己庚辛壬'[number - 1]}县"
    kinds = [kind for kind in KINDS for _ in range(kind[2])]
    made = [
        School(f"{prefix}s{n + 1}", f"{name}第{n + 1}{kinds[n % len(kinds)][1]}", kinds[n % len(kinds)][0],
               120 + n * 37 % 1900, name_of(n))
        for n in range(schools)
    ]
    return County(f"9901{number:02d}", name, prefix, made, [f"{prefix}inspector-{n + 1}" for n in range(inspectors)])


def world(counties: Iterable[County] = ()) -> World:
    """The country as it stands on the first day."""
    counties = [*counties] or [County()]
    places: list[Any] = [
        {"code": "990000", "name": "示例省", "kind": "PROVINCE"},
        {"code": CITY_CODE, "name": "示例市", "kind": "PREFECTURE", "parent": "990000"},
    ]
    city: list[Any] = [{"id": "city", "name": "示例市教育督导室", "tier": "CITY", "place": CITY_CODE}]
    plain = {
        "jurisdictions": places + [one.place() for one in counties],
        "bodies": city + [body for one in counties for body in one.bodies()],
        "units": [unit for one in counties for unit in one.units()],
        "people": [person for one in counties for person in one.grants()],
    }
    return msgspec.convert(plain, World)


def head_of(school: str) -> str:
    """Who speaks for a school."""
    return f"head-{school}"
