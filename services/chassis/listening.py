"""Letters in: each is obeyed once and in order; its position and what it causes are one commit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from eventsourcing.persistence import IntegrityError, PersistenceError, Tracking

from contracts.letter import Letter
from contracts.record import Command
from contracts.values import Role
from services.chassis.application import ServiceApplication
from services.chassis.identity import service_actor
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memo
from services.chassis.parked import WAITS, has_waiting, parking_memos
from services.chassis.reference_letters import HEARD, hear
from services.chassis.scope import last_of
from services.chassis.work import Intent, Work

Obey = Callable[[ServiceApplication, Letter], Iterable[Command | Memo]]
Fetch = Callable[[str, int], Sequence[Letter]]
TRIES = 3


def by_case(letter: Letter) -> str:
    """The usual ordering key: the case, across senders."""
    return str(letter.head.case_ids[0]) if letter.head.case_ids else str(letter.head.stream)


class Policy(NamedTuple):
    """What a service does about an event: commands it sends itself, memos it keeps in the same commit.

    `key` says which later letters must wait behind a parked one. Without a key the sender's line stops instead.
    """

    obey: Obey
    key: Callable[[Letter], str] | None = by_case


class LineStopped(Exception):
    """What has no ordering key failed, a policy or a copy: nothing more is heard from this sender."""


class Listener:
    """Hears letters of every sender for one service; `fetch` asks the sender for missed ones."""

    def __init__(self, app: ServiceApplication, fetch: Fetch) -> None:
        self.app, self._fetch = app, fetch

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter that was taken in."""
        return int(self.app.tracked.max_tracking_id(sender) or 0)

    def hear(self, letters: Sequence[Letter]) -> int:
        """Take in letters of one sender, in order; a doubled one is passed over, a gap is fetched first.

        Returns the position heard. Raises LineStopped, and lets infrastructure errors through.
        """
        if not letters:
            return 0
        self.app.reference.follow()
        heard = tracked = self.heard(letters[0].sender)
        for letter in self._complete(letters, heard):
            heard = letter.position
            if self._concerns(letter):
                self._take(letter)
                tracked = heard
        if heard > tracked:
            self.app.append(self.app.work(), Tracking(letters[0].sender, heard))
        return heard

    def _complete(self, letters: Sequence[Letter], heard: int) -> Iterator[Letter]:
        """The letters not heard yet, with those that are missing before and between them."""
        for letter in letters:
            while letter.previous > heard:
                for missed in self._missed(letter, heard):
                    yield missed
                    heard = missed.position
            if letter.position > heard:
                yield letter
                heard = letter.position

    def _missed(self, letter: Letter, heard: int) -> list[Letter]:
        missed = [m for m in self._fetch(letter.sender, heard) if m.position < letter.position]
        if not missed:
            raise LineStopped(f"{letter.sender} does not give the letters after {heard}")
        return missed

    def _concerns(self, letter: Letter) -> bool:
        """What nobody here listens to only moves the tracking on, many at a time."""
        return any(letter.name in heard for heard in (self.app.policies, self.app.copies, HEARD))

    def _take(self, letter: Letter) -> None:
        """Infrastructure errors rise to the caller and park nothing; they are tried again for ever."""
        for _ in range(TRIES):
            try:
                return self._commit(letter, self.obeyed(letter))
            except PersistenceError as error:
                self._undo(letter)
                if self.heard(letter.sender) >= letter.position:
                    return None
                if not isinstance(error, IntegrityError):
                    raise
                spoiled: Exception = error
            except Exception as error:
                self._undo(letter)
                spoiled = error
        return self._commit(letter, self._parking(letter, repr(spoiled)))

    def _undo(self, letter: Letter) -> None:
        """The copy in memory is ahead of the log when the commit that should have kept it failed."""
        if letter.name in HEARD:
            self.app.reference.reload()

    def obeyed(self, letter: Letter) -> Work:
        """What a letter leads to: the copies it changes, and what its policy wishes, or its place in the line."""
        work = self._copied(letter)
        policy = self.app.policies.get(letter.name)
        if policy is not None and policy.key is not None and has_waiting(self.app.memos, policy.key(letter)):
            work.memos += parking_memos(self.app.memos, letter, policy.key(letter), WAITS)
        elif policy is not None:
            self.follow_policy(work, policy, letter)
        return work

    def _copied(self, letter: Letter) -> Work:
        """A letter's copies are kept even when its policy fails or waits."""
        work = self.app.work()
        work.memos += hear(self.app.reference, letter)
        if letter.sender != self.app.name and letter.name in self.app.copies:
            work.memos += self.app.copied(letter.event)
        return work

    def follow_policy(self, work: Work, policy: Policy, letter: Letter) -> None:
        """Draft what a policy wishes; a command's refusal is an outcome, recorded beside the tracking."""
        for wish in policy.obey(self.app, letter):
            if isinstance(wish, Memo):
                work.memos.append(wish)
                continue
            try:
                self.app.decide(work, self._intent(wish, letter))
            except Refused as refused:
                key = f"{letter.sender}|{letter.position:020d}|{type(wish).__name__}|{len(work.memos)}"
                work.memos.append(Memo("outcome", key, str(refused).encode()))

    def _intent(self, command: Command, letter: Letter) -> Intent:
        head = letter.head
        return Intent(
            command=command, at=self.app.clock(), cause=head, causation_id=head.event_id,
            actor=service_actor(Role.POLICY, self.app.name, last_of(head.owner_path)),
            correlation_id=head.correlation_id,
        )

    def _parking(self, letter: Letter, error: str) -> Work:
        """Set aside with those that will wait behind it; what has no key, or cannot be read, stops the line."""
        try:
            work = self._copied(letter)
            key = self.app.policies[letter.name].key(letter)
        except Exception as unreadable:
            self._undo(letter)
            raise LineStopped(f"{letter.sender} {letter.position}: {error}") from unreadable
        work.memos += parking_memos(self.app.memos, letter, key, error)
        return work

    def _commit(self, letter: Letter, work: Work) -> None:
        self.app.append(work, Tracking(letter.sender, letter.position))
