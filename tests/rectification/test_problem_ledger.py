"""ProblemLedger: every row of its two tables is accepted, quiet, refused elsewhere and guarded."""

from datetime import timedelta
from typing import Any

from contracts.rectification import problem_ledger as said
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from contracts.values import CalendarKind, Severity, Tier
from services.chassis.official_calendar import official_calendar
from services.rectification.domain.problem_ledger import ProblemLedger
from tests.kit.cases import AT, POLICY, TIMER, Case, staff, suite, uid, unit_user

LEDGER, ITEM, UNIT, OFFICE = uid("stream"), uid("item"), uid("s1"), uid("office")
DEADLINE = {"rectification.item.defaultDeadline": {"amount": 20, "calendar": "WORKING_DAYS"}}
DUE = official_calendar().due(AT, 20, CalendarKind.WORKING_DAYS).due_at
LATER = DUE + timedelta(days=10)
INDEPENDENT = {"interested": frozenset({UNIT, uid("edu")})}
ANSWERING = {"answering_units": frozenset({UNIT})}

OPENED = said.LedgerOpened(ledger_id=LEDGER, unit_id=UNIT, issuing_body_id=OFFICE, tier=Tier.COUNTY)
REGISTERED = said.ItemRegistered(
    item_id=ITEM, ledger_id=LEDGER, issuing_body_id=OFFICE, source=said.ItemSource.CONFIRMED_FINDING,
    text="食堂食品留样记录不全", severity=Severity.GENERAL, due_at=DUE, calendar=CalendarKind.WORKING_DAYS,
)
ASSIGNED = said.ItemAssigned(
    item_id=ITEM, person_id=uid("zhao"), due_at=DUE, calendar=CalendarKind.WORKING_DAYS, basis="HN§11",
)
PLANNED = said.ItemPlanned(item_id=ITEM, plan_id=uid("plan"))
STARTED = said.ItemStarted(item_id=ITEM)
LAPSED = said.ItemDeadlineLapsed(item_id=ITEM, due_at=DUE)
REPORTED = said.CompletionReported(
    item_id=ITEM, measures_done=("补齐记录",), evidence_hashes=("e1",), reported_by=uid("zhao"),
)
FAILED = said.ItemVerificationFailed(item_id=ITEM, verifier_id=uid("wang"), reason="记录仍缺两天")
VERIFIED = said.ItemVerified(item_id=ITEM, verifier_id=uid("wang"), method="现场", evidence_hashes=("e2",))
WRITTEN = said.ItemWrittenOff(item_id=ITEM, by_body_id=OFFICE)
CLOSED = said.LedgerClosed(ledger_id=LEDGER, counts={"WRITTEN_OFF": 1})
SUSPENDED = said.ItemSuspended(item_id=ITEM, reason="校舍征用", review_at=LATER)
REOPENED = said.ItemReopened(
    item_id=ITEM, look_back_id=uid("look"), cause=said.ReopenCause.REBOUNDED, due_at=DUE,
)

OPEN = (OPENED, REGISTERED)
IN_PROGRESS = (*OPEN, ASSIGNED, PLANNED, STARTED)
DONE = (*IN_PROGRESS, REPORTED)
CHECKED = (*DONE, VERIFIED)
OFF = (*CHECKED, WRITTEN)
ENDED = (*OFF, CLOSED)

REGISTER: dict[str, Any] = {
    "ledger_id": LEDGER, "item_id": ITEM, "unit_id": UNIT, "issuing_body_id": OFFICE,
    "source": said.ItemSource.CONFIRMED_FINDING, "severity": Severity.GENERAL,
}
OTHER_BODY = {"by": staff("sun", "other")}
NO_REASON = {"reason": " "}

CASES = [
    Case(
        when=said.OpenLedger(ledger_id=LEDGER, unit_id=UNIT, issuing_body_id=OFFICE), then=[OPENED],
        refused={"NOT_OWN_ISSUE": OTHER_BODY},
    ),
    Case(
        when=said.RegisterItem(text=REGISTERED.text, **REGISTER), then=[OPENED, REGISTERED], policy=DEADLINE,
        refused={
            "NOT_OWN_ISSUE": OTHER_BODY,
            "TEXT_MISSING": {"when": said.RegisterItem(text="", **REGISTER)},
            "LEDGER_CLOSED": {
                "given": ENDED,
                "when": said.RegisterItem(text="又一问题", **{**REGISTER, "item_id": uid("second")}),
            },
        },
    ),
    Case(
        given=OPEN, when=said.AssignItem(item_id=ITEM, person_id=uid("zhao"), basis="HN§11"), then=[ASSIGNED],
        refused={"DUE_IN_PAST": {
            "when": said.AssignItem(item_id=ITEM, person_id=uid("zhao"), basis="HN§11", due_at=AT),
        }},
    ),
    Case(
        given=(*OPEN, ASSIGNED), when=said.LinkPlan(item_id=ITEM, plan_id=uid("plan")), then=[PLANNED],
        looked_up={"plan_covers": True}, refused={"PLAN_NOT_COVERING": {"looked_up": {}}},
    ),
    Case(given=(*OPEN, ASSIGNED, PLANNED), when=said.StartItem(item_id=ITEM), then=[STARTED]),
    Case(
        given=IN_PROGRESS, by=unit_user(), looked_up=ANSWERING, then=[REPORTED],
        when=said.ReportCompletion(item_id=ITEM, measures_done=("补齐记录",), evidence_hashes=("e1",)),
        refused={
            "NOT_OF_THE_UNIT": {"by": unit_user("qian", "s2")},
            "MEASURE_WITHOUT_EVIDENCE": {
                "when": said.ReportCompletion(item_id=ITEM, measures_done=("补齐记录",), evidence_hashes=()),
            },
        },
    ),
    Case(
        given=DONE, by=staff("wang"), looked_up=INDEPENDENT, then=[VERIFIED],
        when=said.VerifyItem(item_id=ITEM, method="现场", evidence_hashes=("e2",)),
        refused={
            "VERIFIER_NOT_INDEPENDENT": {"by": staff("chen", "edu")},
            "METHOD_MISSING": {"when": said.VerifyItem(item_id=ITEM, method="", evidence_hashes=("e2",))},
            "EVIDENCE_MISSING": {"when": said.VerifyItem(item_id=ITEM, method="现场", evidence_hashes=())},
        },
    ),
    Case(
        given=DONE, by=staff("wang"), looked_up=INDEPENDENT, then=[FAILED],
        when=said.RejectCompletion(item_id=ITEM, reason="记录仍缺两天"),
        refused={
            "VERIFIER_NOT_INDEPENDENT": {"by": staff("chen", "edu")},
            "REASON_MISSING": {"when": said.RejectCompletion(item_id=ITEM, reason="")},
        },
    ),
    Case(
        given=CHECKED, when=said.WriteOffItem(item_id=ITEM), then=[WRITTEN, CLOSED],
        refused={
            "NOT_ISSUING_BODY": {"by": unit_user()},
            "PUBLICATION_MISSING": {"policy": {"rectification.publication.by": "UNIT"}},
        },
    ),
    Case(
        given=(*IN_PROGRESS, LAPSED),
        when=said.ExtendDeadline(item_id=ITEM, new_due_at=LATER, reason="汛期", approver_id=uid("zhou")),
        then=[said.DeadlineExtended(
            item_id=ITEM, old_due_at=DUE, new_due_at=LATER, reason="汛期", approver_id=uid("zhou"), count=1,
        )],
        refused={
            "APPROVER_IS_REQUESTER": {"by": staff("zhou")},
            "REASON_MISSING": {"when": said.ExtendDeadline(
                item_id=ITEM, new_due_at=LATER, approver_id=uid("zhou"), **NO_REASON)},
            "NOT_LATER": {"when": said.ExtendDeadline(
                item_id=ITEM, new_due_at=DUE, reason="汛期", approver_id=uid("zhou"))},
            "SECOND_EXTENSION_NEEDS_UPPER_BODY": {
                "given": (*IN_PROGRESS, said.DeadlineExtended(
                    item_id=ITEM, old_due_at=DUE, new_due_at=DUE + timedelta(days=1), reason="汛期",
                    approver_id=uid("zhou"), count=1)),
                "looked_up": {"upper_body_id": uid("city")},
            },
        },
    ),
    Case(given=OPEN, by=TIMER, at=DUE, when=said.LapseDeadline(item_id=ITEM, due_at=DUE), then=[LAPSED]),
    Case(
        given=OPEN,
        when=said.DelegateItem(item_id=ITEM, to_member_unit_id=uid("finance"), due_at=DUE),
        then=[said.ItemDelegated(item_id=ITEM, to_member_unit_id=uid("finance"), due_at=DUE)],
        refused={"DUE_IN_PAST": {
            "when": said.DelegateItem(item_id=ITEM, to_member_unit_id=uid("finance"), due_at=AT),
        }},
    ),
    Case(
        given=(*IN_PROGRESS, LAPSED), by=POLICY, when=said.PutUnderOrder(item_id=ITEM, order_id=uid("order")),
        then=[said.ItemPutUnderOrder(item_id=ITEM, order_id=uid("order"))],
        refused={"NOT_OVERDUE_OR_FAILED": {"given": IN_PROGRESS}},
    ),
    Case(
        given=OPEN, when=said.SuspendItem(item_id=ITEM, reason="校舍征用", review_at=LATER), then=[SUSPENDED],
        refused={
            "REASON_MISSING": {"when": said.SuspendItem(item_id=ITEM, review_at=LATER, **NO_REASON)},
            "DUE_IN_PAST": {"when": said.SuspendItem(item_id=ITEM, reason="校舍征用", review_at=AT)},
        },
    ),
    Case(
        given=(*OPEN, SUSPENDED), when=said.ResumeItem(item_id=ITEM, reason="校舍腾退"),
        then=[said.ItemResumed(item_id=ITEM, reason="校舍腾退")],
        refused={"REASON_MISSING": {"when": said.ResumeItem(item_id=ITEM, **NO_REASON)}},
    ),
    Case(
        given=ENDED, by=POLICY, policy=DEADLINE,
        when=said.ReopenItem(item_id=ITEM, look_back_id=uid("look"), cause=said.ReopenCause.REBOUNDED),
        then=[REOPENED, said.LedgerReopened(
            ledger_id=LEDGER, item_id=ITEM, cause=said.ReopenCause.REBOUNDED)],
    ),
    Case(
        given=OPEN, by=POLICY,
        when=said.CompensateItem(item_id=ITEM, corrects_event_id=uid("event"), reason="问题撤回"),
        then=[said.ItemCancelled(item_id=ITEM, corrects_event_id=uid("event"), reason="问题撤回")],
        refused={"REASON_MISSING": {
            "when": said.CompensateItem(item_id=ITEM, corrects_event_id=uid("event"), **NO_REASON),
        }},
    ),
    Case(
        given=OPEN, by=POLICY, when=said.RepointItem(item_id=ITEM, to_unit_id=uid("s2"), reason="并校"),
        then=[said.ItemRepointed(
            item_id=ITEM, from_unit_id=UNIT, to_unit_id=uid("s2"), reason="并校", state="OPEN", due_at=DUE)],
        refused={"REASON_MISSING": {
            "when": said.RepointItem(item_id=ITEM, to_unit_id=uid("s2"), **NO_REASON),
        }},
    ),
    Case(
        given=(OPENED, said.ItemRegistered(
            item_id=ITEM, ledger_id=LEDGER, issuing_body_id=OFFICE, text="x", severity=Severity.GENERAL,
            source=said.ItemSource.CONFIRMED_FINDING, due_at=DUE, provisional=True)),
        by=TIMER,
        when=RecalculateDeadline(
            stream_id=LEDGER, subject_id=ITEM, old_due_at=DUE, new_due_at=LATER, calendar_revision="2027"),
        then=[DeadlineRecalculated(
            subject_id=ITEM, old_due_at=DUE, new_due_at=LATER, calendar_revision="2027")],
    ),
    Case(
        given=(*ENDED, REOPENED),
        when=said.ReopenLedger(ledger_id=LEDGER, item_id=ITEM, cause=said.ReopenCause.REBOUNDED),
        then=[said.LedgerReopened(ledger_id=LEDGER, item_id=ITEM, cause=said.ReopenCause.REBOUNDED)],
        refused={"ITEM_NOT_REOPENED": {"given": ENDED}},
    ),
    Case(
        given=(*OPEN, SUSPENDED), when=said.CloseLedger(ledger_id=LEDGER),
        then=[said.LedgerClosed(ledger_id=LEDGER, counts={"SUSPENDED": 1})],
        refused={"ITEMS_OPEN": {"given": OPEN}},
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(ProblemLedger, CASES)
