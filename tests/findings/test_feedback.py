"""Feedback: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from types import SimpleNamespace
from typing import Any

import pytest

from contracts.findings import feedback as said
from services.chassis.life_cycle import Refused
from services.findings.domain.feedback import Feedback
from tests.kit.cases import AT, Case, decide, suite, uid, unit_user

FEEDBACK, UNIT, ACTIVITY, EDU = uid("stream"), uid("s1"), uid("activity"), uid("edu")
F1, F2 = uid("f1"), uid("f2")
BEIJING = {"feedback.form": ["DECISION", "SUGGESTIONS"], "feedback.cc": ["COMPETENT_DEPARTMENT"]}
HUNAN = {"feedback.form": ["MEETING", "WRITTEN_NOTICE"]}
WAITING: dict[str, Any] = {"substantiated": (F1, F2), "competent_department_id": EDU}
ITEMS = (said.FeedbackItem(finding_id=F1, demand="补齐"), said.FeedbackItem(finding_id=F2, demand="整改"))

PREPARED = said.FeedbackPrepared(
    feedback_id=FEEDBACK, activity_id=ACTIVITY, unit_id=UNIT, form=said.FeedbackForm.WRITTEN, items=(),
)
DELIVERED = said.FeedbackDelivered(
    feedback_id=FEEDBACK, items=ITEMS, delivered_at=AT, activity_id=ACTIVITY, unit_id=UNIT,
)
COPIED = said.FeedbackCopied(feedback_id=FEEDBACK, department_id=EDU, role=said.CopyRole.COMPETENT_DEPARTMENT)


def delivering(items: tuple[said.FeedbackItem, ...] = ITEMS, **more: Any) -> said.DeliverFeedback:
    return said.DeliverFeedback(feedback_id=FEEDBACK, items=items, **more)


CASES = [
    Case(
        when=said.PrepareFeedback(
            feedback_id=FEEDBACK, activity_id=ACTIVITY, unit_id=UNIT, form=said.FeedbackForm.WRITTEN),
        looked_up={"activity": SimpleNamespace(state="FIELDWORK_DONE")}, then=[PREPARED],
        refused={"ACTIVITY_NOT_STARTED": {"looked_up": {"activity": SimpleNamespace(state="TEAMED")}}},
    ),
    Case(
        given=[PREPARED], policy=HUNAN, looked_up=WAITING, when=delivering(), then=[DELIVERED],
        refused={
            "NOTHING_TO_FEED_BACK": {"when": delivering(()), "looked_up": {"substantiated": ()}},
            "ITEMS_MISSING": {"when": delivering(ITEMS[:1])},
            "ITEMS_NOT_SUBSTANTIATED": {"looked_up": {"substantiated": (F1,)}},
            "DEMAND_MISSING": {"when": delivering((ITEMS[0], said.FeedbackItem(finding_id=F2, demand=" ")))},
            "DECISION_MISSING": {"policy": BEIJING, "when": delivering(copies=(EDU,))},
            "COPY_MISSING": {"policy": BEIJING, "when": delivering(decision_id=uid("decision"))},
        },
    ),
    Case(
        given=[PREPARED], policy=BEIJING, looked_up=WAITING,
        when=delivering(decision_id=uid("decision"), copies=(EDU, uid("upper"))),
        then=[
            COPIED,
            said.FeedbackCopied(feedback_id=FEEDBACK, department_id=uid("upper"), role=said.CopyRole.OTHER),
            said.FeedbackDelivered(
                feedback_id=FEEDBACK, items=ITEMS, delivered_at=AT, activity_id=ACTIVITY, unit_id=UNIT,
                decision_id=uid("decision")),
        ],
        refused={"COPY_MISSING": {"when": delivering(decision_id=uid("decision"), copies=(uid("upper"),))}},
    ),
    Case(
        given=[PREPARED, DELIVERED], when=said.CopyFeedback(feedback_id=FEEDBACK, department_id=EDU), then=[COPIED],
    ),
    Case(
        given=[PREPARED, DELIVERED], by=unit_user(), when=said.AcknowledgeFeedback(feedback_id=FEEDBACK),
        then=[said.FeedbackAcknowledged(feedback_id=FEEDBACK, unit_id=UNIT, at=AT)],
        refused={"NOT_OF_THE_UNIT": {"by": unit_user("qian", "s2")}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(Feedback, CASES)


def test_the_missing_finding_is_named() -> None:
    case = Case(given=[PREPARED], policy=HUNAN, looked_up=WAITING, when=delivering(ITEMS[:1]), then=[])
    with pytest.raises(Refused, match=str(F2)):
        decide(Feedback, case)
