"""The work that is measured: problems on the real problem ledger are assigned to a responsible person."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import Tracking

from contracts.record import Command, command_digest
from contracts.rectification import problem_ledger as said
from contracts.values import Actor, Role, Severity, Tier, natural_id
from contracts.wire import name_of
from services.chassis.clock import system_clock
from services.chassis.identity import TokenReader, new_key
from services.chassis.memos import Memo
from services.chassis.policy_values import PolicyDocument, PolicyEntry
from services.chassis.reference import Body, Place, Unit
from services.chassis.work import Intent
from services.rectification.application import Rectification

OFFICE, UNIT, PERSON = (natural_id("bench", name) for name in ("office", "unit", "person"))
ACTOR = Actor(person_id=PERSON, role=Role.OFFICE_STAFF, body_id=OFFICE)
LETTERS = itertools.count(1)
POLICY = PolicyDocument(
    jurisdiction="990000", kind="PROVINCE", document="bench", title="bench", status="in-force",
    values={"rectification.item.defaultDeadline": PolicyEntry(v={"amount": 20, "calendar": "WORKING_DAYS"})},
)


def service(logs: Any, *, lasting: bool = False) -> Rectification:
    """Rectification with one place, one body, one unit and one policy; `lasting` also for its other processes."""
    app = Rectification(logs, TokenReader(new_key(), system_clock))
    place = Place(code="990000", kind="PROVINCE", name="示例省", path=("990000",))
    office = Body(body_id=OFFICE, kind="OFFICE", tier=Tier.PROVINCE, place="990000", name="督导办", supervises=True)
    copies = [
        app.reference.put(place, "990000"), app.reference.put(office, OFFICE),
        app.reference.put(Unit(unit_id=UNIT, kind="SCHOOL", name="一中", place="990000"), UNIT),
        app.reference.publish(POLICY),
    ]
    if lasting:
        work = app.work()
        work.memos += app.reference.changed(1, copies)
        app.append(work)
    return app


def intent(command: Command) -> Intent:
    """As the choke point makes one of a submission."""
    at = datetime.now(UTC) - timedelta(seconds=1)
    return Intent(command=command, actor=ACTOR, at=at, causation_id=uuid4())


def registration(activity: UUID | None = None) -> said.RegisterItem:
    """One item found in an activity, a new one unless it is given."""
    activity = activity or uuid4()
    return said.RegisterItem(
        ledger_id=natural_id("ProblemLedger", UNIT, activity, OFFICE), item_id=uuid4(), unit_id=UNIT,
        issuing_body_id=OFFICE, source_activity_id=activity, source=said.ItemSource.CONFIRMED_FINDING,
        text="食堂食品留样记录不全", severity=Severity.GENERAL,
    )


def registered(app: Rectification, items: int) -> list[UUID]:
    """New ledgers with one item each; returns the items."""
    made = []
    for start in range(0, items, 500):
        work = app.work()
        for _ in range(min(500, items - start)):
            wanted = registration()
            app.decide(work, intent(wanted))
            made.append(wanted.item_id)
        app.append(work)
    return made


def long_ledger(app: Rectification, events: int) -> UUID:
    """One ledger with so many events: opened, then items registered."""
    activity, work = uuid4(), app.work()
    while len(work.records) < events:
        app.decide(work, intent(registration(activity)))
    app.append(work)
    return natural_id("ProblemLedger", UNIT, activity, OFFICE)


def lists() -> Iterator[UUID]:
    """An activity for each problem, twenty on its list, without end."""
    return itertools.chain.from_iterable(itertools.repeat(uuid4(), 20) for _ in itertools.count())


def registering(app: Rectification) -> Callable[[], int]:
    """Each call stores one more problem and its number, twenty to a list, in one commit; returns its position."""
    activities = lists()

    def one() -> int:
        wanted = intent(registration(next(activities)))
        return app.settle(wanted, wanted.causation_id or uuid4(), _digest(wanted)).position

    return one


def assignment(item: UUID) -> said.AssignItem:
    """One event; two are loaded before."""
    return said.AssignItem(item_id=item, person_id=PERSON, basis="HN§11")


def obey(app: Rectification, item: UUID) -> None:
    """As a letter's command: load, decide, then event, tracking and receipt in one commit."""
    wanted = intent(assignment(item))
    work = app.work()
    app.decide(work, wanted)
    work.memos.append(Memo("command", str(wanted.causation_id), _digest(wanted), fresh=True))
    app.append(work, Tracking("findings", next(LETTERS)))


def settle(app: Rectification, item: UUID) -> None:
    """As a person's command behind the door: load, decide, then event and receipt in one commit."""
    wanted = intent(assignment(item))
    app.settle(wanted, wanted.causation_id or uuid4(), _digest(wanted))


def _digest(wanted: Intent) -> bytes:
    return command_digest(name_of(type(wanted.command)), wanted.command, wanted.actor).encode()
