"""A simulated process: it takes steps, dies between any two or in the midst of one, and is started again."""

from typing import Any

from eventsourcing.persistence import PersistenceError

from services.cli.simulation.chance import Chance

DRIFT, JUMP = 20.0, 120.0  # seconds
FIRST_REST, LONGEST_REST = 0.5, 20.0  # seconds until somebody starts it again


class Died(BaseException):
    """The process is gone in the midst of a step; nothing catches it but the world."""


class Process:
    """What has `begin`, `step` and `end`; `group` names those who write to the same place."""

    def __init__(self, world: Any, name: str, group: str) -> None:
        self.world, self.name, self.group = world, name, group
        self.chance: Chance = world.chance
        self.offset = self.chance.error_of_a_clock(DRIFT)
        self.is_up = self.is_running = False
        self._back_at = 0.0

    def clock(self) -> Any:
        """Its own machine's time."""
        return self.world.now(self.offset)

    def turn(self) -> None:
        """One step, or being started; a process in the midst of a step takes no other."""
        if self.is_running:
            return
        self.is_running = True
        try:
            if not self.is_up:
                self._start()
            elif self.chance.strikes("died-between-steps", self.name):
                self.die()
            else:
                self._jump()
                self.step()
        except Died:
            self.die()
        finally:
            self.is_running = False

    def _start(self) -> None:
        if self.world.seconds < self._back_at:
            return
        try:
            self.begin()
            self.is_up = True
        except PersistenceError:
            self._back_at = self.world.seconds + FIRST_REST

    def _jump(self) -> None:
        if self.chance.strikes("clock-jumped", self.name):
            self.offset = self.chance.error_of_a_clock(JUMP)

    def die(self) -> None:
        """Everything in memory is gone."""
        self.is_up = False
        self._back_at = self.world.seconds + self.chance.rng.uniform(FIRST_REST, LONGEST_REST)
        self.end()

    def may_die(self, kind: str) -> None:
        """Die here, if the dice say so."""
        if self.chance.strikes(kind, self.name):
            raise Died

    def begin(self) -> None:
        """Make everything that is in memory; raises PersistenceError when the disk does not give it."""

    def step(self) -> None:
        """Go on with the work."""

    def end(self) -> None:
        """Drop what others hold of it."""
