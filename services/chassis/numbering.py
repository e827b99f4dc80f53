"""Numbering: numbers without gaps, taken from a register's stream in the commit of the event that bears them."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from contracts.record import Command, aggregate_of
from contracts.values import natural_id
from services.chassis.aggregates import Aggregate
from services.chassis.calendar import CHINA_TIME
from services.chassis.facts import Facts, Origin
from services.chassis.work import Intent, Work


class Numbered(NamedTuple):
    """What is numbered, the field of its command that names the bearer, how (place, year, number) reads, what takes it.

    `takes` is a creating command with the natural key organ, kind, year; its aggregate knows the last `number`.
    """

    kind: str
    bearer: str
    reads: Callable[[str, int, int], str]
    takes: type[Any]

    def taking(self, intent: Intent, organ: UUID) -> Command:
        """The wish for the organ's next number in the year of the command, as the calendar in China has it."""
        year = intent.at.astimezone(CHINA_TIME).year
        register = natural_id(aggregate_of(self.takes), organ, self.kind, year)
        command: Command = self.takes(
            register_id=register, organ_id=organ, kind=self.kind, year=year,
            taken_for=getattr(intent.command, self.bearer),
        )
        return command


class Number:
    """The next number of a register, taken only if something follows that bears it."""

    def __init__(self, numbered: Numbered, taking: Any, register: Any, origin: Origin) -> None:
        self._taking, self._register = taking, register
        self.text = numbered.reads(origin.jurisdiction, taking.year, register.number + 1)
        self.home = Origin(
            jurisdiction=origin.jurisdiction, tier=origin.tier, owner_body=origin.owner_body,
            owner_path=origin.owner_path,
        )

    def take(self, work: Work, intent: Intent, facts: Facts) -> None:
        """Write it down, for the organ that owns the register and for no unit or case."""
        register: Aggregate = self._register
        work.draft(register, register.decide(self._taking, facts), intent, self.home, {})
