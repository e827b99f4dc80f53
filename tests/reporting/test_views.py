"""Shows what each view counts, by stories of items on problem lists."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from contracts.rectification.deadlines import DeadlineRecalculated
from contracts.rectification.problem_ledger import (
    ItemCancelled,
    ItemDelegated,
    ItemResumed,
    ItemSuspended,
    ItemVerificationFailed,
)
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.clock import HandClock
from services.chassis.pages import WHOLE, Scope
from services.chassis.pages_memory import MemoryPages
from services.reporting.projector import Projector
from services.reporting.views.ask import Ask
from tests.letters import START, id_of, unit_path
from tests.reporting.story import DUE, LATER, Story

DAY = timedelta(days=1)


def asking(story: Story, now: Any = DUE) -> Ask:
    casebook, pages = story.file_into(MemoryCasebook()), MemoryPages()
    Projector(casebook, pages).follow()
    return Ask(casebook, pages, HandClock(now))


def row(story: Story, view: str, key: str, now: Any = DUE) -> Mapping[str, Any]:
    lines = asking(story, now).view(view, WHOLE).lines
    return {line.key: line.cells for line in lines}[str(id_of(key))]


def cells(found: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(found[name] for name in names)


COUNTS = ("open", "overdue", "in_order", "suspended", "written_off", "reopened")


def counts(story: Story, unit: str = "s1") -> tuple[Any, ...]:
    return cells(row(story, "C1", unit), *COUNTS)


def test_a_registered_item_is_open_on_its_units_list_and_board() -> None:
    story = Story()
    story.item("i1")
    found = row(story, "S1", "i1")
    assert cells(found, "text", "state", "open") == ("食堂食品留样记录不全", "OPEN", True)
    assert found["unit"] == str(id_of("s1"))
    assert counts(story) == (1, 0, 0, 0, 0, 0)


def test_days_left_run_from_the_as_of_instant_to_the_deadline() -> None:
    story = Story()
    story.item("i1")
    assert row(story, "S1", "i1")["days_left"] is None
    story.assigned("i1")
    assert row(story, "S1", "i1", START + DAY)["days_left"] == 9
    assert row(story, "S1", "i1", DUE)["days_left"] == 0
    assert row(story, "S1", "i1", DUE + 3 * DAY)["days_left"] == -3


def test_overdue_is_the_event_the_clock_raised_and_not_a_comparison_of_dates() -> None:
    story = Story()
    story.item("i1")
    story.assigned("i1")
    assert row(story, "S1", "i1", DUE + 3 * DAY)["overdue"] is False
    story.lapsed("i1")
    assert row(story, "S1", "i1")["overdue"] is True
    assert counts(story) == (1, 1, 0, 0, 0, 0)


def test_an_extension_takes_an_item_out_of_overdue() -> None:
    story = Story()
    story.item("i1")
    story.assigned("i1")
    story.lapsed("i1")
    story.extended("i1")
    assert cells(row(story, "S1", "i1"), "overdue", "state", "due_at") == (
        False, "IN_PROGRESS", LATER,
    )
    assert counts(story) == (1, 0, 0, 0, 0, 0)


def test_a_late_completion_report_does_not_wipe_out_the_delay() -> None:
    story = Story()
    story.item("i1")
    story.assigned("i1")
    story.lapsed("i1")
    story.reported("i1")
    assert counts(story) == (1, 1, 0, 0, 0, 0)
    story.says("i1", ItemVerificationFailed, verifier_id=id_of("wang"), reason="不彻底")
    assert counts(story) == (1, 1, 0, 0, 0, 0)


def test_a_recalculated_deadline_moves_the_date_only() -> None:
    story = Story()
    story.item("i1")
    story.assigned("i1")
    event = DeadlineRecalculated(
        subject_id=id_of("i1"), old_due_at=DUE, new_due_at=LATER, calendar_revision="2027"
    )
    story.rectification.says(event, "ledger-s1", "s1")
    assert cells(row(story, "S1", "i1"), "due_at", "state") == (LATER, "ASSIGNED")


def test_an_order_stands_over_its_items_until_it_is_closed() -> None:
    story = Story()
    for item in ("i1", "i2"):
        story.item(item)
        story.assigned(item)
        story.lapsed(item)
    story.ordered("i1")
    assert row(story, "S1", "i1")["order_no"] == "示教督〔2026〕3号"
    assert row(story, "S1", "i2")["order_no"] is None
    assert counts(story) == (2, 2, 1, 0, 0, 0)
    story.reported("i1")
    assert counts(story) == (2, 2, 1, 0, 0, 0)
    story.order_closed()
    assert counts(story) == (2, 2, 0, 0, 0, 0)


def test_a_written_off_item_is_neither_open_nor_overdue() -> None:
    story = Story()
    story.item("i1")
    story.assigned("i1")
    story.lapsed("i1")
    story.reported("i1")
    story.written_off("i1")
    assert counts(story) == (0, 0, 0, 0, 1, 0)
    assert cells(row(story, "S1", "i1"), "open", "days_left") == (False, None)


def test_a_reopened_item_is_open_again_with_a_new_deadline_and_remembers_it() -> None:
    story = Story()
    story.item("i1")
    story.assigned("i1")
    story.lapsed("i1")
    story.reported("i1")
    story.written_off("i1")
    story.reopened("i1")
    assert counts(story) == (1, 0, 0, 0, 0, 1)
    assert cells(row(story, "S1", "i1"), "state", "due_at", "reopened") == ("REOPENED", LATER, 1)


def test_a_suspended_item_is_shown_apart_and_not_as_open() -> None:
    story = Story()
    story.item("i1")
    story.says("i1", ItemSuspended, reason="校舍拆迁", review_at=LATER)
    assert counts(story) == (0, 0, 0, 1, 0, 0)
    story.says("i1", ItemResumed, reason="复核")
    assert counts(story) == (1, 0, 0, 0, 0, 0)


def test_a_cancelled_item_counts_nowhere() -> None:
    story = Story()
    story.item("i1")
    story.says("i1", ItemCancelled, corrects_event_id=id_of("event"), reason="问题撤回")
    assert counts(story) == (0, 0, 0, 0, 0, 0)


def test_the_oldest_age_is_that_of_the_oldest_open_item() -> None:
    story = Story()
    story.item("i1", at=START + DAY)
    story.item("i2", at=START + 5 * DAY)
    assert row(story, "C1", "s1", START + 9 * DAY)["oldest_age"] == 8
    story.says("i1", ItemCancelled, corrects_event_id=id_of("event"), reason="问题撤回")
    assert row(story, "C1", "s1", START + 9 * DAY)["oldest_age"] == 4
    story.says("i2", ItemCancelled, corrects_event_id=id_of("event"), reason="问题撤回")
    assert row(story, "C1", "s1")["oldest_age"] is None


def test_a_repointed_item_moves_to_its_successors_list_and_board_with_its_text() -> None:
    story = Story()
    story.item("i1", "s1")
    story.item("i2", "s1")
    story.assigned("i1")
    story.lapsed("i1")
    story.repointed("i1", "s2", "OVERDUE")
    assert counts(story, "s1") == (1, 0, 0, 0, 0, 0)
    assert counts(story, "s2") == (1, 1, 0, 0, 0, 0)
    found = row(story, "S1", "i1")
    assert cells(found, "unit", "text") == (str(id_of("s2")), "食堂食品留样记录不全")
    story.reported("i1")
    story.written_off("i1")
    assert counts(story, "s2") == (0, 0, 0, 0, 1, 0)


def test_the_former_unit_sees_a_repointed_item_no_longer_and_the_successor_does() -> None:
    story = Story()
    story.item("i1", "s1")
    story.repointed("i1", "s2", "OPEN")
    ask = asking(story)
    assert ask.view("S1", Scope((unit_path("s1"),))).lines == []
    assert [line.key for line in ask.view("S1", Scope((unit_path("s2"),))).lines] == [
        str(id_of("i1"))
    ]


def test_the_board_lists_units_without_items_under_their_present_names() -> None:
    story = Story()
    story.unit("s1", "示例一小")
    story.unit("s2", "示例二小")
    story.renamed("s2", "示例实验小学")
    story.closed("s1")
    assert cells(row(story, "C1", "s1"), "name", "open", "closed") == ("示例一小", 0, True)
    assert cells(row(story, "C1", "s2"), "name", "kind") == ("示例实验小学", "SCHOOL")


def test_a_unit_without_items_is_seen_by_its_county_and_not_by_the_next() -> None:
    story = Story()
    story.unit("s1", "示例一小")
    ask = asking(story)
    for place, count in [("990000/990101/", 1), ("990000/990102/", 0), (unit_path("s1"), 1)]:
        assert len(ask.view("C1", Scope((place,))).lines) == count


def test_who_manages_a_unit_sees_its_board_and_who_gets_a_task_sees_the_item() -> None:
    story = Story()
    story.unit("s1", "示例一小")
    story.managed("s1", "city-edu", "city-dept")
    story.item("i1", department="city-dept")
    story.says("i1", ItemDelegated, to_member_unit_id=id_of("finance"), due_at=DUE)
    ask = asking(story)
    for view, party, count in [
        ("C1", "city-edu", 1), ("C1", "city-dept", 1), ("C1", "finance", 0),
        ("S1", "finance", 1), ("S1", "city-dept", 1), ("S1", "city-edu", 0),
    ]:
        assert len(ask.view(view, Scope(party=str(id_of(party)))).lines) == count


def test_letters_about_what_is_no_item_leave_no_row() -> None:
    story = Story()
    event = DeadlineRecalculated(
        subject_id=id_of("plan"), old_due_at=DUE, new_due_at=LATER, calendar_revision="2027"
    )
    story.rectification.says(event, "plan", "s1")
    assert asking(story).view("S1", WHOLE).lines == []
