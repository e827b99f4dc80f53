"""AnnualPlan: every row of its table is accepted, quiet, refused elsewhere and guarded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from contracts.scheduling import annual_plan as said
from services.chassis.official_calendar import official_calendar
from services.scheduling.domain.annual_plan import AnnualPlan
from tests.kit.cases import AT, POLICY, TIMER, Case, decide, folded, staff, suite, uid

PLAN, OFFICE, CITY = uid("stream"), uid("office"), uid("city")
HUNAN = {"filing.annualPlan": {"to": "UPPER_BODY", "window": "START_OF_YEAR"}, "window.startOfYear.cutoff": "01-31"}
CUTOFF = official_calendar().due_on(date(2026, 1, 31)).due_at
UPPER = {"upper_body_id": CITY}
OTHER = {"by": staff("sun", "other")}

DRAFTED = said.PlanDrafted(plan_id=PLAN, body_id=OFFICE, year=2026, filing_due_at=CUTOFF)
APPROVED = said.PlanApproved(plan_id=PLAN, approver_id=uid("li"), version=1)
FILED = said.PlanFiledUpward(plan_id=PLAN, to_body_id=CITY, due_at=CUTOFF, filed_at=AT, document_hash="h1")
MOVED: dict[str, Any] = {"new_due_at": CUTOFF + timedelta(days=3), "calendar_revision": "2027"}
MERGE: dict[str, Any] = {"plan_id": PLAN, "activity_ids": (uid("a"), uid("b")), "lead_activity_id": uid("a")}


def filing(**changed: Any) -> said.FilePlanUpward:
    return said.FilePlanUpward(**{"plan_id": PLAN, "document_hash": "h1", **changed})


def reporting(**changed: Any) -> said.FileWorkReport:
    return said.FileWorkReport(**{"plan_id": PLAN, "document_hash": "h2", **changed})


def amending(reason: str = "突发事件", changes: tuple[str, ...] = ("增加一项",)) -> said.AmendPlan:
    return said.AmendPlan(plan_id=PLAN, reason=reason, changes=changes)


CASES = [
    Case(
        when=said.DraftPlan(plan_id=PLAN, body_id=OFFICE, year=2026), policy=HUNAN, then=[DRAFTED],
        refused={"NOT_OWN_BODY": OTHER},
    ),
    Case(
        given=[DRAFTED], when=said.MergeActivities(**MERGE), then=[said.ActivitiesMerged(bodies=(), **MERGE)],
        refused={
            "NOT_OWN_BODY": OTHER,
            "MERGER_OF_NOTHING": {"when": said.MergeActivities(**{**MERGE, "activity_ids": (uid("a"), uid("a"))})},
        },
    ),
    Case(
        given=[DRAFTED], when=said.ApprovePlan(plan_id=PLAN), then=[APPROVED], refused={"NOT_OWN_BODY": OTHER},
    ),
    Case(
        given=[DRAFTED, APPROVED], looked_up=UPPER, when=filing(), then=[FILED],
        refused={
            "NOT_OWN_BODY": OTHER,
            "NO_UPPER_BODY": {"looked_up": {}},
            "FILED_ELSEWHERE": {"when": filing(to_body_id=uid("friend"))},
            "DOCUMENT_MISSING": {"when": filing(document_hash="")},
        },
    ),
    Case(
        given=[DRAFTED, APPROVED, FILED], by=staff("zhou", "city"), when=said.AcknowledgePlan(plan_id=PLAN),
        then=[said.PlanReceiptAcknowledged(plan_id=PLAN, by_body_id=CITY)],
        refused={"NOT_THE_UPPER_BODY": {"by": staff()}},
    ),
    Case(
        given=[DRAFTED, APPROVED, FILED], by=staff("zhou", "city"),
        when=said.ReturnPlan(plan_id=PLAN, reason="频次过高"),
        then=[said.PlanReturned(plan_id=PLAN, by_body_id=CITY, reason="频次过高")],
        refused={
            "NOT_THE_UPPER_BODY": {"by": staff()},
            "REASON_MISSING": {"when": said.ReturnPlan(plan_id=PLAN, reason=" ")},
        },
    ),
    Case(
        given=[DRAFTED, APPROVED, FILED], when=amending(),
        then=[said.PlanAmended(plan_id=PLAN, version=2, changes=("增加一项",), reason="突发事件")],
        refused={
            "NOT_OWN_BODY": OTHER,
            "REASON_MISSING": {"when": amending(reason="")},
            "CHANGES_MISSING": {"when": amending(changes=())},
        },
    ),
    Case(
        given=[DRAFTED, APPROVED, FILED], looked_up=UPPER, when=reporting(),
        then=[said.WorkReportFiled(plan_id=PLAN, to_body_id=CITY, document_hash="h2")],
        refused={
            "NOT_OWN_BODY": OTHER,
            "FILED_ELSEWHERE": {"when": reporting(to_body_id=uid("friend"))},
            "DOCUMENT_MISSING": {"when": reporting(document_hash=" ")},
        },
    ),
    Case(
        given=[DRAFTED, APPROVED, FILED], at=datetime(2026, 12, 31, 16, tzinfo=UTC),
        when=said.ClosePlan(plan_id=PLAN), then=[said.PlanClosed(plan_id=PLAN)],
        refused={"NOT_OWN_BODY": OTHER, "YEAR_NOT_OVER": {"at": datetime(2026, 12, 31, 15, tzinfo=UTC)}},
    ),
    Case(
        given=[DRAFTED], by=TIMER, at=CUTOFF, when=said.LapseFilingDeadline(plan_id=PLAN, due_at=CUTOFF),
        then=[said.PlanFilingLapsed(plan_id=PLAN, due_at=CUTOFF)],
    ),
    Case(
        given=[msgspec.structs.replace(DRAFTED, provisional=True)], by=POLICY,
        when=said.RecalculatePlanFilingDeadline(plan_id=PLAN, old_due_at=CUTOFF, **MOVED),
        then=[said.PlanFilingDeadlineRecalculated(plan_id=PLAN, old_due_at=CUTOFF, **MOVED)],
    ),
]

(test_the_right_events_follow, test_said_again_it_is_quiet, test_it_is_refused_from_every_other_state,
 test_each_guard_refuses_by_its_code, test_no_row_and_no_guard_is_without_a_test) = suite(AnnualPlan, CASES)

DRAFT = said.DraftPlan(plan_id=PLAN, body_id=OFFICE, year=2026)


@pytest.mark.parametrize(("policy", "bound"), [
    (HUNAN, True), ({"filing.annualPlan": {"to": "MUNICIPAL_BODY"}}, False), ({}, False),
    ({"filing.annualPlan": {"to": "CITY_BODY", "window": "ON_TIME"},
      "window.onTime": {"amount": 10, "calendar": "WORKING_DAYS"}}, True),
])
def test_only_where_policy_names_a_time_the_filing_has_a_deadline(policy: dict[str, Any], bound: bool) -> None:
    (drafted,) = decide(AnnualPlan, Case(when=DRAFT, policy=policy, then=[]))
    assert (drafted.filing_due_at is not None) is bound


def test_a_plan_that_was_filed_or_lapsed_has_no_timer_any_more() -> None:
    returned = said.PlanReturned(plan_id=PLAN, by_body_id=CITY, reason="频次过高")
    lapsed = said.PlanFilingLapsed(plan_id=PLAN, due_at=CUTOFF)
    histories = ([DRAFTED], [DRAFTED, APPROVED, FILED, returned], [DRAFTED, lapsed])
    plans = [folded(AnnualPlan, Case(given=g, when=DRAFT, then=[])) for g in histories]
    assert [len(list(plan.timers())) for plan in plans] == [1, 0, 0]


def test_the_edition_of_a_plan_is_not_the_version_of_its_stream() -> None:
    plan = folded(AnnualPlan, Case(given=[DRAFTED, APPROVED, FILED], when=DRAFT, then=[]))
    assert (plan.edition, plan.version) == (1, 3)
