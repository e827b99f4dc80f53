"""ServiceApplication: the one choke point of a service, whatever the door."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from eventsourcing.persistence import InfrastructureFactory, IntegrityError

from contracts.record import Command, Event, Receipt, command_digest, derived_id, stream_of
from contracts.submission import Submission
from contracts.wire import name_of, read_command
from services.chassis import discarding
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.belonging import Belonging
from services.chassis.clock import Clock, occurred, system_clock
from services.chassis.copies import Copies
from services.chassis.facts import AppliedPolicy, Facts, Origin
from services.chassis.identity import TokenReader, acting
from services.chassis.life_cycle import Refused
from services.chassis.memos import Memo
from services.chassis.numbering import Number, Numbered
from services.chassis.reference import NATION, Reference
from services.chassis.refusals import journaled
from services.chassis.scope import check_scope
from services.chassis.sealing import Sealing
from services.chassis.turns import Turns
from services.chassis.unseen import addressed_by
from services.chassis.vault import Rows
from services.chassis.work import Intent, Work

Gathered = Mapping[str, Any]
Gather = Callable[[Any, Any, Any, Facts], Gathered]
Copy = Callable[[Any, Any], Iterable[Memo]]
TRIES = 5


class ServiceApplication(Belonging):
    """A service names its aggregates, what it looks up for a command, and what it does about letters.

    Beside its own, every service has the parked letters of its log, which two persons may discard.
    """

    gatherers: ClassVar[Mapping[type[Command], Gather]] = {}
    policies: ClassVar[Mapping[str, Any]] = {}
    copies: ClassVar[Mapping[str, Copy]] = {}
    numbered: ClassVar[Mapping[type[Command], Numbered]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.aggregates = tuple(dict.fromkeys((*cls.aggregates, discarding.ParkedLetter)))
        cls.gatherers = {**cls.gatherers, **discarding.GATHERERS}

    def __init__(
        self, logs: InfrastructureFactory[Any], tokens: TokenReader, clock: Clock = system_clock,
        algorithm: str = "sha256", keys: Rows | None = None,
    ) -> None:
        super().__init__(logs)
        self.tokens, self.clock, self.algorithm = tokens, clock, algorithm
        self.reference = Reference(self.memos)
        self.kept = Copies(self.memos)
        self.sealing = Sealing(keys)
        self._turns = Turns()
        self.kinds = {c: kind for kind in self.aggregates for c in charter_of(kind).rows}

    # --- the choke point --------------------------------------------------------------------------

    def execute(self, submission: Submission) -> Receipt:
        """Verify, decide, store; raises Refused or WireError, and then nothing was stored."""
        identity = self.tokens.read(submission.token)
        with journaled(self.name, submission, identity):
            command = read_command(submission.name, bytes(submission.body))
            if type(command) not in self.kinds:
                raise Refused("COMMAND_UNKNOWN", f"本服务不受理“{submission.name}”")
            actor = acting(identity, command)
            digest = command_digest(submission.name, self.sealing.marked(command), actor).encode()
            earlier = self.receipt(submission.command_id, digest)
            if earlier is not None:
                return earlier
            intent = Intent(
                command=command, actor=actor, identity=identity,
                at=occurred(submission.occurred_at, self.clock()), reason=submission.reason,
                causation_id=submission.command_id, correlation_id=submission.correlation_id,
                document_refs=submission.document_refs, confidentiality=submission.confidentiality,
                expected_version=submission.expected_version,
            )
            return self.settle(intent, submission.command_id, digest)

    def settle(self, intent: Intent, command_id: UUID, digest: bytes) -> Receipt:
        """Decide and append under an id; a clash with another writer is decided afresh."""
        memo = Memo("command", str(command_id), digest, fresh=True)
        with self._turn(intent):
            for _ in range(TRIES):
                work = self.work()
                self.decide(work, intent)
                work.memos.append(memo)
                try:
                    return Receipt(service=self.name, position=self.append(work))
                except IntegrityError:
                    earlier = self.receipt(command_id, digest)
                    if earlier is not None:
                        return earlier
        raise Refused("CONFLICT", "该事项正被他人同时修改，请刷新后重试")

    def _turn(self, intent: Intent) -> AbstractContextManager[object]:
        """Whoever takes a number waits for those before."""
        numbered = type(intent.command) in self.numbered
        return self._turns.at(type(intent.command), intent.actor.body_id) if numbered else nullcontext()

    def work(self) -> Work:
        """An empty unit of work."""
        return Work(algorithm=self.algorithm)

    def decide(self, work: Work, intent: Intent) -> None:
        """Let the aggregate decide; what follows is drafted in `work`. Raises Refused."""
        aggregate = addressed_by(self, work, intent)
        if intent.expected_version not in (None, aggregate.version):
            raise Refused("STALE_VERSION", f"您看到的是第{intent.expected_version}版，现为第{aggregate.version}版")
        origin = self._belonging(aggregate, intent)
        if intent.identity is not None:
            check_scope(intent.identity, origin, self.parties(aggregate))
        facts = self._facts(intent, origin)
        facts.given = self._gathered(aggregate, intent.command, facts)
        number = self._number(work, intent, origin)
        if number is not None:
            facts.given = {**facts.given, "number": number.text}
        events = aggregate.decide(intent.command, facts)
        work.draft(aggregate, events, intent, self.moved(aggregate, events, origin), facts.policy.refs)
        if number is not None and events:
            number.take(work, intent, self._facts(intent, number.home))
        work.memos += [memo for event in events for memo in self.copied(event)]
        work.memos += [memo for event in events for memo in discarding.out_of_its_line(self.memos, event)]

    def copied(self, event: Event) -> list[Memo]:
        """What an event changes in this service's small copies."""
        copy = self.copies.get(name_of(type(event)))
        return list(copy(self, event)) if copy else []

    # --- inside -----------------------------------------------------------------------------------

    def _belonging(self, aggregate: Aggregate, intent: Intent) -> Origin:
        letters = discarding.belonging_of(self, intent.command)
        return letters or self.concerning(aggregate, intent.command) or self.origin(intent, aggregate.stream)

    def addressed(self, work: Work, command: Command) -> Aggregate:
        """The aggregate a command is for, a fresh one where there is none. Raises Refused."""
        expected = derived_id(command)
        stream = stream_of(command) or self.stream_of_entity(command)
        if expected is not None and stream != expected:
            raise Refused("ID_NOT_NATURAL", f"编号应由自然键得出，应为“{expected}”")
        kind = self.kind_of(type(command), stream)
        return work.aggregates.get(stream) or self.load(kind, stream) or kind(stream=stream)

    def _number(self, work: Work, intent: Intent, origin: Origin) -> Number | None:
        numbered = self.numbered.get(type(intent.command))
        if numbered is None or origin.owner_body is None:
            return None
        taking = numbered.taking(intent, origin.owner_body)
        return Number(numbered, taking, self.addressed(work, taking), origin)

    def applied(self, origin: Origin, at: datetime) -> AppliedPolicy:
        """The policies that apply to a stream at an instant: its unit's place decides, else its owner's."""
        path = (NATION, *(origin.unit_path or origin.owner_path).split("/")[:-1])
        return AppliedPolicy(self.reference.policies, path, at, origin.tier)

    def _facts(self, intent: Intent, origin: Origin) -> Facts:
        policy = self.applied(origin, intent.at)
        return Facts(intent.at, intent.actor, policy, self.reference.calendar, origin)

    def _gathered(self, aggregate: Aggregate, command: Command, facts: Facts) -> Gathered:
        gather = self.gatherers.get(type(command))
        return gather(self, aggregate, command, facts) if gather else {}
