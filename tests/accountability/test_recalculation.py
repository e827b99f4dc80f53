"""Clocks of cases and transfers that were set beyond the official calendar, counted again once it is published."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.accountability import accountability_case as case
from contracts.accountability import case_transfer as transfer
from contracts.registry.calendar_year import PublishCalendarYear
from contracts.values import natural_id
from services.chassis.life_cycle import Refused
from tests.accountability.place import ADMIN, EDU, S1, UPPER, Place
from tests.accountability.test_consequences import CASE, opened, served
from tests.kit.cases import uid

TRANSFER = {"transfer_id": uid("transfer")}
JANUARY = tuple(date(2027, 1, day) for day in range(1, 11))
LATE_JANUARY = tuple(date(2027, 1, day) for day in range(1, 32))


def december() -> Place:
    place = Place("BJ")
    place.town.advance_to(datetime(2026, 12, 21, 1, tzinfo=UTC))
    return place


def publish(place: Place, holidays: tuple[date, ...] = LATE_JANUARY) -> None:
    place.by(ADMIN, PublishCalendarYear(
        calendar_id=natural_id("CalendarYear", 2027), year=2027, holidays=holidays, make_up_days=(),
        revision=f"国办发明电〔2026〕{len(holidays)}号"))


def reviewed(place: Place) -> None:
    served(place)
    place.by(place.of_unit(), case.RequestReview(**CASE))


def answered(place: Place) -> None:
    reviewed(place)
    place.li(case.DecideReview(outcome=case.RemedyOutcome.UPHELD, reasons="事实清楚", **CASE))


def appealed(place: Place) -> None:
    answered(place)
    place.by(place.of_unit(), case.LodgeAppeal(**CASE))


def overturned(place: Place) -> None:
    appealed(place)
    place.by(place.staff("zhou", UPPER), case.DecideAppeal(
        outcome=case.RemedyOutcome.OVERTURNED, reasons="证据不足", **CASE))


def proposed(place: Place) -> None:
    place.li(case.ProposeCase(
        ground_codes=(case.CaseGround.OBSTRUCTION,), source_ids=(uid("item"),),
        subject=case.CaseSubject(kind=case.SubjectKind.UNIT, id=S1), **CASE))


STEPS = (
    (proposed, {"OPENING"}), (opened, set()), (served, {"PUBLICATION", "REVIEW_REQUEST"}),
    (reviewed, {"PUBLICATION", "REVIEW"}), (answered, {"PUBLICATION", "APPEAL_REQUEST"}),
    (appealed, {"PUBLICATION", "APPEAL"}), (overturned, {"PUBLICATION", "CORRECTION"}),
)


@pytest.mark.parametrize(("step", "clocks"), STEPS, ids=[step.__name__ for step, _ in STEPS])
def test_every_clock_of_a_case_that_runs_and_is_provisional_is_counted_again(step: object, clocks: set[str]) -> None:
    place = december()
    assert callable(step)
    step(place)
    publish(place)
    again = place.told(case.CaseDeadlineRecalculated)
    assert {event.clock.value for event in again} == clocks and len(again) == len(clocks)
    assert all(event.new_due_at >= event.old_due_at for event in again)
    publish(place, JANUARY)
    assert len(place.told(case.CaseDeadlineRecalculated)) == len(clocks)


def test_a_step_is_late_when_its_final_deadline_passes_and_not_before() -> None:
    place = december()
    served(place)
    publish(place)
    (moved,) = [one for one in place.told(case.CaseDeadlineRecalculated) if one.clock.value == "PUBLICATION"]
    assert moved.new_due_at > moved.old_due_at + timedelta(days=20)
    place.town.advance_to(moved.new_due_at - timedelta(seconds=1))
    assert place.told(case.CaseOverdueRaised) == []
    place.town.advance_to(moved.new_due_at)
    assert [(one.step.value, one.due_at) for one in place.told(case.CaseOverdueRaised)] == [
        ("PUBLICATION", moved.new_due_at)]


def test_a_remedy_can_be_asked_for_until_the_final_end_of_its_window() -> None:
    place = december()
    served(place)
    publish(place, tuple(date(2027, 1, day) for day in range(1, 29)))
    (moved,) = [one for one in place.told(case.CaseDeadlineRecalculated) if one.clock.value == "REVIEW_REQUEST"]
    assert moved.new_due_at > moved.old_due_at
    place.town.advance_to(moved.new_due_at - timedelta(seconds=1))
    place.by(place.of_unit(), case.RequestReview(**CASE))
    late = december()
    served(late)
    publish(late, tuple(date(2027, 1, day) for day in range(1, 29)))
    late.town.advance_to(moved.new_due_at)
    with pytest.raises(Refused, match="REVIEW_WINDOW_OVER"):
        late.by(late.of_unit(), case.RequestReview(**CASE))


def test_the_time_for_an_answer_to_a_transfer_is_counted_again() -> None:
    place = december()
    place.li(
        transfer.ProposeTransfer(subject_id=S1, category=transfer.TransferCategory.ILLEGAL_RUNNING, **TRANSFER),
        transfer.SendTransfer(to_authority_id=EDU, document_hash="d1", **TRANSFER))
    (sent,) = place.told(transfer.TransferSent)
    publish(place)
    (moved,) = place.told(transfer.TransferDeadlineRecalculated)
    assert sent.provisional and moved.old_due_at == sent.due_at < moved.new_due_at
    place.town.advance_to(moved.new_due_at)
    assert [one.since for one in place.told(transfer.TransferOverdueRaised)] == [moved.new_due_at]
