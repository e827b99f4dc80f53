"""Filings that were due beyond the official calendar, counted again once it is published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.registry.calendar_year import PublishCalendarYear
from contracts.scheduling import annual_plan
from contracts.scheduling import major_matter_filing as filing
from contracts.values import natural_id
from tests.kit.cases import uid
from tests.kit.county import KEEPER
from tests.scheduling.county import OFFICE, SchedulingCounty

DAYS = {"amount": 10, "calendar": "WORKING_DAYS"}
NEXT = natural_id("AnnualPlan", OFFICE, 2027)


@pytest.fixture
def december() -> SchedulingCounty:
    county = SchedulingCounty({
        "filing.annualPlan": {"to": "CITY_BODY", "window": "ON_TIME"}, "window.onTime": DAYS, "window.promptly": DAYS,
        "filing.kinds": ["MAJOR_MATTER", "ANNUAL_REPORT"],
    })
    county.town.advance_to(datetime(2026, 12, 21, 1, tzinfo=UTC))
    return county


def publish(county: SchedulingCounty) -> None:
    county.town.submit(KEEPER, PublishCalendarYear(
        calendar_id=natural_id("CalendarYear", 2027), year=2027, make_up_days=(), revision="国办发明电〔2026〕7号",
        holidays=tuple(date(2027, 1, day) for day in range(1, 15))))


def owed(county: SchedulingCounty, kind: str) -> Any:
    county.li(filing.OpenFiling(filing_id=uid(kind), kind=filing.FilingKind(kind), body_id=OFFICE))
    return county.told(filing.FilingDue)[-1]


@pytest.mark.parametrize("kind", ["MAJOR_MATTER", "ANNUAL_REPORT"])
def test_what_is_owed_to_the_body_above_is_late_by_the_final_deadline(december: SchedulingCounty, kind: str) -> None:
    due = owed(december, kind)
    publish(december)
    (moved,) = december.told(filing.FilingDeadlineRecalculated)
    assert due.provisional and moved.old_due_at == due.due_at < moved.new_due_at
    december.town.advance_to(moved.new_due_at)
    assert [one.due_at for one in december.told(filing.FilingLapsed)] == [moved.new_due_at]


def test_what_was_filed_or_was_final_is_not_counted_again(december: SchedulingCounty) -> None:
    owed(december, "MAJOR_MATTER")
    december.li(filing.FileUpward(filing_id=uid("MAJOR_MATTER"), document_hash="h"))
    publish(december)
    assert december.told(filing.FilingDeadlineRecalculated) == []


def test_a_plan_that_must_be_filed_on_time_is_counted_again(december: SchedulingCounty) -> None:
    december.li(annual_plan.DraftPlan(plan_id=NEXT, body_id=OFFICE, year=2027))
    drafted = december.told(annual_plan.PlanDrafted)[-1]
    publish(december)
    (moved,) = december.told(annual_plan.PlanFilingDeadlineRecalculated)
    assert drafted.provisional and moved.old_due_at == drafted.filing_due_at < moved.new_due_at
    december.town.advance_to(moved.new_due_at)
    assert december.told(annual_plan.PlanFilingLapsed)[-1].due_at == moved.new_due_at
