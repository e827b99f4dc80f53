"""Broken controls: parts of the product as a beginner writes them, put in the place of the real ones."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import Tracking

from contracts.letter import Letter
from contracts.record import Receipt
from services.chassis import listening
from services.chassis.application import ServiceApplication
from services.chassis.clock import MonotoneClock
from services.chassis.line import Line
from services.chassis.listening import Listener
from services.chassis.outbox import Outbox
from services.chassis.timers import Timers
from services.chassis.work import Intent, Work
from services.reporting import draft
from services.reporting.views.folding import fold_into

Patch = pytest.MonkeyPatch


def acknowledges_before_the_commit(patch: Patch) -> None:
    """Takes letters off the queue, then obeys them, and trusts that the queue had them all."""
    take = Line._take

    def careless(self: Line, heard: int) -> None:
        for _, message in self._pending:
            message.ack()
        if self._pending:
            take(self, heard)
        self._pending.clear()

    patch.setattr(Line, "_take", careless)
    patch.setattr(Listener, "_complete", lambda self, letters, heard: (x for x in letters if x.position > heard))


def ignores_gaps(patch: Patch) -> None:
    """Obeys whatever comes next."""
    def take(self: Line, heard: int) -> None:
        if self._pending:
            self._hearer.hear([letter for letter, _ in self._pending])

    def in_order(self: Listener, letters: Sequence[Letter], heard: int) -> Iterator[Letter]:
        for letter in letters:
            if letter.position > heard:
                heard = letter.position
                yield letter

    patch.setattr(Line, "_take", take)
    patch.setattr(Listener, "_complete", in_order)


def knows_no_letter_again(patch: Patch) -> None:
    """Obeys a letter as often as it comes; the position is noted only when it grows."""
    def hear(self: Listener, letters: Sequence[Letter]) -> int:
        for letter in letters:
            self._commit(letter, self.obeyed(letter))
        return self.heard(letters[0].sender)

    def take(self: Line, heard: int) -> None:
        batch = [letter for letter, _ in self._pending]
        if batch and batch[0].previous > heard:
            batch = [*self._fetch(self.sender, heard)]
        if batch:
            self._hearer.hear(batch)

    def commit(self: Listener, letter: Letter, work: Work) -> None:
        is_new = letter.position > self.heard(letter.sender)
        self.app.append(work, Tracking(letter.sender, letter.position) if is_new else None)

    patch.setattr(Listener, "hear", hear)
    patch.setattr(Listener, "_commit", commit)
    patch.setattr(Line, "_take", take)


def notes_the_position_in_a_commit_of_its_own(patch: Patch) -> None:
    """First what the letter leads to, then that it was heard."""
    def commit(self: Listener, letter: Letter, work: Work) -> None:
        self.app.append(work)
        self.app.append(self.app.work(), Tracking(letter.sender, letter.position))

    patch.setattr(Listener, "_commit", commit)


def forgets_its_receipts(patch: Patch) -> None:
    """Obeys a command that is sent again as if it were another."""
    settle = ServiceApplication.settle

    def forgetful(self: ServiceApplication, intent: Intent, command_id: Any, digest: bytes) -> Receipt:
        return settle(self, intent, uuid4(), digest)

    patch.setattr(ServiceApplication, "settle", forgetful)


def obeys_behind_a_parked_letter(patch: Patch) -> None:
    """Goes on with a case of which a letter is set aside."""
    patch.setattr(listening, "has_waiting", lambda memos, key: False)


def fires_early(patch: Patch) -> None:
    """Looks at timers with a clock that is an hour ahead."""
    fire = Timers.fire_next

    def eager(self: Timers, now: datetime) -> bool:
        return fire(self, now + timedelta(hours=1))

    patch.setattr(Timers, "fire_next", eager)


def trusts_its_machine_s_clock(patch: Patch) -> None:
    """Seals records with whatever the clock says."""
    patch.setattr(MonotoneClock, "__call__", lambda self: self._clock())


def folds_a_letter_into_a_page_again(patch: Patch) -> None:
    """A page does not look whether it was built from a letter already."""
    def again(view: Any, leaves: Any, letters: Any) -> None:
        for found, keys in letters:
            for leaf in (leaves[key] for key in keys if key in leaves):
                leaf.number = min(leaf.number, found.number - 1)
            fold_into(view, leaves, [(found, keys)])

    patch.setattr(draft, "fold_into", again)


def sends_each_letter_once_and_nobody_asks(patch: Patch) -> None:
    """The relay notes what it is about to send, and listeners never ask for what is missing."""
    letters = Outbox.letters

    def noted_at_once(self: Outbox, after: int, limit: int) -> list[Letter]:
        found = letters(self, after, min(limit, 5))
        if found:
            self.mark(found[-1].position)
        return found

    patch.setattr(Outbox, "letters", noted_at_once)
    ignores_gaps(patch)


CONTROLS: dict[str, Callable[[Patch], None]] = {
    control.__name__: control for control in (
        acknowledges_before_the_commit, ignores_gaps, knows_no_letter_again,
        notes_the_position_in_a_commit_of_its_own, forgets_its_receipts, obeys_behind_a_parked_letter, fires_early,
        trusts_its_machine_s_clock, folds_a_letter_into_a_page_again, sends_each_letter_once_and_nobody_asks,
    )
}
