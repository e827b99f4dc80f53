"""Row 2: neither 1:5 nor 30 % is written into the program; each place has its own, and may change it."""

from services.personnel.establishment import Establishment, establishment
from tests.easily_missed.story import Story, trained

SHARE = {"key": "staffing.inspectorsPerSchool", "v": "1/2", "modality": "P"}


def county(policy: str, schools: int) -> Story:
    """A county with so many schools, of which the world has three, and one inspector."""
    story = Story("hunan", policy, trained("wang"))
    for number in range(schools - 3):
        story.does("system", "registry.RegisterUnit", unit=f"more{number}", kind="SCHOOL", name=f"第{number}校",
                   locatedIn="990101")
    return story


def staffing(story: Story) -> Establishment:
    """As the office of the county is told."""
    return establishment(story.town.services["personnel"], story.names.existing("office"), story.town.clock())


def test_row_02_one_inspector_is_enough_for_five_schools_in_hunan_and_not_in_beijing() -> None:
    hunan, beijing = staffing(county("HN", 5)), staffing(county("BJ", 5))
    assert (hunan.required, beijing.required) == (1, 2)
    assert not [each for each in hunan.warnings if "督学不足" in each]
    assert [each for each in beijing.warnings if "督学不足" in each]
    assert staffing(county("HN", 4)).required == 1


def test_row_02_a_new_policy_is_recomputed_without_a_restart() -> None:
    story = county("HN", 5)
    before = staffing(story).required
    story.does("li", "registry.PublishPolicy", jurisdiction="990101", kind="COUNTY", title="县办法", document="县办法",
               status="in-force", source="local", values=[SHARE])
    assert (before, staffing(story).required) == (1, 3)
