"""SupervisionOrder: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from contracts.rectification import supervision_order as said
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from contracts.values import CalendarKind
from services.chassis.life_cycle import Refused
from services.chassis.official_calendar import official_calendar
from services.rectification.domain.problem_ledger import LedgerItem
from services.rectification.domain.supervision_order import SupervisionOrder
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, staff, suite, uid, unit_user

ORDER, ITEM, UNIT, OFFICE = uid("stream"), uid("item"), uid("s1"), uid("office")
RULES = {
    "rectification.order.enabled": True,
    "rectification.order.deadline": {"amount": 15, "calendar": "WORKING_DAYS"},
}
DUE = official_calendar().due(AT, 15, CalendarKind.WORKING_DAYS).due_at
LATER = DUE + timedelta(days=5)
ANSWERING = {"answering_units": frozenset({UNIT})}
INDEPENDENT = {"interested": frozenset({UNIT, uid("edu")})}
OTHER_BODY = {"by": staff("sun", "other")}
STRANGER = {"by": unit_user("qian", "s2")}

DRAFTED = said.OrderDrafted(
    order_id=ORDER, item_ids=(ITEM,), ground=said.OrderGround.NOT_TIMELY, unit_id=UNIT, issuing_body_id=OFFICE,
)
ISSUED = said.SupervisionOrderIssued(
    order_id=ORDER, number="督单〔2026〕1号", unit_id=UNIT, item_ids=(ITEM,), due_at=DUE,
    calendar=CalendarKind.WORKING_DAYS, legal_basis=("HN§11",), copies=(uid("edu"),),
)
ACKNOWLEDGED = said.OrderAcknowledged(order_id=ORDER, receipt_at=AT, by=uid("zhao"))
REPORTED = said.OrderComplianceReported(order_id=ORDER, evidence_hashes=("e1",))
COMPLIED = said.OrderComplied(order_id=ORDER, verifier_id=uid("wang"))
LAPSED = said.OrderDeadlineLapsed(order_id=ORDER, due_at=DUE)
RUNNING = (DRAFTED, ISSUED, ACKNOWLEDGED)

DRAFT = said.DraftOrder(
    order_id=ORDER, unit_id=UNIT, issuing_body_id=OFFICE, item_ids=(ITEM,), ground=said.OrderGround.NOT_TIMELY,
)
ISSUE = said.IssueOrder(order_id=ORDER, legal_basis=("HN§11",), copies=(uid("edu"),))
DRAFTING = Case(
    when=DRAFT, then=[DRAFTED], by=POLICY,
    looked_up={"items": {ITEM: LedgerItem(state="OVERDUE")}, "units": {ITEM: UNIT}},
    refused={
        "NOT_OWN_ISSUE": OTHER_BODY,
        "ITEM_OF_ANOTHER_UNIT": {"looked_up": {"items": {}, "units": {ITEM: uid("s2")}}},
        "GROUND_MISSING": {"looked_up": {"items": {ITEM: LedgerItem(state="IN_PROGRESS")}, "units": {ITEM: UNIT}}},
    },
)
ISSUING = Case(
    given=(DRAFTED,), when=ISSUE, then=[ISSUED], policy=RULES, looked_up={"number": "督单〔2026〕1号"},
    refused={
        "NOT_OWN_ISSUE": OTHER_BODY,
        "ORDER_NOT_ENABLED": {"policy": {**RULES, "rectification.order.enabled": False}},
        "LEGAL_BASIS_MISSING": {"when": msgspec.structs.replace(ISSUE, legal_basis=(" ",))},
        "DUE_IN_PAST": {"when": msgspec.structs.replace(ISSUE, due_at=AT)},
    },
)
CASES = [
    DRAFTING,
    ISSUING,
    Case(
        given=(DRAFTED, ISSUED), when=said.AcknowledgeOrder(order_id=ORDER), then=[ACKNOWLEDGED], by=unit_user(),
        looked_up=ANSWERING, refused={"NOT_OF_THE_UNIT": STRANGER},
    ),
    Case(
        given=RUNNING, by=staff("zhou", "city"), looked_up={"upper_body_id": uid("city")},
        when=said.ExtendOrder(order_id=ORDER, new_due_at=LATER, reason="汛期", approver_id=uid("zhou")),
        then=[said.OrderExtended(
            order_id=ORDER, old_due_at=DUE, new_due_at=LATER, reason="汛期", approver_id=uid("zhou"))],
        refused={
            "APPROVER_NOT_ONE_LEVEL_UP": {"by": staff()},
            "REASON_MISSING": {"when": said.ExtendOrder(
                order_id=ORDER, new_due_at=LATER, reason=" ", approver_id=uid("zhou"))},
            "NOT_LATER": {"when": said.ExtendOrder(
                order_id=ORDER, new_due_at=DUE, reason="汛期", approver_id=uid("zhou"))},
        },
    ),
    Case(
        given=RUNNING, when=said.ReportCompliance(order_id=ORDER, evidence_hashes=("e1",)), then=[REPORTED],
        by=unit_user(), looked_up=ANSWERING,
        refused={
            "NOT_OF_THE_UNIT": STRANGER,
            "EVIDENCE_MISSING": {"when": said.ReportCompliance(order_id=ORDER, evidence_hashes=())},
        },
    ),
    Case(
        given=(*RUNNING, REPORTED), when=said.ConfirmCompliance(order_id=ORDER), then=[COMPLIED], by=staff("wang"),
        looked_up={**INDEPENDENT, "items": {ITEM: LedgerItem(state="VERIFIED")}},
        refused={
            "VERIFIER_NOT_INDEPENDENT": {"by": staff("chen", "edu")},
            "ITEM_NOT_VERIFIED": {"looked_up": {**INDEPENDENT, "items": {ITEM: LedgerItem(state="REPORTED")}}},
        },
    ),
    Case(given=RUNNING, when=said.LapseOrder(order_id=ORDER, due_at=DUE), then=[LAPSED], at=DUE, by=TIMER),
    Case(
        given=(*RUNNING, LAPSED), when=said.EscalateOrder(order_id=ORDER, to=said.Escalation.CIRCULAR),
        then=[said.OrderEscalated(order_id=ORDER, to=said.Escalation.CIRCULAR)],
    ),
    Case(
        given=(*RUNNING, REPORTED, COMPLIED), when=said.PublishOrderOutcome(order_id=ORDER, channel="门户网站"),
        then=[said.OrderOutcomePublished(order_id=ORDER, channel="门户网站")],
        refused={"CHANNEL_MISSING": {"when": said.PublishOrderOutcome(order_id=ORDER, channel="")}},
    ),
    Case(
        given=(*RUNNING, REPORTED, COMPLIED), when=said.CloseOrder(order_id=ORDER),
        then=[said.OrderClosed(order_id=ORDER)],
    ),
    Case(
        given=(DRAFTED, msgspec.structs.replace(ISSUED, provisional=True)), by=TIMER,
        when=RecalculateDeadline(
            stream_id=ORDER, subject_id=ORDER, old_due_at=DUE, new_due_at=LATER, calendar_revision="2027"),
        then=[DeadlineRecalculated(subject_id=ORDER, old_due_at=DUE, new_due_at=LATER, calendar_revision="2027")],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(SupervisionOrder, CASES)


def test_where_no_level_knows_the_instrument_it_is_unset() -> None:
    with pytest.raises(Refused) as refusal:
        decide(SupervisionOrder, replace(ISSUING, policy={}))
    assert refusal.value.code == "POLICY_UNSET"


def test_a_rejected_completion_is_a_ground_too() -> None:
    failed = replace(
        DRAFTING, when=msgspec.structs.replace(DRAFT, ground=said.OrderGround.NOT_THOROUGH),
        looked_up={"items": {ITEM: LedgerItem(state="IN_PROGRESS", failed=True)}, "units": {ITEM: UNIT}},
    )
    (event,) = decide(SupervisionOrder, failed)
    assert event.ground is said.OrderGround.NOT_THOROUGH


def test_beijing_says_that_the_outcome_will_be_published() -> None:
    beijing = replace(ISSUING, policy={**RULES, "rectification.order.publishOutcome": True})
    assert decide(SupervisionOrder, beijing) == (msgspec.structs.replace(ISSUED, publication_required=True),)


def test_an_extended_order_does_not_lapse_at_its_old_date() -> None:
    extended = said.OrderExtended(order_id=ORDER, new_due_at=LATER, reason="汛期", approver_id=uid("zhou"))
    assert decide(SupervisionOrder, replace(CASES[6], given=(*RUNNING, extended))) == ()
