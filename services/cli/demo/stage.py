"""The stage: who says what at which working hour; everything uncertain comes from one seed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any

from contracts.letter import Letter
from services.chassis.policy_values import CHINA, china_day
from services.chassis.town import REGISTRY, Town
from services.cli.scenario.chronicle import Chronicle
from services.cli.scenario.names import Names
from services.cli.scenario.writing import command

Act = Callable[[], None]
DAY = timedelta(days=1)


class Stage:
    """Acts wait in an agenda; letters call for new ones."""

    def __init__(self, town: Town, names: Names, chronicle: Chronicle, rng: Random) -> None:
        self.town, self.names, self.rng = town, names, rng
        self.calls: dict[str, list[Callable[[Letter], None]]] = {}
        self._chronicle, self._read = chronicle, len(chronicle.letters)
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._acts = self._sent = 0

    def says(self, person: str, name: str, /, **said: Any) -> None:
        """A person sends a command; in a demonstration a refusal is a mistake, and is raised."""
        self._sent += 1
        identity = self.town.directory.identity(self.names.existing(person, "人员"))
        made = command(self.names, name, said)
        self.town.submit(identity, made, command_id=self.names.minted("demo", self._sent))

    def at(self, instant: datetime, act: Act) -> None:
        """Put an act on the agenda."""
        self._acts += 1
        heappush(self._agenda, (instant, self._acts, act))

    def in_days(self, least: int, most: int, act: Act) -> None:
        """In some working days, at some hour of the office."""
        day = china_day(self.town.clock.now)
        for _ in range(self.rng.randint(least, most)):
            day = self.working_day(day + DAY)
        self.at(self.hour_of(day), act)

    def working_day(self, day: date) -> date:
        """The day, or the next working day after it."""
        calendar = self.town.services[REGISTRY].reference.calendar
        while not calendar.is_working_day(day):
            day += DAY
        return day

    def hour_of(self, day: date) -> datetime:
        """Between nine and five."""
        return datetime.combine(day, time(9), CHINA) + timedelta(minutes=self.rng.randrange(8 * 60))

    def on(self, name: str, call: Callable[[Letter], None]) -> None:
        """What to do whenever an event of this name is told."""
        self.calls.setdefault(name, []).append(call)

    def run(self, until: datetime) -> None:
        """Let it all happen, day by day, up to an instant."""
        while self.town.clock.now < until:
            tomorrow = min(until, self.town.clock.now + DAY)
            while self._agenda and self._agenda[0][0] <= tomorrow:
                instant, _, act = heappop(self._agenda)
                self._listen(max(instant, self.town.clock.now))
                act()
            self._listen(tomorrow)

    def _listen(self, instant: datetime) -> None:
        self.town.advance_to(instant)
        while self._read < len(self._chronicle.letters):
            letter = self._chronicle.letters[self._read]
            self._read += 1
            for call in self.calls.get(letter.name, ()):
                call(letter)
