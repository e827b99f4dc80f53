"""The clock of rectification: once, at its instant, whatever dies or sleeps; and deadlines counted again."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.rectification import problem_ledger, rectification_plan, supervision_order
from contracts.rectification.deadlines import DeadlineRecalculated, RecalculateDeadline
from contracts.registry.calendar_year import PublishCalendarYear
from contracts.values import natural_id
from services.chassis.calendar import CHINA_TIME
from services.chassis.life_cycle import Refused
from services.chassis.timers import Timers
from tests.kit.cases import uid
from tests.rectification.county import ADMIN, County, item_of, ledger_id, plan_id

SLEEP = timedelta(days=31)


class Killed(BaseException):
    """The process is gone; nothing catches it."""


@pytest.fixture
def county() -> County:
    return County()


def lapses(county: County) -> list[tuple[Any, datetime]]:
    """What lapsed, and when it happened."""
    late = (problem_ledger.ItemDeadlineLapsed, rectification_plan.PlanOverdueRaised,
            supervision_order.OrderDeadlineLapsed)
    letters = county.town.announcements("rectification", 0)
    return [(each.event, each.head.occurred_at) for each in letters if isinstance(each.event, late)]


def assigned(county: County, name: str, due_at: datetime) -> None:
    county.confirm(name)
    county.by(county.staff(), problem_ledger.AssignItem(
        item_id=item_of(name), person_id=uid("zhao"), basis="§11", due_at=due_at))


def fire_all(county: County) -> None:
    timers = Timers(county.app)
    while timers.fire_next(county.clock()):
        pass


def killing(county: County, *, after: bool) -> None:
    """The next commit of rectification is its last, or does not happen any more."""
    append = county.app.append

    def dying(*work: Any) -> int:
        if after:
            append(*work)
        raise Killed

    county.app.append = dying  # type: ignore[method-assign]


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
def test_a_process_killed_at_a_due_time_and_asleep_for_a_month_leaves_one_lapse_at_its_instant(
    county: County, after: bool
) -> None:
    due = county.clock() + timedelta(days=10)
    assigned(county, "one", due)
    county.clock.set(due)
    killing(county, after=after)
    with pytest.raises(Killed):
        Timers(county.app).fire_next(county.clock())
    county.clock.set(due + SLEEP)
    county.restart()
    fire_all(county)
    (lapse,) = lapses(county)
    assert lapse == (problem_ledger.ItemDeadlineLapsed(item_id=item_of("one"), due_at=due), due)


def test_twenty_due_times_slept_through_are_made_up_for_in_their_order(county: County) -> None:
    dues = [county.clock() + timedelta(hours=7 * ((n * 13) % 20) + 7) for n in range(20)]
    for number, due in enumerate(dues):
        assigned(county, f"finding {number}", due)
    county.clock.set(county.clock() + SLEEP)
    county.restart()
    fire_all(county)
    assert [happened for _, happened in lapses(county)] == sorted(dues)


def test_in_the_town_a_deadline_that_follows_from_a_lapse_runs_from_its_issue(county: County) -> None:
    start = county.clock()
    assigned(county, "one", start + timedelta(days=10))
    assigned(county, "two", start + timedelta(days=50))
    county.town.advance_to(start + timedelta(days=10))
    (draft,) = county.told(supervision_order.OrderDrafted)
    order_due = start + timedelta(days=20)
    county.by(county.staff(), supervision_order.IssueOrder(
        order_id=draft.order_id, legal_basis=("§11",), due_at=order_due))
    county.town.advance_to(start + timedelta(days=60))
    happened = [(type(event).__name__, at - start) for event, at in lapses(county)]
    assert happened == [
        ("ItemDeadlineLapsed", timedelta(days=10)), ("OrderDeadlineLapsed", timedelta(days=20)),
        ("ItemDeadlineLapsed", timedelta(days=50)),
    ]


def test_a_plan_that_is_not_submitted_is_late_once(county: County) -> None:
    county.feed_back("one")
    county.confirm("one")
    county.town.advance_to(county.clock() + timedelta(days=60))
    (asked,) = county.told(rectification_plan.PlanRequested)
    late = [pair for pair in lapses(county) if isinstance(pair[0], rectification_plan.PlanOverdueRaised)]
    assert late == [(rectification_plan.PlanOverdueRaised(plan_id=plan_id(), due_at=asked.due_at), asked.due_at)]


# --- deadlines beyond the official calendar ------------------------------------------------------------


def publish_2027(county: County, days_of_january: int) -> None:
    holidays = tuple(date(2027, 1, day + 1) for day in range(days_of_january))
    county.by(ADMIN, PublishCalendarYear(
        calendar_id=natural_id("CalendarYear", 2027), year=2027, holidays=holidays, make_up_days=(),
        revision="国办发明电〔2026〕7号"))


@pytest.fixture
def december() -> County:
    return County(now=datetime(2026, 12, 21, 9, tzinfo=CHINA_TIME))


def test_provisional_deadlines_are_counted_again_when_the_year_is_published(december: County) -> None:
    december.feed_back("one", "two")
    december.confirm("one", "two")
    registered = december.told(problem_ledger.ItemRegistered)
    (plan,) = december.told(rectification_plan.PlanRequested)
    assert all(event.provisional for event in (*registered, plan))
    publish_2027(december, 10)
    again = december.told(DeadlineRecalculated)
    assert {event.subject_id for event in again} == {item_of("one"), item_of("two"), plan_id()}
    assert all(event.new_due_at > event.old_due_at for event in again)
    assert {event.calendar_revision for event in again} == {"国办发明电〔2026〕7号"}
    december.town.advance_to(december.clock() + timedelta(days=60))
    moved = {event.new_due_at for event in again}
    assert {happened for _, happened in lapses(december)} == moved


def test_a_deadline_that_stood_still_meanwhile_is_counted_again_when_it_runs_on(december: County) -> None:
    december.confirm("one")
    december.by(december.staff(), problem_ledger.SuspendItem(
        item_id=item_of("one"), reason="校舍征用", review_at=december.clock() + timedelta(days=10)))
    publish_2027(december, 10)
    assert december.told(DeadlineRecalculated) == []
    december.by(december.staff(), problem_ledger.ResumeItem(item_id=item_of("one"), reason="校舍腾退"))
    (again,) = december.told(DeadlineRecalculated)
    assert again.subject_id == item_of("one") and again.new_due_at > again.old_due_at


def test_a_deadline_counted_again_is_final(december: County) -> None:
    december.confirm("one")
    publish_2027(december, 10)
    publish_2027(december, 15)
    assert len(december.told(DeadlineRecalculated)) == 1


def test_an_order_is_counted_again_under_the_rule_it_was_issued_under(december: County) -> None:
    assigned(december, "one", december.clock() + timedelta(days=1))
    december.town.advance_to(december.clock() + timedelta(days=2))
    (draft,) = december.told(supervision_order.OrderDrafted)
    december.by(december.staff(), supervision_order.IssueOrder(order_id=draft.order_id, legal_basis=("§11",)))
    (issued,) = december.told(supervision_order.SupervisionOrderIssued)
    publish_2027(december, 10)
    (again,) = december.told(DeadlineRecalculated)
    assert (issued.provisional, again.subject_id, again.old_due_at) == (True, draft.order_id, issued.due_at)


def test_a_command_of_several_aggregates_finds_its_own_by_the_stream(county: County) -> None:
    county.feed_back("one")
    county.confirm("one")
    kinds = [county.app.kind_of(RecalculateDeadline, stream).__name__ for stream in (ledger_id(), plan_id())]
    assert kinds == ["ProblemLedger", "RectificationPlan"]
    with pytest.raises(Refused) as refusal:
        county.app.kind_of(RecalculateDeadline, uid("nothing"))
    assert refusal.value.code == "NOT_FOUND"
