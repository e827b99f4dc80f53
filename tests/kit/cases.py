"""One case per row of a life-cycle table, from which the four promises of the row are tested.

A case says: given these events, when this command is sent, then these events follow. From it follow
the others by machine: said again it is quiet; from every other state it is refused; and each guard of
the row refuses when the case is changed as `refused` says. `suite` also fails when a row has no case
or a guard has no refusal, so that the table of coverage has no hole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest

from contracts.record import Command, Event
from contracts.values import DUDAO, Actor, Role, Tier
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.facts import AppliedPolicy, Facts, Origin
from services.chassis.life_cycle import LifeCycle, Refused, Row
from services.chassis.official_calendar import official_calendar
from services.chassis.policies import PolicyStore
from services.chassis.policy_values import PolicyDocument, PolicyEntry

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
PLACE = "990101"


def uid(name: str) -> UUID:
    """The same UUID for the same short name, in every test."""
    return uuid5(DUDAO, f"test/{name}")


def staff(name: str = "li", body: str = "office", role: Role = Role.OFFICE_STAFF) -> Actor:
    """A person of a body."""
    return Actor(person_id=uid(name), role=role, body_id=uid(body))


def unit_user(name: str = "zhao", unit: str = "s1") -> Actor:
    """A person of the supervised unit."""
    return Actor(person_id=uid(name), role=Role.UNIT_USER, unit_id=uid(unit))


TIMER = Actor(person_id=uid("timer"), role=Role.TIMER)
POLICY = Actor(person_id=uid("policy"), role=Role.POLICY, acts_for=uid("office"))


@dataclass(frozen=True, kw_only=True)
class Case:
    """Given, when, then; `policy` are values by key, `looked_up` what the application would gather."""

    given: Sequence[Event] = ()
    when: Command
    then: Sequence[Event]
    by: Actor = field(default_factory=staff)
    at: datetime = AT
    policy: Mapping[str, Any] = field(default_factory=dict)
    looked_up: Mapping[str, Any] = field(default_factory=dict)
    stream: UUID = field(default_factory=lambda: uid("stream"))
    refused: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def facts_of(case: Case) -> Facts:
    """What the deciding method is told."""
    entries = {key: PolicyEntry(v=value) for key, value in case.policy.items()}
    document = PolicyDocument(
        jurisdiction=PLACE, kind="COUNTY", document="test", title="test", status="in-force", values=entries,
    )
    store = PolicyStore().publish(document)
    policy = AppliedPolicy(store, ("CN", "990000", PLACE), case.at, Tier.COUNTY)
    path = f"990000/{PLACE}/"
    origin = Origin(
        jurisdiction=PLACE, tier=Tier.COUNTY, owner_body=uid("office"),
        owner_path=f"{path}{uid('office')}", unit_path=f"{path}{uid('s1')}",
    )
    return Facts(case.at, case.by, policy, official_calendar(), origin, given=dict(case.looked_up))


def folded(kind: type[Aggregate], case: Case) -> Any:
    """The aggregate after the given events."""
    aggregate = kind(stream=case.stream)
    for event in case.given:
        aggregate.evolve(event)
    return aggregate


def decide(kind: type[Aggregate], case: Case, aggregate: Any = None) -> tuple[Event, ...]:
    """What follows from a case."""
    return (aggregate or folded(kind, case)).decide(case.when, facts_of(case))


def row_of(kind: type[Aggregate], case: Case) -> tuple[LifeCycle, Row]:
    """The row of the table that a case is about."""
    cycle, rows = charter_of(kind).rows[type(case.when)]
    aggregate = folded(kind, case)
    state = aggregate.subject(cycle, case.when).state
    for line in rows:
        if state in cycle.sources(line):
            return cycle, line
    raise AssertionError(f"{type(case.when).__name__} cannot start from {state}")


def states_elsewhere(kind: type[Aggregate], case: Case) -> Iterator[str]:
    """Every state from which no row of the command starts."""
    cycle, rows = charter_of(kind).rows[type(case.when)]
    allowed = {state for line in rows for state in cycle.sources(line)}
    yield from (state for state in cycle.states if state not in allowed)


def check_accepted(kind: type[Aggregate], case: Case) -> None:
    """The right events, exactly."""
    assert list(decide(kind, case)) == list(case.then)


def check_quiet(kind: type[Aggregate], case: Case) -> None:
    """Said again, nothing more follows."""
    aggregate = folded(kind, case)
    for event in decide(kind, case, aggregate):
        aggregate.evolve(event)
    assert decide(kind, case, aggregate) == ()


def check_elsewhere(kind: type[Aggregate], case: Case, state: str) -> None:
    """Refused in a state from which no row starts, with a sentence."""
    aggregate = folded(kind, case)
    cycle, _ = charter_of(kind).rows[type(case.when)]
    subject = aggregate.subject(cycle, case.when)
    subject.state = state
    if cycle.entities is not None:
        getattr(aggregate, cycle.entities[0])[cycle.key_of(case.when)] = subject
    with pytest.raises(Refused) as refusal:
        decide(kind, case, aggregate)
    assert refusal.value.code == "STATE_NOT_ALLOWED"
    assert state in refusal.value.sentence


def check_guard(kind: type[Aggregate], case: Case, code: str) -> None:
    """The guard refuses by its code once the case is changed."""
    with pytest.raises(Refused) as refusal:
        decide(kind, replace(case, **case.refused[code]))
    assert refusal.value.code == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.sentence)


def holes(kind: type[Aggregate], cases: Sequence[Case]) -> list[str]:
    """Rows without a case and guards without a refusal."""
    wanted = {
        (line.command.__name__, line.source, guard)
        for cycle in kind.life_cycles for line in cycle.rows
        for guard in ["accepted", *(g.code for g in (*line.who, *line.when))]
    }
    for case in cases:
        line = row_of(kind, case)[1]
        wanted -= {(line.command.__name__, line.source, code) for code in ["accepted", *case.refused]}
    return sorted(map(str, wanted))


def _named(value: str | Case) -> str:
    return value if isinstance(value, str) else type(value.when).__name__


def suite(kind: type[Aggregate], cases: Sequence[Case]) -> tuple[Callable[..., None], ...]:
    """Five test functions: accepted, quiet, refused elsewhere, guards, no hole."""
    names = [f"{type(case.when).__name__}-{number}" for number, case in enumerate(cases)]

    @pytest.mark.parametrize("case", cases, ids=names)
    def test_the_right_events_follow(case: Case) -> None:
        check_accepted(kind, case)

    @pytest.mark.parametrize("case", cases, ids=names)
    def test_said_again_it_is_quiet(case: Case) -> None:
        check_quiet(kind, case)

    elsewhere = [(case, state) for case in cases for state in states_elsewhere(kind, case)]

    @pytest.mark.parametrize(("case", "state"), elsewhere, ids=_named)
    def test_it_is_refused_from_every_other_state(case: Case, state: str) -> None:
        check_elsewhere(kind, case, state)

    guards = [(case, code) for case in cases for code in case.refused]

    @pytest.mark.parametrize(("case", "code"), guards, ids=_named)
    def test_each_guard_refuses_by_its_code(case: Case, code: str) -> None:
        check_guard(kind, case, code)

    def test_no_row_and_no_guard_is_without_a_test() -> None:
        assert holes(kind, cases) == []

    return (
        test_the_right_events_follow, test_said_again_it_is_quiet,
        test_it_is_refused_from_every_other_state, test_each_guard_refuses_by_its_code,
        test_no_row_and_no_guard_is_without_a_test,
    )
