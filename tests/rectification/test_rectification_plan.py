"""RectificationPlan: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from contracts.rectification import rectification_plan as said
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from contracts.values import CalendarKind
from services.chassis.official_calendar import official_calendar
from services.rectification.domain.rectification_plan import RectificationPlan
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid, unit_user

PLAN, UNIT, LEDGER = uid("stream"), uid("s1"), uid("ledger")
ONE, TWO = uid("one"), uid("two")
RULES = {
    "rectification.plan.deadline": {"amount": 10, "calendar": "WORKING_DAYS"},
    "rectification.report.deadline": {"amount": 60, "calendar": "CALENDAR_DAYS"},
}
DUE = official_calendar().due(AT, 10, CalendarKind.WORKING_DAYS).due_at
REPORT_DUE = official_calendar().due(AT, 60, CalendarKind.CALENDAR_DAYS).due_at
LATER = DUE + timedelta(days=3)
ANSWERING = {"answering_units": frozenset({UNIT})}
STRANGER = {"by": unit_user("qian", "s2")}


def planned(item: Any, **changed: Any) -> said.PlannedItem:
    return said.PlannedItem(**{
        "item_id": item, "measures": ("补齐留样记录",), "person_id": uid("zhao"), "due_at": LATER, **changed,
    })


ITEMS = (planned(ONE), planned(TWO))
ANSWERS = (said.ExtensionAnswer(group="食品安全", method="逐校排查"),)
REQUESTED = said.PlanRequested(
    plan_id=PLAN, unit_id=UNIT, ledger_id=LEDGER, item_ids=(ONE, TWO), due_at=DUE, calendar=CalendarKind.WORKING_DAYS,
)
SUBMITTED = said.PlanSubmitted(plan_id=PLAN, items=ITEMS, extension_answers=ANSWERS)
SENT_BACK = said.PlanSentBack(plan_id=PLAN, reason_codes=(said.RevisionReason.EXTENSION_MISSING,))
ACCEPTED = said.PlanAccepted(
    plan_id=PLAN, accepter_id=uid("li"), department_informed_at=AT, report_due_at=REPORT_DUE,
    calendar=CalendarKind.CALENDAR_DAYS,
)
REPORTED = said.RectificationReported(plan_id=PLAN, item_states={ONE: "VERIFIED"}, document_hash="d1")
PUBLISHED = said.RectificationPublished(
    plan_id=PLAN, publisher=said.Publisher.UNIT, channel="学校公告栏", published_at=AT,
)
EXECUTING = (REQUESTED, SUBMITTED, ACCEPTED)


def submitted(**changed: Any) -> dict[str, Any]:
    return {"given": (REQUESTED, msgspec.structs.replace(SUBMITTED, **changed))}


REQUEST = said.RequestPlan(plan_id=PLAN, unit_id=UNIT, ledger_id=LEDGER, item_ids=(ONE, TWO))
SUBMIT = said.SubmitPlan(plan_id=PLAN, items=ITEMS, extension_answers=ANSWERS)
PUBLISH = said.PublishRectification(plan_id=PLAN, channel="学校公告栏")

ACCEPT = Case(
    given=(REQUESTED, SUBMITTED), when=said.AcceptPlan(plan_id=PLAN, department_informed_at=AT), then=[ACCEPTED],
    policy=RULES,
    looked_up={"open_items": (ONE, TWO), "deadlines": {ONE: LATER}, "competent_department_id": uid("edu")},
    refused={
        "ITEM_NOT_LISTED": {"looked_up": {"open_items": (ONE, TWO, uid("three"))}},
        "NO_MEASURE": submitted(items=(planned(ONE, measures=(" ",)), planned(TWO))),
        "NO_PERSON": submitted(items=(planned(ONE, person_id=None), planned(TWO))),
        "NO_DATE": submitted(items=(planned(ONE, due_at=None), planned(TWO))),
        "DATE_LATE": {"looked_up": {"deadlines": {ONE: DUE}}},
        "EXTENSION_MISSING": submitted(extension_answers=()),
        "DEPARTMENT_NOT_INFORMED": {"when": said.AcceptPlan(plan_id=PLAN)},
    },
)
CASES = [
    Case(
        when=REQUEST, then=[REQUESTED], policy=RULES, by=POLICY, looked_up={"feedback_delivered": True},
        refused={
            "FEEDBACK_NOT_DELIVERED": {"looked_up": {}},
            "DUE_IN_PAST": {"when": msgspec.structs.replace(REQUEST, due_at=AT)},
        },
    ),
    Case(
        given=(REQUESTED,), when=SUBMIT, then=[SUBMITTED], by=unit_user(),
        looked_up={**ANSWERING, "open_items": (ONE, TWO)},
        refused={
            "NOT_OF_THE_UNIT": STRANGER,
            "ITEM_NOT_LISTED": {"when": said.SubmitPlan(plan_id=PLAN, items=(planned(ONE),))},
        },
    ),
    Case(
        given=(REQUESTED, SUBMITTED), then=[SENT_BACK],
        when=said.ReturnPlanForRevision(plan_id=PLAN, reason_codes=(said.RevisionReason.EXTENSION_MISSING,)),
        refused={"REASON_CODE_MISSING": {"when": said.ReturnPlanForRevision(plan_id=PLAN, reason_codes=())}},
    ),
    ACCEPT,
    Case(
        given=EXECUTING, when=said.ReportRectification(plan_id=PLAN, document_hash="d1"), then=[REPORTED],
        by=unit_user(), looked_up={**ANSWERING, "item_states": {ONE: "VERIFIED"}},
        refused={
            "NOT_OF_THE_UNIT": STRANGER,
            "DOCUMENT_MISSING": {"when": said.ReportRectification(plan_id=PLAN, document_hash="")},
        },
    ),
    Case(
        given=(*EXECUTING, REPORTED), when=PUBLISH, then=[PUBLISHED], by=unit_user(),
        policy={"rectification.publication.by": ["UNIT"]},
        refused={
            "PUBLISHER_NOT_ALLOWED": {"by": staff()},
            "CHANNEL_MISSING": {"when": said.PublishRectification(plan_id=PLAN, channel="")},
        },
    ),
    Case(
        given=(*EXECUTING, REPORTED, PUBLISHED), when=said.ClosePlanOfRectification(plan_id=PLAN),
        then=[said.RectificationPlanClosed(plan_id=PLAN)], by=POLICY,
        refused={"ITEM_NOT_WRITTEN_OFF": {"looked_up": {"open_items": (TWO,)}}},
    ),
    Case(
        given=(REQUESTED,), when=said.LapsePlan(plan_id=PLAN, due_at=DUE), at=DUE, by=TIMER,
        then=[said.PlanOverdueRaised(plan_id=PLAN, due_at=DUE)],
    ),
    Case(
        given=(msgspec.structs.replace(REQUESTED, provisional=True),), by=TIMER,
        when=RecalculateDeadline(
            stream_id=PLAN, subject_id=PLAN, old_due_at=DUE, new_due_at=LATER, calendar_revision="2027"),
        then=[DeadlineRecalculated(subject_id=PLAN, old_due_at=DUE, new_due_at=LATER, calendar_revision="2027")],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(RectificationPlan, CASES)


def test_a_plan_sent_back_may_be_submitted_again_unchanged() -> None:
    again = replace(CASES[1], given=(REQUESTED, SUBMITTED, SENT_BACK))
    assert decide(RectificationPlan, again) == (SUBMITTED,)


def test_a_government_without_competent_department_need_not_inform_one() -> None:
    alone = replace(ACCEPT, when=said.AcceptPlan(plan_id=PLAN), looked_up={})
    assert decide(RectificationPlan, alone) == (msgspec.structs.replace(ACCEPTED, department_informed_at=None),)


def test_a_date_named_is_a_natural_date() -> None:
    named = replace(CASES[0], when=msgspec.structs.replace(REQUEST, due_at=LATER))
    (event,) = decide(RectificationPlan, named)
    assert (event.due_at, event.calendar, event.provisional) == (LATER, CalendarKind.NATURAL_DATE, False)


def test_the_clock_waits_for_the_unit_only_and_once_per_deadline() -> None:
    def due(*given: Any) -> list[Any]:
        return [at for at, _ in folded(RectificationPlan, Case(given=given, when=REQUEST, then=())).timers()]

    assert due(REQUESTED) == due(REQUESTED, SUBMITTED, SENT_BACK) == [DUE]
    assert due(REQUESTED, SUBMITTED) == due(*EXECUTING, REPORTED) == []
    assert due(*EXECUTING) == [REPORT_DUE]
    assert due(REQUESTED, said.PlanOverdueRaised(plan_id=PLAN, due_at=DUE)) == []
