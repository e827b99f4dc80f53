"""Letters in: each is obeyed once and in order; its position and what it causes are one commit."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec
from eventsourcing.persistence import IntegrityError, PersistenceError, Tracking

from contracts.letter import Letter
from contracts.record import Command
from contracts.values import Role
from services.chassis.application import ServiceApplication
from services.chassis.identity import service_actor
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memo
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


class Parked(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that could not be obeyed because of a program or data error, or waits behind one."""

    key: str
    topic: str
    previous: int
    record: bytes
    error: str


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
        """Take in letters of one sender, in order; a doubled one is passed over, a gap is fetched first."""
        heard = tracked = self.heard(letters[0].sender) if letters else 0
        for letter in letters:
            while letter.previous > heard:
                heard = tracked = self._fill(letter, heard)
            if letter.position > heard:
                heard = letter.position
                if self._concerns(letter):
                    self._take(letter)
                    tracked = heard
        if heard > tracked:
            self.app.append(self.app.work(), Tracking(letters[-1].sender, heard))
        return heard

    def _concerns(self, letter: Letter) -> bool:
        """What nobody here listens to only moves the tracking on, many at a time."""
        return any(letter.name in heard for heard in (self.app.policies, self.app.copies, HEARD))

    def _fill(self, letter: Letter, heard: int) -> int:
        missed = [m for m in self._fetch(letter.sender, heard) if m.position < letter.position]
        if not missed:
            raise LineStopped(f"{letter.sender} does not give the letters after {heard}")
        for each in missed:
            self._take(each)
        return missed[-1].position

    def _take(self, letter: Letter) -> None:
        """Infrastructure errors rise to the caller and park nothing; they are tried again for ever."""
        for _ in range(TRIES):
            try:
                return self._commit(letter, self._obeyed(letter))
            except PersistenceError as error:
                if self.heard(letter.sender) >= letter.position:
                    return None
                if not isinstance(error, IntegrityError):
                    raise
            except Exception as error:
                spoiled = error
        return self._commit(letter, self._parking(letter, repr(spoiled)))

    def _obeyed(self, letter: Letter) -> Work:
        work = self.app.work()
        work.memos += hear(self.app.reference, letter)
        if letter.sender != self.app.name and letter.name in self.app.copies:
            work.memos += self.app.copied(letter.event)
        policy = self.app.policies.get(letter.name)
        if policy is None:
            return work
        if policy.key is not None and self._waits(policy.key(letter)):
            return self._parking(letter, "waits behind a parked letter")
        for wish in policy.obey(self.app, letter):
            if isinstance(wish, Memo):
                work.memos.append(wish)
            else:
                self._try(work, wish, letter)
        return work

    def _try(self, work: Work, command: Command, letter: Letter) -> None:
        """A policy's refusal is an outcome, recorded beside the tracking."""
        try:
            self.app.decide(work, self._intent(command, letter))
        except Refused as refused:
            key = f"{letter.sender}|{letter.position:020d}|{type(command).__name__}|{len(work.memos)}"
            work.memos.append(Memo("outcome", key, str(refused).encode()))

    def _intent(self, command: Command, letter: Letter) -> Intent:
        head = letter.head
        return Intent(
            command=command, at=self.app.clock(), cause=head, causation_id=head.event_id,
            actor=service_actor(Role.POLICY, self.app.name, last_of(head.owner_path)),
            correlation_id=head.correlation_id,
        )

    def _waits(self, key: str) -> bool:
        return bool(self.app.memos.scan("parked-key", f"{key}|", f"{key}|~", 1))

    def _parking(self, letter: Letter, error: str) -> Work:
        policy = self.app.policies.get(letter.name)
        if policy is None or policy.key is None:
            raise LineStopped(f"{letter.sender} {letter.position}: {error}")
        work, key = self.app.work(), policy.key(letter)
        place = f"{letter.sender}|{letter.position:020d}"
        parked = Parked(key=key, topic=letter.topic, previous=letter.previous, record=letter.record, error=error)
        work.memos += [
            Memo("parked", place, msgspec.msgpack.encode(parked)),
            Memo("parked-key", f"{key}|{place}", b"1"),
        ]
        return work

    def _commit(self, letter: Letter, work: Work) -> None:
        self.app.append(work, Tracking(letter.sender, letter.position))


def parked_letters(app: ServiceApplication) -> list[tuple[str, Parked]]:
    """What waits, in order of sender and position."""
    rows = app.memos.scan("parked")
    return [(row.key, msgspec.msgpack.decode(row.value, type=Parked)) for row in rows]
