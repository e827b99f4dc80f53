"""What the registry says for a later day holds from that day on: names, managers, parents; before, on and after it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from services.chassis.as_of import Happened, Moment
from services.chassis.pages import WHOLE, Scope
from services.reporting.views.ask import Ask
from services.reporting.views.view import CHINA_TIME
from tests.letters import START, id_of
from tests.reporting.desk import NOW, Desk
from tests.reporting.tale import COUNTY, NEIGHBOUR, PREFECTURE, PROVINCE

TURN = (START + timedelta(days=30)).date()
DAY = datetime.combine(TURN, time(), CHINA_TIME)
BEFORE, ON, AFTER = DAY - timedelta(seconds=1), DAY, DAY + timedelta(days=10)
OTHER = f"{PROVINCE}990200/"


class Dated(Desk):
    """Asked for a past instant on one of the two axes, or at that very instant."""

    def __init__(self, axis: str) -> None:
        super().__init__()
        self.axis, self.today = axis, NOW
        self.ask = Ask(self.casebook, self.pages, lambda: self.today)

    def on(self, view: str, at: datetime, scope: Scope = WHOLE) -> Mapping[str, Mapping[str, Any]]:
        """The rows of an instant."""
        moments: dict[str, Moment] = {"known": at, "happened": Happened(at), "now": None}
        self.today = at if self.axis == "now" else NOW
        return self.rows(view, scope, moments[self.axis])


@pytest.fixture(params=["known", "happened", "now"])
def desk(request: pytest.FixtureRequest) -> Dated:
    """A county with a school in a province of two prefectures."""
    found = Dated(request.param)
    found.country()
    found.place(OTHER, "PREFECTURE")
    found.policy()
    found.school("s1")
    return found


def three(desk: Dated, view: str, key: str, cell: str) -> list[Any]:
    """The cell of a row before, on and after the day."""
    return [desk.on(view, at).get(key, {}).get(cell) for at in (BEFORE, ON, AFTER)]


def test_a_school_has_its_new_name_from_the_day_on(desk: Dated) -> None:
    desk.renamed("s1", "示例新校", TURN)
    for view in ("units", "C1", "C2"):
        assert three(desk, view, str(id_of("s1")), "name") == ["s1", "示例新校", "示例新校"], view


def test_a_place_has_its_new_name_from_the_day_on(desk: Dated) -> None:
    desk.place_renamed(COUNTY, "示例新县", TURN)
    assert three(desk, "places", "990101", "name") == ["示例990101", "示例新县", "示例新县"]
    for view in ("P1", "P4", "P5", "T1"):
        assert three(desk, view, "990101", "name") == ["示例990101", "示例新县", "示例新县"], view


def test_a_county_is_counted_under_its_new_parent_from_the_day_on(desk: Dated) -> None:
    desk.place_moved(COUNTY, "990200", TURN)
    assert three(desk, "places", "990101", "parent") == ["990100", "990200", "990200"]
    assert three(desk, "P5", "990100", "coverage_denominator") == [1, None, None]
    assert three(desk, "P5", "990200", "coverage_denominator") == [None, 1, 1]
    assert three(desk, "P5", "990000", "coverage_denominator") == [1, 1, 1]


def test_whoever_asks_for_the_new_parent_sees_the_county_from_the_day_on(desk: Dated) -> None:
    desk.place_moved(COUNTY, "990200", TURN)
    old, new = Scope((PREFECTURE,)), Scope((OTHER,))
    assert ["990101" in desk.on("P5", at, old) for at in (BEFORE, ON)] == [True, False]
    assert ["990101" in desk.on("P5", at, new) for at in (BEFORE, ON)] == [False, True]


def test_a_school_is_counted_where_its_new_manager_sits_from_the_day_on(desk: Dated) -> None:
    desk.managed("s1", f"office-{NEIGHBOUR}", "edu", TURN)
    assert three(desk, "P5", "990101", "coverage_denominator") == [1, None, None]
    assert three(desk, "P5", "990102", "coverage_denominator") == [None, 1, 1]
    assert three(desk, "units", str(id_of("s1")), "managed_by")[1:] == [str(id_of(f"office-{NEIGHBOUR}"))] * 2


def test_a_department_answers_and_sees_from_its_day_on_and_the_one_before_it_until_then(desk: Dated) -> None:
    desk.managed("s1", f"office-{COUNTY}", "old", START.date())
    desk.managed("s1", f"office-{COUNTY}", "new", TURN)
    desk.item("i1", "s1")
    for name, expected in (("old", [True, False, False]), ("new", [False, True, True])):
        who = Scope(party=str(id_of(name)))
        assert [str(id_of(name)) in desk.on("C13", at) for at in (BEFORE, ON, AFTER)] == expected
        for view in ("units", "C1", "C2"):
            assert [bool(desk.on(view, at, who)) for at in (BEFORE, ON, AFTER)] == expected, (view, name)


def test_a_split_school_is_gone_from_the_day_on(desk: Dated) -> None:
    desk.split("s1", "s2", "s3", since=TURN)
    assert three(desk, "C1", str(id_of("s1")), "closed") == [False, True, True]
    assert [str(id_of("s1")) in desk.on("C2", at) for at in (BEFORE, ON)] == [True, False]


def test_the_end_of_a_place_is_told(desk: Dated) -> None:
    desk.place_closed(NEIGHBOUR, TURN)
    assert three(desk, "places", "990102", "until") == [TURN] * 3


def test_who_asks_what_was_known_before_it_was_said_hears_nothing_of_it() -> None:
    desk = Desk()
    desk.country()
    desk.school("s1")
    said = desk.publish()
    desk.renamed("s1", "示例新校", START.date())
    assert desk.rows("C1", at=said)[str(id_of("s1"))]["name"] == "s1"
    assert desk.rows("C1")[str(id_of("s1"))]["name"] == "示例新校"
