"""The clocks of a case: what runs, what is provisional, what falls due (domain 3.5.3; 3.0.1, 7)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.accountability import accountability_case as said
from services.accountability.domain import case_guards as case
from services.chassis.aggregates import Aggregate, Timers, fill
from services.chassis.facts import Facts

RUNNING = frozenset({"PROPOSED", "SERVED", "ENFORCED", "PUBLISHED"})
WINDOWS = {said.CaseClock.REVIEW_REQUEST: "review_due_at", said.CaseClock.APPEAL_REQUEST: "appeal_due_at"}
"""Until when a remedy can be asked for: nobody is late, so no step lapses."""


class CaseClocks(Aggregate, kw_only=True):
    """`due` are the running clocks by step, `guessed` the provisional ones by clock.

    `settled_at` is the last instant from which nothing is open.
    """

    due: dict[str, datetime] = {}
    guessed: dict[str, datetime] = {}
    settled_at: datetime | None = None
    review_due_at: datetime | None = None
    review_requested: bool = False
    review_outcome: said.RemedyOutcome | None = None
    appeal_due_at: datetime | None = None
    to_body_id: UUID | None = None
    appeal_outcome: said.RemedyOutcome | None = None

    def lapse_case(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet when the step was taken or moved meanwhile."""
        runs = self.due.get(command.step.value) == command.due_at <= facts.at
        return (fill(said.CaseOverdueRaised, command, facts),) if runs else ()

    def recalculate_case_deadline(self, _: Any, command: Any, facts: Facts) -> tuple[Any, ...]:
        """Quiet unless this very deadline is still provisional."""
        holds = self.guessed.get(command.clock.value) == command.old_due_at
        return (fill(said.CaseDeadlineRecalculated, command, facts),) if holds else ()

    def on_case_overdue_raised(self, _: Any, event: said.CaseOverdueRaised) -> None:
        """Raised once."""
        self._run(said.CaseClock[event.step.name], None)

    def on_case_deadline_recalculated(self, _: Any, event: said.CaseDeadlineRecalculated) -> None:
        """From provisional to final."""
        if event.clock in WINDOWS:
            self._guess(event.clock, None)
            setattr(self, WINDOWS[event.clock], event.new_due_at)
        else:
            self._run(event.clock, event.new_due_at)

    def timers(self) -> Timers:
        """Each running clock; and the archive, once all windows are over."""
        for step, due_at in self.due.items() if self.state in RUNNING else ():
            lapse = said.LapseCase(accountability_case_id=self.stream, step=said.CaseStep(step), due_at=due_at)
            yield due_at, lapse
        if self.state == "PUBLISHED" and self.settled_at is not None and not case.pending(self):
            over = [window for window in case.windows(self) if window is not None]
            yield max(self.settled_at, *over), said.ArchiveCase(accountability_case_id=self.stream)

    def _run(self, clock: said.CaseClock, due_at: datetime | None, provisional: bool = False) -> None:
        self.due.pop(clock.value, None)
        if due_at is not None:
            self.due[clock.value] = due_at
        self._guess(clock, due_at, provisional)

    def _guess(self, clock: said.CaseClock, due_at: datetime | None, provisional: bool = False) -> None:
        self.guessed.pop(clock.value, None)
        if due_at is not None and provisional:
            self.guessed[clock.value] = due_at

    def _answered(self, clock: said.CaseClock, at: datetime) -> None:
        self._run(clock, None)
        self.settled_at = max(self.settled_at, at) if self.settled_at else None
