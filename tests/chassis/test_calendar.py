"""Shows that periods end when the State Council's calendar says they do, and that guesses are called guesses."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.calendar import CHINA_TIME, CalendarKind, WorkingCalendar
from services.chassis.calendar_year import CalendarYear
from services.chassis.official_calendar import official_calendar

WORKING, BY_DATE = CalendarKind.WORKING_DAYS, CalendarKind.CALENDAR_DAYS
DAY = timedelta(days=1)
OFFICIAL_DAYS = [date(2004, 1, 1) + n * DAY for n in range(8401)]
# The notice for 2006 swaps Saturday 2005-12-31 with Tuesday 2006-01-03; chinesecalendar has only the second half.
KNOWN_DISAGREEMENT = date(2005, 12, 31)

instants = st.datetimes(datetime(2004, 1, 1), datetime(2027, 6, 30), timezones=st.just(UTC))
amounts = st.integers(0, 90)
measures = st.sampled_from([WORKING, BY_DATE])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def disagreements(is_working_day: Callable[[date], bool]) -> list[date]:
    return [day for day in OFFICIAL_DAYS if is_working_day(day) != chinese_calendar.is_workday(day)]


def working_days_between(start: datetime, last_day: date) -> int:
    first = start.astimezone(CHINA_TIME).date()
    counted = (first + n * DAY for n in range(1, (last_day - first).days + 1))
    return sum(map(official_calendar().is_working_day, counted))


def with_2027() -> WorkingCalendar:
    """A made-up notice: two more days off at Spring Festival than the guess, two Saturdays worked."""
    off = days("2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-02-12")
    return official_calendar().with_official_year(2027, off, days("2027-01-30", "2027-02-20"), "notice/2027")


def test_two_independent_calendars_disagree_on_one_day_in_8401() -> None:
    assert OFFICIAL_DAYS[-1] == date(2026, 12, 31)
    assert disagreements(official_calendar().is_working_day) == [KNOWN_DISAGREEMENT]


def test_the_disputed_day_was_worked_as_the_notice_for_2006_says() -> None:
    assert official_calendar().is_working_day(KNOWN_DISAGREEMENT)


def test_a_calendar_without_make_up_days_is_caught_by_the_cross_check() -> None:
    years = [msgspec.structs.replace(year, make_up_days=()) for year in official_calendar().years]
    caught = disagreements(WorkingCalendar(years).is_working_day)
    assert date(2026, 10, 10) in caught and len(caught) > 100


def test_a_calendar_that_lost_one_holiday_is_caught_by_the_cross_check() -> None:
    calendar, lost = official_calendar(), date(2026, 10, 1)
    assert disagreements(lambda day: day == lost or calendar.is_working_day(day)) == [KNOWN_DISAGREEMENT, lost]


def test_a_make_up_saturday_is_worked_and_an_ordinary_one_is_not() -> None:
    assert official_calendar().is_working_day(date(2026, 10, 10))
    assert not official_calendar().is_working_day(date(2026, 10, 17))


def test_three_working_days_from_the_eve_of_national_day_2026_end_on_the_make_up_saturday() -> None:
    due = official_calendar().due(at("2026-09-30T10:00"), 3, WORKING)
    assert (due.last_day, due.provisional) == (date(2026, 10, 10), False)
    assert due.due_at == datetime(2026, 10, 10, 16, tzinfo=UTC)
    assert (due.revision.split("/")[1], due.calendar) == ("2026", WORKING)


@pytest.mark.parametrize(
    ("amount", "last_day"),
    [(1, "2026-10-08"), (7, "2026-10-08"), (10, "2026-10-10"), (11, "2026-10-12"), (0, "2026-09-30")],
)
def test_calendar_days_that_end_in_a_holiday_move_to_the_next_worked_day(amount: int, last_day: str) -> None:
    due = official_calendar().due(at("2026-09-30T10:00"), amount, BY_DATE)
    assert due.last_day == date.fromisoformat(last_day)


def test_a_named_date_in_a_holiday_stays_and_no_notice_can_change_it() -> None:
    due = official_calendar().due_on(date(2027, 2, 6))
    assert due.due_at == datetime(2027, 2, 6, 16, tzinfo=UTC)
    assert (due.last_day, due.provisional) == (date(2027, 2, 6), False)
    assert due.calendar is CalendarKind.NATURAL_DATE


def test_the_day_of_the_start_is_the_day_in_china() -> None:
    before, after = datetime(2026, 11, 23, 15, 59, tzinfo=UTC), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    due = official_calendar().due
    assert due(before, 1, WORKING).last_day == date(2026, 11, 24)
    assert due(after, 1, WORKING).last_day == date(2026, 11, 25)


def test_a_deadline_into_2027_is_provisional_until_2027_is_imported_and_then_moves() -> None:
    start, after = at("2026-11-24T09:30"), with_2027()
    guess, settled = official_calendar().due(start, 55, WORKING), after.due(start, 55, WORKING)
    assert guess.provisional and guess.revision != settled.revision == "notice/2027"
    assert not settled.provisional and settled.last_day != guess.last_day
    assert after.official_until == date(2027, 12, 31)


def test_a_guessed_holiday_gives_way_to_the_notice() -> None:
    assert not official_calendar().is_working_day(date(2027, 10, 1))
    assert with_2027().is_working_day(date(2027, 10, 1))
    assert not with_2027().is_working_day(date(2028, 10, 2))


def test_a_new_year_notice_may_take_the_last_days_of_the_old_year() -> None:
    old, off = official_calendar(), days("2026-12-31", "2027-01-01")
    new = old.with_official_year(2027, off, days("2026-12-27"), "notice/2027")
    assert old.due(at("2026-12-30T09:00"), 1, WORKING).provisional
    assert new.is_working_day(date(2026, 12, 27)) and not new.is_working_day(date(2026, 12, 31))


def test_the_later_year_decides_on_a_december_day_in_whatever_order_the_notices_come() -> None:
    disputed = days("2026-12-26")
    old = CalendarYear(year=2026, holidays=disputed, make_up_days=(), revision="notice/2026-2")
    new = CalendarYear(year=2027, holidays=(), make_up_days=disputed, revision="notice/2027")
    assert WorkingCalendar([old, new]).is_working_day(disputed[0])
    assert WorkingCalendar([new, old]).is_working_day(disputed[0])
    assert WorkingCalendar([new, old]).revision == "notice/2026-2"


def test_an_amended_notice_replaces_the_year_and_gives_the_new_revision() -> None:
    known = official_calendar().years[-1]
    off = (*known.holidays, date(2026, 9, 3))
    amended = official_calendar().with_official_year(2026, off, known.make_up_days, "notice/2026-2")
    assert not amended.is_working_day(date(2026, 9, 3)) and amended.revision == "notice/2026-2"
    assert amended.is_working_day(date(2026, 10, 10))


def test_a_deadline_before_the_first_official_year_is_provisional() -> None:
    assert official_calendar().due(at("2003-12-31T10:00"), 30, WORKING).provisional


def test_a_year_survives_the_wire_and_rebuilds_the_same_calendar() -> None:
    wire = msgspec.json.encode(with_2027().years)
    rebuilt = WorkingCalendar(msgspec.json.decode(wire, type=tuple[CalendarYear, ...]))
    assert rebuilt.revision == "notice/2027"
    assert all(rebuilt.is_working_day(day) == with_2027().is_working_day(day) for day in OFFICIAL_DAYS)


def test_importing_a_year_leaves_the_old_calendar_as_it_was() -> None:
    before = official_calendar().due(at("2026-12-01T10:00"), 40, WORKING)
    with_2027()
    assert official_calendar().due(at("2026-12-01T10:00"), 40, WORKING) == before


def test_a_year_that_leaves_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="连续"):
        official_calendar().with_official_year(2028, (), (), "notice/2028")
    with pytest.raises(ValueError, match="连续"):
        WorkingCalendar([])


@pytest.mark.parametrize(
    ("off", "worked", "complaint"),
    [
        (["2028-01-01"], [], "不属于"),
        (["2026-12-24"], [], "不属于"),
        ([], ["2027-01-29"], "补班日须是周末"),
        (["2027-01-30"], ["2027-01-30"], "补班日须是周末"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(off: list[str], worked: list[str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        official_calendar().with_official_year(2027, days(*off), days(*worked), "notice/2027")


@pytest.mark.parametrize(
    ("start", "amount", "kind", "complaint"),
    [
        (at("2026-11-24"), -1, WORKING, "不能为负数"),
        (datetime(2026, 11, 24), 1, WORKING, "带时区"),
        (at("2026-11-24"), 1, CalendarKind.NATURAL_DATE, "没有天数"),
    ],
)
def test_a_period_that_cannot_be_measured_is_refused(
    start: datetime, amount: int, kind: CalendarKind, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        official_calendar().due(start, amount, kind)


def test_an_instant_in_place_of_a_day_is_refused() -> None:
    for ask in (official_calendar().is_working_day, official_calendar().due_on):
        with pytest.raises(TypeError, match="不是时刻"):
            ask(at("2026-10-10"))


@given(instants, st.integers(1, 90))
def test_counting_back_the_working_days_of_a_period_gives_its_amount(start: datetime, amount: int) -> None:
    last_day = official_calendar().due(start, amount, WORKING).last_day
    assert working_days_between(start, last_day) == amount
    assert working_days_between(start, last_day - DAY) == amount - 1


@given(instants, amounts, measures)
def test_a_longer_period_never_ends_earlier(start: datetime, amount: int, kind: CalendarKind) -> None:
    shorter, longer = (official_calendar().due(start, n, kind) for n in (amount, amount + 1))
    assert start < shorter.due_at <= longer.due_at
    assert shorter.provisional <= longer.provisional


@given(instants, amounts, measures)
def test_a_period_ends_on_a_worked_day_at_midnight_in_china(start: datetime, amount: int, kind: CalendarKind) -> None:
    due = official_calendar().due(start, amount, kind)
    assert official_calendar().is_working_day(due.last_day)
    assert (due.due_at.utcoffset(), due.due_at.hour, due.due_at.minute) == (timedelta(0), 16, 0)


@given(
    st.datetimes(datetime(2026, 12, 1), datetime(2027, 1, 31), timezones=st.just(UTC)),
    st.integers(0, 30),
    measures,
    st.sets(st.dates(date(2026, 12, 25), date(2027, 1, 10)), max_size=17),
    st.sets(st.dates(date(2026, 12, 25), date(2027, 1, 10)).filter(lambda day: day.weekday() >= 5), max_size=6),
)
def test_only_a_provisional_deadline_can_be_moved_by_the_next_notice(
    start: datetime, amount: int, kind: CalendarKind, off: set[date], worked: set[date]
) -> None:
    before = official_calendar().due(start, amount, kind)
    after = official_calendar().with_official_year(2027, off - worked, worked, "notice/2027").due(start, amount, kind)
    assert before.provisional or after.due_at == before.due_at


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_zone_of_the_process_changes_nothing(zone: str) -> None:
    program = (
        "from datetime import UTC, datetime\n"
        "from services.chassis.calendar import CalendarKind\n"
        "from services.chassis.official_calendar import official_calendar\n"
        "start = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)\n"
        "print(official_calendar().due(start, 3, CalendarKind.WORKING_DAYS).due_at.isoformat())\n"
    )
    environment = os.environ | {"TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "2026-10-10T16:00:00+00:00"
