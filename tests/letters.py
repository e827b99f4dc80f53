"""Letters for tests: a sender that writes true records, without a service behind it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from contracts.letter import Letter
from contracts.record import Event, Head, event_id, record_hash, seal
from contracts.values import Actor, Confidentiality, Role, Tier, case_id
from contracts.wire import name_of, topic_of

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = uuid5(UUID(int=0), "tests")
OFFICE = uuid5(NAMES, "office")
ACTIVITY = uuid5(NAMES, "activity")
COUNTY = "990000/990101/"


def id_of(name: str) -> UUID:
    """The same id for the same short name, in every run."""
    return uuid5(NAMES, name)


def unit_path(unit: str, place: str = COUNTY) -> str:
    """Path of a unit by its short name."""
    return f"{place}{id_of(unit)}"


class Sender:
    """One service's log as its listeners hear it: chained streams, a clock that grows by hours."""

    def __init__(self, name: str = "rectification", step: int = 1) -> None:
        self.name, self.step, self.clock = name, step, START
        self.letters: list[Letter] = []
        self._tails: dict[UUID, tuple[int, str]] = {}

    def says(
        self, event: Event, stream: UUID | str, unit: str | None = "s1", *, place: str = COUNTY,
        at: datetime | None = None, happened: datetime | None = None, reason: str | None = None,
        cases: tuple[UUID, ...] | None = None, actor: Actor | None = None,
        confidentiality: Confidentiality = Confidentiality.INTERNAL,
        sealed_until: datetime | None = None, owner_path: str | None = None,
    ) -> Letter:
        """Record an event; the clock goes on by an hour or to `at`."""
        self.clock = at or self.clock + HOUR
        stream = id_of(stream) if isinstance(stream, str) else stream
        version, previous_hash = self._tails.get(stream, (0, None))
        if cases is None:
            cases = (case_id(ACTIVITY, id_of(unit)),) if unit else ()
        head = Head(
            event_id=event_id(stream, version + 1), type=name_of(type(event)),
            schema_version=type(event).schema_version, stream=stream, version=version + 1,
            occurred_at=happened or self.clock, recorded_at=self.clock, jurisdiction="990101",
            tier=Tier.COUNTY, owner_path=owner_path or f"{place}{OFFICE}",
            unit_path=unit_path(unit, place) if unit else None, case_ids=cases, reason=reason,
            actor=actor or Actor(person_id=id_of("li"), role=Role.OFFICE_STAFF, body_id=OFFICE),
            confidentiality=confidentiality, sealed_until=sealed_until,
            algorithm="sha256", previous_hash=previous_hash,
        )
        return self._send(head, event)

    def _send(self, head: Head, event: Event) -> Letter:
        record = seal(head, event)
        previous = self.letters[-1].position if self.letters else 0
        letter = Letter(self.name, previous + self.step, previous, topic_of(type(event)), record)
        self._tails[head.stream] = (head.version, record_hash(record, head.algorithm))
        self.letters.append(letter)
        return letter

    def after(self, sender: str, position: int) -> list[Letter]:
        """What a listener fetches that missed letters."""
        assert sender == self.name
        return [letter for letter in self.letters if letter.position > position]


