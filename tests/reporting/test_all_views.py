"""Shows for every view there is: same bytes however letters came, then as now, and nobody sees a sibling's rows."""

from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.letter import Letter
from services.chassis.as_of import Cut, Happened
from services.chassis.casebook_memory import MemoryCasebook
from services.chassis.pages import WHOLE, Scope
from services.chassis.pages_memory import MemoryPages
from services.reporting.projector import Projector
from services.reporting.views import REPORTS, VIEWS
from services.reporting.views.ask import Ask
from services.reporting.views.folding import folded, rows_of
from tests.letters import START
from tests.reporting.desk import NOW, Desk
from tests.reporting.tale import COUNTY, NEIGHBOUR, PREFECTURE
from tests.reporting.tale_of_problems import ProblemTale

Move = Callable[[ProblemTale], object]
SCHOOLS = ("s1", "s2", "n1", "own")
MOVES: Sequence[Move] = (
    lambda tale: tale.active("wu", "FULL_TIME"), lambda tale: tale.active("li"), lambda tale: tale.card("wu"),
    lambda tale: tale.listed("s1", "wu"), lambda tale: tale.listed("n1", "li"), lambda tale: tale.suspended("wu"),
    lambda tale: tale.exited("li"), lambda tale: tale.card_suspended("wu"),
    lambda tale: tale.area("a1", ["s1", "s2"], ["wu", "li"]), lambda tale: tale.trained("wu", 20),
    lambda tale: tale.reserved("s1", "act", "b1"), lambda tale: tale.consumed("s1", "act"),
    lambda tale: tale.prepared("draw"), lambda tale: tale.committed("draw"), lambda tale: tale.executed("draw"),
    lambda tale: tale.abandoned("draw"), lambda tale: tale.prepared("draw2", attempt=2),
    lambda tale: tale.item("i4", "n1", "edu"), lambda tale: tale.lapsed("i1"), lambda tale: tale.written_off("i1"),
    lambda tale: tale.written_off("i2"), lambda tale: tale.reopened("i1"), lambda tale: tale.reported("i3", "补齐"),
    lambda tale: tale.plan("s1", ("i1", "i2")), lambda tale: tale.sent_back("s1"),
    lambda tale: tale.order("o1", "s1", "i1"), lambda tale: tale.issued("o1", "s1", "i1"),
    lambda tale: tale.looked("look", "s1", "i1", "i2"), lambda tale: tale.performed("look"),
    lambda tale: tale.false("look", "i1"), lambda tale: tale.rebounded("look", "i2"),
    lambda tale: tale.conduct("wang"), lambda tale: tale.urged("i1", "edu"), lambda tale: tale.liable("i1", "edu"),
    lambda tale: tale.interview("talk", "s1"), lambda tale: tale.filed("talk", "s1", "party", receipt=True),
    lambda tale: tale.circular("c1", "n1", "party"), lambda tale: tale.received("c1", "n1", "party"),
    lambda tale: tale.case("case", "s2"), lambda tale: tale.decided("case", "s2"),
    lambda tale: tale.published("case", "s2"), lambda tale: tale.policy(version=2),
    lambda tale: tale.year_plan(), lambda tale: tale.year_plan(late=True),
    lambda tale: tale.planned("open", "s1", "s2"), lambda tale: tale.teamed("open", "wu", "li"),
    lambda tale: tale.noticed("open", "s1"), lambda tale: tale.begun("open"), lambda tale: tale.finished("open", "s1"),
    lambda tale: tale.planned("flying", "s2", visibility="FLYING"), lambda tale: tale.begun("flying"),
    lambda tale: tale.owed("qh", f"office-{COUNTY}", "PLENARY_MEETING"), lambda tale: tale.not_done("qh"),
    lambda tale: tale.owed("zh", "s1"), lambda tale: tale.done("zh"), lambda tale: tale.waived("zh", "新校"),
    lambda tale: tale.version("2.0", "A1"), lambda tale: tale.version("3.0", "B1"),
    lambda tale: tale.mapped("2.0", "3.0", "A1", "B1"), lambda tale: tale.scored("s1", "2.0", A1="80"),
    lambda tale: tale.scored("own", "3.0", B1="87.5"),
)
moves = st.lists(st.sampled_from(MOVES), max_size=25)
turns = st.lists(st.integers(0, 5), max_size=40)
few = settings(max_examples=40, deadline=None)


def tale_of(chosen: Sequence[Move]) -> ProblemTale:
    tale = ProblemTale()
    return told(tale, chosen)


def told(tale: ProblemTale, chosen: Sequence[Move]) -> ProblemTale:
    tale.country()
    tale.policy()
    tale.school("s1", department="edu")
    tale.school("s2", "KINDERGARTEN", ownership="PRIVATE")
    tale.school("n1", place=NEIGHBOUR)
    tale.school("own", managed_by=f"office-{PREFECTURE}")
    for item, unit in [("i1", "s1"), ("i2", "s2"), ("i3", "own")]:
        tale.item(item, unit)
    for move in chosen:
        move(tale)
    return tale


def merged(tale: ProblemTale, chosen: Sequence[int]) -> list[Letter]:
    """One interleaving of the senders, each in its own order."""
    lines = [list(sender.letters) for sender in tale.senders.values()]
    order = [lines[turn].pop(0) for turn in chosen if lines[turn]]
    return order + [letter for line in lines for letter in line]


def everything(pages: MemoryPages) -> dict[str, list[object]]:
    return {name: list(pages.find(pages.current(view.shelf) or "", WHOLE)) for name, view in VIEWS.items()}


def from_zero(casebook: MemoryCasebook) -> dict[str, list[object]]:
    cut = Cut(casebook.last_number(), START)
    return {
        name: [row for row in rows_of(view, folded(view, casebook, cut)) if row.document]
        for name, view in VIEWS.items()
    }


@few
@given(moves, turns, st.integers(1, 30), st.integers(1, 5))
def test_any_interleaving_duplication_and_batching_gives_the_pages_of_a_fold_from_zero(
    chosen: list[Move], order: list[int], batch: int, again: int
) -> None:
    casebook, pages = MemoryCasebook(), MemoryPages()
    projector = Projector(casebook, pages, batch=batch)
    letters = merged(tale_of(chosen), order)
    for start in range(len(letters)):
        casebook.file(letters[max(0, start - again) : start + 1])
        if start % (again * 7) == 0:
            projector.follow()
    assert projector.follow() == len(letters)
    assert everything(pages) == from_zero(casebook)


@few
@given(moves, st.integers(1, 30), st.integers(0, 20))
def test_a_rebuild_gives_the_bytes_of_the_pages_that_grew(chosen: list[Move], batch: int, held: int) -> None:
    casebook, pages = tale_of(chosen).file_into(MemoryCasebook()), MemoryPages()
    projector = Projector(casebook, pages, batch=batch, held=held)
    projector.follow()
    grown = everything(pages)
    projector.rebuild()
    assert everything(pages) == grown


@few
@given(moves, turns, turns)
def test_the_order_in_which_senders_are_heard_changes_no_row_of_any_view(
    chosen: list[Move], some: list[int], other: list[int]
) -> None:
    said = []
    for order in (some, other):
        desk = Desk()
        desk.casebook.file(merged(tale_of(chosen), order))
        Projector(desk.casebook, desk.pages).follow()
        said.append({name: shown(desk.ask, name) for name in REPORTS})
    assert said[0] == said[1]


def shown(ask: Ask, name: str, at: object = None) -> list[tuple[str, object]]:
    return [(line.key, line.cells) for line in ask.view(name, WHOLE, at=at).lines]  # type: ignore[arg-type]


@cache
def full() -> Desk:
    """Everything that can be told, told once, in an order that makes sense."""
    desk = Desk()
    told(desk, MOVES)
    desk.publish()
    return desk


def test_the_full_tale_has_a_row_in_every_view() -> None:
    assert [name for name in REPORTS if not shown(full().ask, name)] == []


@pytest.mark.parametrize("name", REPORTS)
def test_as_of_any_number_a_view_says_what_it_said_then(name: str) -> None:
    desk, last = full(), full().casebook.last_number()
    for number in range(1, last + 1, 3):
        then = MemoryCasebook()
        then.file([filed.letter for filed in desk.casebook.read(0, number)])
        pages = MemoryPages()
        Projector(then, pages).follow()
        instant = desk.casebook.instant_of(number)
        assert instant is not None
        said = shown(Ask(then, pages, lambda instant=instant: instant), name)  # type: ignore[misc]
        assert shown(desk.ask, name, number) == said


@pytest.mark.parametrize("name", REPORTS)
def test_what_had_happened_by_now_is_what_is_known_now(name: str) -> None:
    assert shown(full().ask, name, Happened(NOW)) == shown(full().ask, name)


@pytest.mark.parametrize("name", REPORTS)
def test_a_county_sees_its_rows_and_none_of_its_sibling_and_a_stranger_none(name: str) -> None:
    ask = full().ask
    here, there = ({line.key for line in ask.view(name, Scope((path,))).lines} for path in (COUNTY, NEIGHBOUR))
    assert not here & there
    assert not ask.view(name, Scope()).lines and not ask.view(name, Scope(("880000/",))).lines


@pytest.mark.parametrize("name", REPORTS)
def test_every_row_opens_to_the_letters_behind_it_the_last_one_being_its_number(name: str) -> None:
    ask = full().ask
    for line in ask.view(name, WHOLE).lines:
        numbers = [filed.number for filed in ask.behind(name, WHOLE, line.key)]
        assert numbers == sorted(set(numbers)) and numbers[-1] == line.number
        assert ask.behind(name, Scope(("880000/",)), line.key) == []


@few
@given(moves)
def test_counties_and_what_an_upper_place_runs_itself_add_up_to_its_total(chosen: list[Move]) -> None:
    desk = Desk()
    told(desk, chosen)
    for name, counts in {
        "P1": ("open", "overdue", "reopened", "written_off", "write_off_rate_numerator", "write_off_rate_denominator"),
        "P4": ("schools", "required", "actual", "full_time", "engaged"),
        "P5": ("coverage_numerator", "coverage_denominator", "primary_denominator"),
    }.items():
        rows = desk.rows(name)
        parts = [row for key, row in rows.items() if row["level"] != "total"]
        for count in counts:
            assert rows["990000"][count] == rows["990100"][count] == sum(row[count] for row in parts)
