"""Row 15: feedback is item by item; a summary of three out of four is refused, and the fourth is named."""

from tests.easily_missed.story import Story, trained

FOUND = ("f1", "f2", "f3", "f4")
INSPECTED = """
- {as: li, do: scheduling.DraftPlan, with: {plan: y2026, body: office, year: 2026}}
- {as: li, do: scheduling.PlanActivity, with: {activity: a1, plan: y2026, body: office, axes: {function: SCHOOL, target: SCHOOL}, targets: [s1], window: {from: 2026-03-09, to: 2026-03-13}}}
- {as: li, do: scheduling.FormTeam, with: {activity: a1, leader: wang, members: []}}
- {as: li, do: scheduling.ServeNotice, with: {activity: a1, unit: s1}}
- {at: 2026-03-09T09:00:00+08:00, as: wang, do: scheduling.StartActivity, with: {activity: a1, location: 校门口}}
"""  # noqa: E501


def fed_back(*findings: str) -> list[dict[str, str]]:
    return [{"finding": finding, "demand": "整改"} for finding in findings]


def test_row_15_a_feedback_that_leaves_one_out_is_refused_and_names_it() -> None:
    story = Story("hunan", "HN", trained("wang") + INSPECTED)
    for finding in FOUND:
        story.does("wang", "findings.RecordFinding", finding=finding, activity="a1", unit="s1", indicatorCode="A1",
                   indicatorVersion="2026", contentCode="SAFETY", severity="GENERAL", text=finding, evidences=["e1"])
        story.does("wang", "findings.SubstantiateFinding", finding=finding)
    story.does("wang", "findings.PrepareFeedback", feedback="fk", activity="a1", unit="s1", form="MEETING")
    refused = story.is_refused("wang", "findings.DeliverFeedback", feedback="fk", items=fed_back(*FOUND[:3]))
    assert refused.code == "ITEMS_MISSING"
    assert story.names.short_of(refused.sentence).endswith("：f4")
    told = story.does("wang", "findings.DeliverFeedback", feedback="fk", items=fed_back(*FOUND))
    assert sum(letter.name == "findings.FindingFedBack" for letter in told) == len(FOUND)
