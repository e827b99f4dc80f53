"""Further counties by copying one: every id, code and hash is written anew, so that each chain is whole again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from contracts.letter import Letter
from contracts.record import event_id, record_hash
from contracts.values import DUDAO
from services.cli.demo.county import CITY_CODE, COUNTY
from services.cli.founding import ADMINISTRATORS, administrator

CITIES_OF = 9
SHARED, OF_CITY, OF_COUNTY = 0, 1, 2
COUNTY_NAME, CITY_NAME = "示例甲县".encode(), "示例市".encode()
HASH = rb'(?<="previousHash":)(?:null|"[0-9a-f]+")'
TOKEN = re.compile(
    rb"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    rb"|(?<![0-9a-f])(?P<code>%b|%b)(?![0-9a-f])|(?P<name>%b|%b)|(?P<hash>%b)"
    % (COUNTY.encode(), CITY_CODE.encode(), COUNTY_NAME, CITY_NAME, HASH)
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


class Parts(NamedTuple):
    """A record cut at its tokens: text and token in turn; where the hash of the record before stands."""

    sender: str
    stream: bytes
    version: int
    topic: str
    algorithm: str
    level: int
    pieces: list[bytes]
    hashed: int


class Template:
    """One county's letters, read once: what is the province's, what the city's, what the county's."""

    def __init__(self, letters: Sequence[Letter], services: Iterable[str]) -> None:
        levels: dict[bytes, int] = {}
        self.levels: dict[bytes, int] = {str(one).encode(): SHARED for one in _everywhere(services)}
        self.events: dict[bytes, tuple[bytes, int]] = {}
        self.parts = [_parts(letter, levels) for letter in letters]
        for letter, parts in zip(letters, self.parts, strict=True):
            self.events[str(letter.head.event_id).encode()] = (parts.stream, parts.version)
            for found in TOKEN.finditer(letter.record):
                if found.lastgroup == "id":
                    self.levels[found[0]] = min(parts.level, self.levels.get(found[0], parts.level))


class Copyist:
    """Writes one county after the template; remembers its ids and the last hash of each of its streams."""

    def __init__(self, template: Template, place: Place) -> None:
        self._template, self.place = template, place
        self._streams: dict[bytes, UUID] = {}
        self._last: dict[bytes, bytes] = {}
        number = place.number + 1
        self._known = {
            COUNTY.encode(): place.code.encode(), CITY_CODE.encode(): place.city.encode(),
            COUNTY_NAME: f"示例{number}县".encode(), CITY_NAME: f"示例{place.number // CITIES_OF + 1}市".encode(),
        }

    def copied(self, parts: Parts) -> Copied:
        """The record as it stands in this county."""
        known, written = self._known, parts.pieces.copy()
        for place in range(1, len(written), 2):
            token = written[place]
            written[place] = known.get(token) or self._named(token)
        written[parts.hashed] = self._last.get(parts.stream, b"null")
        record = b"".join(written)
        self._last[parts.stream] = b'"%b"' % record_hash(record, parts.algorithm).encode()
        return Copied(parts.sender, self._stream(parts.stream), parts.version, parts.topic, record)

    def _named(self, old: bytes) -> bytes:
        told = self._template.events.get(old)
        if told is not None:
            made = str(event_id(self._stream(told[0]), told[1])).encode()
        elif old in self._template.levels:
            level = self._template.levels[old]
            word = ("", self.place.city, self.place.code)[level]
            made = old if word in ("", CITY_CODE, COUNTY) else str(uuid5(UUID(old.decode()), word)).encode()
        else:
            return old
        self._known[old] = made
        return made

    def _stream(self, old: bytes) -> UUID:
        known = self._streams.get(old)
        if known is None:
            known = self._streams[old] = UUID((self._known.get(old) or self._named(old)).decode())
        return known


def copies(template: Template, count: int) -> Iterator[Copied]:
    """All counties side by side, in the order of time; what is shared is written once."""
    writers = [Copyist(template, place) for place in places(count)]
    whose = {SHARED: writers[:1], OF_CITY: writers[::CITIES_OF], OF_COUNTY: writers}
    for parts in template.parts:
        for writer in whose[parts.level]:
            yield writer.copied(parts)


def posted(batch: Iterable[Copied], ends: dict[str, int]) -> list[Letter]:
    """Records as their senders' next letters; `ends` holds each log's last position and moves on."""
    letters = []
    for one in batch:
        end = ends.get(one.sender, 0)
        letters.append(Letter(one.sender, end + 1, end, one.topic, one.record))
        ends[one.sender] = end + 1
    return letters


def _parts(letter: Letter, levels: dict[bytes, int]) -> Parts:
    head, pieces, after, hashed = letter.head, list[bytes](), 0, 0
    for found in TOKEN.finditer(letter.record):
        pieces += [letter.record[after:found.start()], found[0]]
        after = found.end()
        if found.lastgroup == "hash" and not hashed:
            hashed = len(pieces) - 1
    stream = str(head.stream).encode()
    level = levels.setdefault(stream, _level(letter.record))
    pieces.append(letter.record[after:])
    return Parts(letter.sender, stream, head.version, letter.topic, head.algorithm, level, pieces, hashed)


def _level(record: bytes) -> int:
    codes = {found[0] for found in TOKEN.finditer(record) if found.lastgroup == "code"}
    return OF_COUNTY if COUNTY.encode() in codes else OF_CITY if codes else SHARED


def _everywhere(services: Iterable[str]) -> Iterator[UUID]:
    """Those who act in every place."""
    yield from (administrator(name).person_id for name in ADMINISTRATORS)
    yield from (uuid5(DUDAO, f"service/{name}") for name in services)
