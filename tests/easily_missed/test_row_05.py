"""Row 5: the band of full-time inspectors is the county's (HN §17); a body above the counties has none."""

import pytest

from services.chassis.staffing import Verdict
from services.personnel.establishment import establishment
from tests.easily_missed.story import Story

AT = {
    "COUNTY": {"office": "office", "by": "li", "committee": "committee", "government": "government"},
    "CITY": {"office": "city", "by": "mei", "committee": "citycommittee", "government": "citygovernment"},
}
PART_TIME = {
    "category": "PART_TIME", "functions": ["SCHOOL"], "selectedOn": "2026-02-01", "employmentStatus": "IN_SERVICE",
}


def one_in_five(tier: str) -> Verdict:
    """How one full-time inspector of five is judged at that level."""
    story, here = Story("hunan", "HN"), AT[tier]
    for body, kind in (("citycommittee", "COMMITTEE"), ("citygovernment", "GOVERNMENT")):
        story.does("system", "registry.RegisterBody", body=body, kind=kind, tier="CITY", placement="990100", name=body)
    for person in ("w1", "w2", "w3", "w4"):
        qualified(story, here["by"], person, "PART_TIME")
        story.does(here["by"], "personnel.EngageInspector", inspector=person, engagingBody=here["committee"],
                   **PART_TIME)
    qualified(story, here["by"], "w5", "FULL_TIME")
    story.does(here["by"], "personnel.AppointInspector", inspector="w5", appointingBody=here["government"],
               category="FULL_TIME", homeTier=tier, functions=["SCHOOL"], selectedOn="2026-02-01")
    found = establishment(story.town.services["personnel"], story.names.existing(here["office"]), story.town.clock())
    assert (found.full_time, found.inspectors) == (1, 5)
    return found.verdict


def qualified(story: Story, by: str, person: str, category: str) -> None:
    """Somebody new, ready to be taken on."""
    story.names.id_of(person)
    story.does(by, "personnel.RegisterCandidate", person=person, category=category, origin="TEACHER",
               employmentStatus="IN_SERVICE")
    story.does(by, "personnel.GrantQualification", person=person, batch="b1")


@pytest.mark.parametrize(("tier", "too_few"), [("COUNTY", True), ("CITY", False)])
def test_row_05_a_fifth_is_too_few_in_a_county_and_no_matter_above_it(tier: str, too_few: bool) -> None:
    assert (one_in_five(tier) is Verdict.BELOW_FLOOR) is too_few
