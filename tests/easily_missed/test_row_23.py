"""Row 23: until it begins, a flying inspection does not exist for the school – in no view, no file, at no door."""

from typing import Any

from services.audit.sight import visible
from services.chassis.casebook import Filed
from services.reporting.views.ask import ASKED
from tests.easily_missed.story import Story, trained

SCHEDULED = "scheduling.ObligationScheduled"
FLYING = """
- {as: li, do: scheduling.DraftPlan, with: {plan: y2026, body: office, year: 2026}}
- {as: li, do: scheduling.PlanActivity, with: {activity: a1, plan: y2026, body: office, axes: {function: SCHOOL, target: SCHOOL, rhythm: RANDOM, visibility: FLYING}, targets: [s1, s2], window: {from: 2026-03-09, to: 2026-03-13}, legalBasis: [条例§17]}}
- {as: li, do: scheduling.PrepareDraw, with: {draw: d1, activity: a1, unitPool: [s1], inspectorPool: [wang], unitCount: 1, inspectorCount: 1}}
- {as: li, do: scheduling.CommitDraw, with: {draw: d1}}
- {as: li, do: scheduling.ExecuteDraw, with: {draw: d1, contributions: [{party: 家长代表, method: DICE, value: "43643511542324416155"}]}}
- {as: li, do: scheduling.FormTeam, with: {activity: a1, leader: wang, members: []}}
- {as: li, do: scheduling.SealActivity, with: {activity: a1, sealedUntil: 2026-03-20T00:00:00+08:00, audience: [wang]}}
"""  # noqa: E501


def shown_to_the_school(story: Story) -> str:
    """Every cell of every view, and every letter that its users may read."""
    scope = story.of_unit("s1")
    rows = [str(row) for name in ASKED for row in story.rows(name, scope)]
    filed = [Filed(number, letter) for number, letter in enumerate(story.chronicle.letters, 1)]
    letters = visible(filed, scope, story.town.clock())
    return "".join([*rows, *(found.letter.record.decode() for found in letters)])


def test_row_23_before_it_begins_the_school_sees_nothing_and_then_it_does() -> None:
    story = Story("hunan", "HN", trained("wang") + FLYING)
    activity = str(story.names.existing("a1"))
    assert activity not in shown_to_the_school(story) and story.rows("S3", story.of_unit("s1")) == []
    refused = story.is_refused("zhao", "scheduling.RaiseRecusal", activity="a1", inspector="wang", ground="INTEREST")
    assert refused.code == "OUT_OF_SCOPE"
    story.does("wang", "scheduling.StartActivity", activity="a1", location="校门口")
    assert activity in shown_to_the_school(story)
    assert [(row["activity"], row["state"], row["visibility"]) for row in story.rows("S3", story.of_unit("s1"))] == [
        (activity, "IN_PROGRESS", "FLYING")]
    assert story.rows("S3", story.of_unit("s2")) == [], "it was named, but not drawn"


def test_row_23_the_body_itself_sees_it_all_the_while() -> None:
    story = Story("hunan", "HN", trained("wang") + FLYING)
    drawn = [row["activity"] for row in story.rows("C9", story.at("990101"))]
    planned = [row["activity"] for row in story.rows("S3", story.at("990101"))]
    assert drawn == planned == [str(story.names.existing("a1"))]
    assert story.rows("C9", story.of_unit("s1")) == []


def test_row_23_what_is_owed_to_the_school_does_not_name_an_inspection_that_is_secret() -> None:
    story = Story("hunan", "HN")
    story.does("li", "scheduling.DraftPlan", plan="y2026", body="office", year=2026)
    story.does("li", "scheduling.OpenObligation", obligation="zh", kind="COMPREHENSIVE_SCHOOL", unit="s1",
               anchor="INCIDENT", anchorRef="e1", windowFrom="2026-03-02", windowTo="2026-12-31")
    for name, visibility in (("secret", "COVERT"), ("told", "OVERT")):
        story.does("li", "scheduling.PlanActivity", activity=name, plan="y2026", body="office", targets=["s1"],
                   axes={"function": "SCHOOL", "target": "SCHOOL", "scope": "COMPREHENSIVE", "visibility": visibility},
                   window={"from": "2026-03-09", "to": "2026-03-13"})
        arranging = {"obligation": "zh", "activity": name}
        if visibility == "COVERT":
            assert story.is_refused("li", "scheduling.ScheduleObligation", **arranging).code == "ACTIVITY_UNFIT"
            assert str(story.names.existing(name)) not in shown_to_the_school(story)
    scheduled: list[Any] = [letter.event for letter in story.chronicle.letters if letter.name == SCHEDULED]
    assert [event.activity_id for event in scheduled] == [story.names.existing("told")]
