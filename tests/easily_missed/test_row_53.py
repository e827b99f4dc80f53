"""Row 53: whoever belongs to the inspected department decides nothing about it, whatever other office they hold."""

import json
import logging

import pytest

from services.chassis.refusals import journal
from tests.easily_missed.story import Story, trained

INSPECTED = """
- {as: system, do: registry.RegisterUnit, with: {unit: jyj, kind: DEPARTMENT, name: 示例县教育局, locatedIn: "990101"}}
- {as: li, do: scheduling.DraftPlan, with: {plan: y2026, body: office, year: 2026}}
- {as: li, do: scheduling.PlanActivity, with: {activity: a1, plan: y2026, body: office, axes: {function: SCHOOL, target: SAME_LEVEL_DEPARTMENT}, targets: [jyj], window: {from: 2026-03-09, to: 2026-03-13}}}
- {as: li, do: scheduling.FormTeam, with: {activity: a1, leader: wang, members: []}}
- {as: li, do: scheduling.ServeNotice, with: {activity: a1, unit: jyj}}
- {at: 2026-03-09T09:00:00+08:00, as: wang, do: scheduling.StartActivity, with: {activity: a1, location: 教育局}}
- {as: wang, do: findings.RecordFinding, with: {finding: f1, activity: a1, unit: jyj, indicatorCode: A1, indicatorVersion: "2026", contentCode: FUNDS, severity: GENERAL, text: 经费不足, evidences: [e1]}}
- {as: wang, do: findings.SubstantiateFinding, with: {finding: f1}}
- {as: security, do: registry.GrantRole, with: {person: qin, role: office_staff, body: office}}
"""  # noqa: E501


def test_row_53_a_member_of_the_department_cannot_touch_a_finding_about_it() -> None:
    story = Story("hunan", "HN", trained("wang") + INSPECTED)
    stream = story.names.existing("f1")
    before = [each for each in story.chronicle.letters if each.head.stream == stream]
    for name, said in (
        ("findings.ReferUrgently", {"toDepartment": "approval", "danger": "DANGER_TO_LIFE"}),
        ("findings.WithdrawFinding", {"reason": "误会", "authority": "会议"}),
    ):
        assert story.is_refused("qin", name, finding="f1", at_body="office", **said).code == "INSPECTED_DEPARTMENT"
    assert [each for each in story.chronicle.letters if each.head.stream == stream] == before
    told = story.does("li", "findings.ReferUrgently", finding="f1", toDepartment="approval", danger="DANGER_TO_LIFE")
    assert [each.name for each in told] == ["findings.UrgentReferralMade"]


def test_row_53_the_journal_of_refusals_shows_who_was_refused_what_and_nothing_of_its_content(
    caplog: pytest.LogCaptureFixture,
) -> None:
    story = Story("hunan", "HN", trained("wang") + INSPECTED)
    with caplog.at_level(logging.INFO, journal.name):
        story.is_refused("qin", "findings.WithdrawFinding", finding="f1", at_body="office", reason="误会",
                         authority="会议")
        story.does("li", "findings.ReferUrgently", finding="f1", toDepartment="approval", danger="DANGER_TO_LIFE")
    (line,) = [record.getMessage() for record in caplog.records if record.name == journal.name]
    found = json.loads(line)
    assert (found["code"], found["command"]) == ("INSPECTED_DEPARTMENT", "findings.WithdrawFinding")
    assert found["about"] == {"findingId": str(story.names.existing("f1"))}
    assert found["personId"] == str(story.names.existing("qin"))
    assert found["bodyId"] == str(story.names.existing("office"))
    assert "误会" not in line and "会议" not in line and "秦朗" not in line
