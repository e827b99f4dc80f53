"""LoggedApplication: the library's application on our logs – load by a plain fold, append in one commit."""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import Any, ClassVar
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application, Repository
from eventsourcing.persistence import EventStore, InfrastructureFactory, Mapper, PersistenceError, Tracking
from eventsourcing.utils import Environment, EnvType

from contracts.record import Command, Receipt
from services.chassis.aggregates import Aggregate, charter_of
from services.chassis.life_cycle import Refused
from services.chassis.loading import FoldSnapshots, OfAnotherKind, fold_of, nothing_under, snapshot_of, snapshot_topic
from services.chassis.records import RecordMapper
from services.chassis.work import Work


class LoggedApplication(Application[UUID]):
    """Aggregates in a log; the recorder is also where memos and tracking are asked for."""

    name = "service"
    aggregates: ClassVar[tuple[type[Aggregate], ...]] = ()
    on_append: Callable[[float], object] = staticmethod(lambda seconds: None)

    def __init__(self, logs: InfrastructureFactory[Any]) -> None:
        self._logs = logs
        super().__init__()
        self.memos: Any = self.recorder
        self.tracked: Any = self.recorder
        self._whole = Repository(self.events)

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Nothing is read from the process's environment."""
        return Environment(name, {})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """The adapter that was given."""
        return self._logs

    def construct_mapper(self) -> Mapper[UUID]:
        """Records as bytes."""
        return RecordMapper()

    def construct_snapshot_store(self) -> EventStore[UUID]:
        """Snapshots of the current folds."""
        store = FoldSnapshots(self.mapper, self.factory.aggregate_recorder(purpose="snapshots"))
        store.topics = frozenset(snapshot_topic(self.name, kind) for kind in self.aggregates)
        return store

    def load(self, kind: type[Aggregate], stream: UUID, version: int | None = None) -> Aggregate | None:
        """An aggregate as of a version, or None."""
        # Where no snapshots are taken, none is asked for.
        repository = self.repository if kind.snapshot_every else self._whole
        try:
            found: Aggregate = repository.get(stream, version=version, projector_func=fold_of(kind))
        except AggregateNotFoundError:
            return None
        return found

    def load_if(self, kind: type[Aggregate], stream: UUID) -> Aggregate | None:
        """As `load`; None also when the id is that of another kind of aggregate."""
        try:
            return self.load(kind, stream)
        except OfAnotherKind:
            return None

    def kind_of(self, command: type[Command], stream: UUID) -> type[Aggregate]:
        """The aggregate a command is for; where several take it, the one whose first record the stream has."""
        able = [kind for kind in self.aggregates if command in charter_of(kind).rows]
        if len(able) == 1:
            return able[0]
        records: list[Any] = list(self.events.get(stream, lte=1))
        for kind in able:
            if records and type(records[0].event) in charter_of(kind).steps:
                return kind
        raise nothing_under(stream)

    def stream_of_entity(self, command: Command) -> UUID:
        """The stream that holds the entity a command names; raises Refused NOT_FOUND."""
        key = getattr(command, type(command).entity_key or "", None)
        memo = self.memos.memo("entity", str(key))
        if memo is None:
            raise nothing_under(key)
        return UUID(memo.value.decode())

    def receipt(self, command_id: UUID, digest: bytes) -> Receipt | None:
        """The answer given before under this id; raises Refused COMMAND_ID_REUSED for another content."""
        memo = self.memos.memo("command", str(command_id))
        if memo is None:
            return None
        if memo.value != digest:
            raise Refused("COMMAND_ID_REUSED", "同一命令编号已用于另一内容")
        return Receipt(service=self.name, position=memo.position)

    def append(self, work: Work, tracking: Tracking | None = None) -> int:
        """Store a unit of work; returns the position of its last record, or the end of the log."""
        started = perf_counter()
        recordings = self.events.put(work.records, tracking=tracking, memos=work.memos)
        self.on_append(perf_counter() - started)
        for aggregate in work.aggregates.values():
            self._snapshot(aggregate, sum(record.originator_id == aggregate.stream for record in work.records))
        return recordings[-1].notification.id if recordings else self.recorder.max_notification_id() or 0

    def _snapshot(self, aggregate: Aggregate, added: int) -> None:
        """Whenever a commit reaches or passes a multiple; one that fails is only missing, what it sums up is stored."""
        every = type(aggregate).snapshot_every
        if not every or self.snapshots is None or aggregate.version % every >= added:
            return
        with suppress(PersistenceError):
            loaded = self.load(type(aggregate), aggregate.stream)
            if loaded is not None and loaded.version == aggregate.version:
                self.snapshots.put([snapshot_of(self.name, loaded)])
