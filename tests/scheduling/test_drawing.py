"""The draw is fair, always the same, and an independent program of sixty lines agrees with it or sees the change."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from contracts import verify_draw
from contracts.record import Event, event_id, seal
from contracts.scheduling import double_random_draw as said
from services.scheduling.domain.drawing import (
    ALGORITHM,
    SPACE,
    below,
    commitment_of,
    drawn,
    ranked,
    rankings,
    seed_of,
)
from tests.contracts.examples import head_of
from tests.kit.cases import uid

DRAW = uid("draw")
Pool = said.Pool


def prepared(units: list[UUID], people: list[UUID], counts: tuple[int, int], **rules: Any) -> said.DrawPrepared:
    fields = {"exclusions": (), "strata": (), "weights": {}, **rules}
    return said.DrawPrepared(
        draw_id=DRAW, activity_id=uid("activity"), attempt=1, unit_pool=tuple(units), inspector_pool=tuple(people),
        unit_count=counts[0], inspector_count=counts[1], **fields)


@some.composite
def registers(draw: Any) -> said.DrawPrepared:
    """Registers with a few exclusions, weights and two strata of units."""
    ids = some.lists(some.uuids(), min_size=2, max_size=12, unique=True)
    units, people = sorted(draw(ids), key=str), sorted(draw(ids), key=str)
    half, out = len(units) // 2, draw(some.sampled_from(people))
    excluded = (said.Exclusion(id=out, pool=Pool.INSPECTORS, reason=said.ExclusionReason.RECUSED),)
    name = draw(some.text(max_size=5))
    strata = tuple(said.Stratum(name=name + end, pool=Pool.UNITS, members=tuple(members), count=1)
                   for end, members in (("甲", units[:half]), ("乙", units[half:])))
    weights = {one: draw(some.integers(1, 9)) for one in units[:3]}
    return prepared(units, people, (2, 1), exclusions=excluded, strata=strata, weights=weights)


def history(frozen: said.DrawPrepared, value: str) -> list[Event]:
    commitment = commitment_of(frozen)
    parts = (said.SeedContribution(party="公证员\u2028甲", method=said.SeedMethod.DICE, value=value),)
    seed = seed_of(commitment, parts)
    units, people = (drawn(frozen, seed, pool) for pool in Pool)
    return [
        frozen, said.DrawCommitted(draw_id=DRAW, commitment=commitment, algorithm_version=ALGORITHM),
        said.DrawExecuted(draw_id=DRAW, contributions=parts, seed=seed, units=units, inspectors=people)]


def substituted(events: list[Event]) -> said.DrawSubstituted:
    frozen, executed = events[0], events[2]
    assert isinstance(frozen, said.DrawPrepared) and isinstance(executed, said.DrawExecuted)
    order = rankings(frozen, executed.seed, Pool.INSPECTORS)[0].order
    return said.DrawSubstituted(
        draw_id=DRAW, removed_id=order[0], new_id=order[1], index=2, reason=said.SubstitutionReason.ILLNESS)


def exported(events: Iterable[Event]) -> str:
    records = []
    for version, event in enumerate(events, 1):
        head = msgspec.structs.replace(
            head_of(type(event)), stream=DRAW, version=version, event_id=event_id(DRAW, version))
        records.append(seal(head, event))
    return b"".join(records).decode()


def wrong(events: Iterable[Event]) -> list[str]:
    return [sentence for bad, sentence in verify_draw.faults(exported(events)) if bad]


@given(registers(), some.text("0123456789", min_size=1))
def test_the_independent_program_agrees_on_any_registers(frozen: said.DrawPrepared, value: str) -> None:
    assert wrong(history(frozen, value)) == []


@given(registers(), some.data())
def test_any_changed_row_of_a_register_breaks_the_commitment(frozen: said.DrawPrepared, data: Any) -> None:
    events = history(frozen, "41625")
    place = data.draw(some.integers(0, len(frozen.inspector_pool) - 1))
    people = [*frozen.inspector_pool]
    people[place] = uid("friend")
    changed = data.draw(some.sampled_from([
        {"inspector_pool": tuple(people)}, {"inspector_pool": frozen.inspector_pool[1:]}, {"exclusions": ()},
        {"unit_count": 1}, {"weights": {**frozen.weights, uid("friend"): 5}}, {"strata": ()}, {"attempt": 2}]))
    events[0] = msgspec.structs.replace(frozen, **changed)
    assert "名录或规则与承诺值不符" in wrong(events)


def some_history() -> list[Event]:
    names = [uid(f"n{number}") for number in range(9)]
    return history(prepared(names[:5], names[5:], (2, 1)), "52341")


def changed(place: int, **fields: Any) -> list[Event]:
    events = some_history()
    events[place] = msgspec.structs.replace(events[place], **fields)
    return events


@pytest.mark.parametrize(("events", "sentence"), [
    (changed(2, units=(uid("n0"), uid("n1"))), "结果与种子不符"),
    (changed(2, contributions=()), "种子与份额不符"),
    (changed(2, seed="0" * 64), "种子与份额不符"),
    (changed(1, commitment="0" * 64), "名录或规则与承诺值不符"),
    ([*some_history(), some_history()[2]], "顺序不对"),
    ([some_history()[place] for place in (0, 2, 1)][:2] + some_history()[:1], "KeyError"),
    ([*some_history(), msgspec.structs.replace(substituted(some_history()), index=3)], "替补不是同一种子的下一序号"),
])
def test_each_way_to_cheat_is_seen(events: list[Event], sentence: str) -> None:
    try:
        found = wrong(events)
    except (KeyError, AttributeError):
        found = ["KeyError"]
    assert sentence in found


def test_the_next_of_the_same_seed_is_recognised_as_the_substitute() -> None:
    assert wrong([*some_history(), substituted(some_history())]) == []


@pytest.mark.parametrize(("events", "code"), [(some_history(), 0), (changed(2, seed="0" * 64), 1)])
def test_it_runs_alone_on_an_export_and_answers_by_its_exit_code(tmp_path: Path, events: Any, code: int) -> None:
    (tmp_path / "draw.records").write_bytes(exported(events).encode())
    run = subprocess.run(
        [sys.executable, "-I", str(Path(verify_draw.__file__)), str(tmp_path / "draw.records")], check=False)
    assert run.returncode == code


def test_it_is_sixty_lines_of_the_standard_library_at_most() -> None:
    text = Path(verify_draw.__file__).read_text("utf-8")
    assert len(text.splitlines()) <= 60
    assert not [line for line in text.splitlines() if line.startswith(("from contracts", "from services"))]


def test_a_ticket_beyond_the_last_whole_multiple_is_thrown_away() -> None:
    assert below(3, iter([SPACE - 1, 7])) == 1
    assert below(2, iter([SPACE - 1])) == 1


def test_every_name_is_drawn_about_as_often_and_a_double_weight_twice() -> None:
    names = [uid(f"n{number}") for number in range(4)]
    weights = {names[0]: 2}
    first = Counter(ranked(f"{seed}", "UNITS/", names, weights)[0] for seed in range(4000))
    assert {one: round(first[one] / 800) for one in names} == {names[0]: 2, names[1]: 1, names[2]: 1, names[3]: 1}


def test_the_same_seed_gives_the_same_result_whatever_the_order_of_the_register() -> None:
    names = [uid(f"n{number}") for number in range(9)]
    assert ranked("seed", "UNITS/", names, {}) == ranked("seed", "UNITS/", names[::-1], {})
