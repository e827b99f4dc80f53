"""Further counties by copying one: every id, code and hash is written anew, so that each chain is whole again."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from contracts.letter import Letter
from contracts.record import event_id, record_hash
from contracts.values import DUDAO
from services.cli.demo.county import CITY_CODE, COUNTY
from services.cli.founding import ADMINISTRATORS, administrator

CITIES_OF = 9
SHARED, OF_CITY, OF_COUNTY = 0, 1, 2
HASH = rb'(?<="previousHash":)(?:null|"[0-9a-f]+")'
TOKEN = re.compile(
    rb"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    rb"|(?<![0-9a-f])(?P<code>%b|%b)(?![0-9a-f])|(?P<hash>%b)" % (COUNTY.encode(), CITY_CODE.encode(), HASH)
)


class Place(NamedTuple):
    """A county to be: its number in the province, its own code and its city's."""

    number: int
    code: str
    city: str


class Copied(NamedTuple):
    """A record of one of the counties, sealed."""

    sender: str
    stream: UUID
    version: int
    topic: str
    record: bytes


def places(count: int) -> list[Place]:
    """Counties, nine to a city."""
    return [
        Place(n, f"99{n // CITIES_OF + 1:02d}{n % CITIES_OF + 1:02d}", f"99{n // CITIES_OF + 1:02d}00")
        for n in range(count)
    ]


class Template:
    """One county's letters, read once: what is the province's, what the city's, what the county's."""

    def __init__(self, letters: Sequence[Letter], services: Iterable[str]) -> None:
        self.letters = letters
        self._levels: dict[UUID, int] = {}
        self._events = {str(letter.head.event_id).encode(): letter for letter in letters}
        self._ids: dict[bytes, int] = {str(one).encode(): SHARED for one in _everywhere(services)}
        for letter in letters:
            level = self._levels.setdefault(letter.head.stream, _level(letter.record))
            for found in TOKEN.finditer(letter.record):
                if found.lastgroup == "id":
                    self._ids[found[0]] = min(level, self._ids.get(found[0], level))

    def level(self, letter: Letter) -> int:
        """Whose the stream of a letter is."""
        return self._levels[letter.head.stream]

    def id_in(self, old: bytes, place: Place) -> bytes:
        """What an id is called in a place; in the first one as it was."""
        told = self._events.get(old)
        if told is not None:
            stream = UUID(self.id_in(str(told.head.stream).encode(), place).decode())
            return str(event_id(stream, told.head.version)).encode()
        level = self._ids[old]
        word = {SHARED: "", OF_CITY: place.city, OF_COUNTY: place.code}[level]
        first = {SHARED: "", OF_CITY: CITY_CODE, OF_COUNTY: COUNTY}[level]
        return old if word == first else str(uuid5(UUID(old.decode()), word)).encode()


class Copyist:
    """Writes one county after the template; remembers its ids and the last hash of each of its streams."""

    def __init__(self, template: Template, place: Place) -> None:
        self._template, self.place = template, place
        self._known: dict[bytes, bytes] = {}
        self._last: dict[UUID, str] = {}
        self._codes = {COUNTY.encode(): place.code.encode(), CITY_CODE.encode(): place.city.encode()}

    def copied(self, letter: Letter) -> Copied:
        """The letter's record as it stands in this county."""
        head = letter.head
        previous = self._last.get(head.stream)
        hashed = b'"%b"' % previous.encode() if previous else b"null"
        record = TOKEN.sub(self._written(hashed), letter.record)
        self._last[head.stream] = record_hash(record, head.algorithm)
        stream = UUID(self._id(str(head.stream).encode()).decode())
        return Copied(letter.sender, stream, head.version, letter.topic, record)

    def _written(self, hashed: bytes) -> Callable[[re.Match[bytes]], bytes]:
        def write(found: re.Match[bytes]) -> bytes:
            if found.lastgroup == "id":
                return self._id(found[0])
            return hashed if found.lastgroup == "hash" else self._codes[found[0]]
        return write

    def _id(self, old: bytes) -> bytes:
        known = self._known.get(old)
        if known is None:
            known = self._known[old] = self._template.id_in(old, self.place)
        return known


def copies(template: Template, count: int) -> Iterator[Copied]:
    """All counties side by side, in the order of time; what is shared is written once."""
    writers = [Copyist(template, place) for place in places(count)]
    whose = {SHARED: writers[:1], OF_CITY: writers[::CITIES_OF], OF_COUNTY: writers}
    for letter in template.letters:
        for writer in whose[template.level(letter)]:
            yield writer.copied(letter)


def _level(record: bytes) -> int:
    codes = {found[0] for found in TOKEN.finditer(record) if found.lastgroup == "code"}
    return OF_COUNTY if COUNTY.encode() in codes else OF_CITY if codes else SHARED


def _everywhere(services: Iterable[str]) -> Iterator[UUID]:
    """Those who act in every place."""
    yield from (administrator(name).person_id for name in ADMINISTRATORS)
    yield from (uuid5(DUDAO, f"service/{name}") for name in services)
