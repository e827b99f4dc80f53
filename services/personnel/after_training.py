"""What follows a training year: opened with the first duty, one after the other, and what a missed one costs."""

from collections.abc import Iterator
from typing import Any

from contracts.letter import Letter
from contracts.personnel import credential, training_year
from contracts.record import Command
from services.chassis.loading import origin_of
from services.chassis.policy_values import china_day
from services.personnel.finding import App, cards, standing

Wishes = Iterator[Command]
TRAINED = frozenset({"ACTIVE", "SUSPENDED"})


def open_training_year(_: App, letter: Letter) -> Wishes:
    """Active from now on: the year of the first day."""
    event: Any = letter.event
    year = china_day(letter.head.occurred_at).year
    yield training_year.OpenTrainingYear(inspector_id=event.inspector_id, year=year)


def open_next_year(app: App, letter: Letter) -> Wishes:
    """One closes, the next opens, as long as the inspector serves."""
    event: Any = letter.event
    if standing(app, event.inspector_id)["inspector_state"] in TRAINED:
        yield training_year.OpenTrainingYear(inspector_id=event.inspector_id, year=event.year + 1)


def suspend_untrained(app: App, letter: Letter) -> Wishes:
    """Where policy says so, whoever missed the hours shows no card (domain 3.1.3)."""
    event: Any = letter.event
    policy = app.applied(origin_of(letter.head), letter.head.occurred_at)
    if not event.satisfied and policy.get("training.lapseSuspendsCredential"):
        for card in cards(app, event.inspector_id):
            yield credential.SuspendCredential(credential_id=card.stream, reason=f"{event.year} 年培训学时未达标")


def year_closed(app: App, letter: Letter) -> Wishes:
    """The next year, and what this one costs."""
    yield from open_next_year(app, letter)
    yield from suspend_untrained(app, letter)
