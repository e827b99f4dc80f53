"""AnnualBulletin: its one row is accepted, quiet and guarded."""

from types import SimpleNamespace
from typing import Any

from contracts.findings import annual_bulletin as said
from contracts.values import natural_id
from services.findings.domain.annual_bulletin import AnnualBulletin
from tests.kit.cases import Case, staff, suite, uid

OFFICE, A1, A2 = uid("office"), uid("a1"), uid("a2")
BULLETIN = natural_id("AnnualBulletin", OFFICE, 2026)


def assessed(state: str = "ACCEPTED", period: str = "2026") -> dict[str, Any]:
    return {"assessments": {key: SimpleNamespace(state=state, period=period) for key in (A1, A2)}}


def publishing(ids: tuple[Any, ...] = (A1, A2), url: str = "https://example.org/1") -> said.PublishBulletin:
    return said.PublishBulletin(bulletin_id=BULLETIN, body_id=OFFICE, assessment_ids=ids, year=2026, url=url)


CASES = [
    Case(
        when=publishing(), looked_up=assessed(),
        then=[said.BulletinPublished(
            bulletin_id=BULLETIN, body_id=OFFICE, assessment_ids=(A1, A2), year=2026, url="https://example.org/1")],
        refused={
            "NOT_OWN_BODY": {"by": staff(body="city")},
            "ASSESSMENTS_MISSING": {"when": publishing((A1, A1))},
            "ASSESSMENT_NOT_ACCEPTED": {"looked_up": assessed("AUDITED")},
            "ASSESSMENT_OF_ANOTHER_YEAR": {"looked_up": assessed(period="2025")},
            "ASSESSMENT_OUTSIDE_AREA": {"looked_up": {**assessed(), "outside": [A2]}},
            "URL_MISSING": {"when": publishing(url=" ")},
        },
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(AnnualBulletin, CASES)
