"""The casebook in memory: for tests, rehearsals and simulations."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from contracts.letter import Letter
from services.chassis.casebook import PAGE, Filed, check_order, check_same, from_micros, micros


class MemoryCasebook:
    """Lists and dictionaries; several threads may read while one files."""

    def __init__(self) -> None:
        self._letters: list[Letter] = []
        self._known: list[int] = []
        self._places: dict[tuple[str, int], int] = {}
        self._heard: dict[str, int] = {}
        self._cases: dict[UUID, list[int]] = defaultdict(list)
        self._streams: dict[UUID, list[int]] = defaultdict(list)

    def file(self, letters: Sequence[Letter]) -> int:
        """All or none: everything is checked before anything is kept."""
        for letter in self._fresh(letters):
            self._keep(letter)
        return self.last_number()

    def _fresh(self, letters: Sequence[Letter]) -> list[Letter]:
        heard: dict[str, int] = dict(self._heard)
        told: dict[tuple[str, int], Letter] = {}
        for letter in letters:
            place = (letter.sender, letter.position)
            if letter.position <= heard.get(letter.sender, 0):
                check_same(letter, told[place].record if place in told else self._record(place))
                continue
            check_order(letter, heard.get(letter.sender, 0))
            heard[letter.sender], told[place] = letter.position, letter
            letter.head  # noqa: B018 - a record without a head must fail before anything is kept
        return list(told.values())

    def _record(self, place: tuple[str, int]) -> bytes | None:
        number = self._places.get(place)
        return None if number is None else self._letters[number - 1].record

    def _keep(self, letter: Letter) -> None:
        head, number = letter.head, len(self._letters) + 1
        self._known.append(max(micros(head.recorded_at), self._known[-1] if self._known else 0))
        self._places[letter.sender, letter.position] = number
        self._heard[letter.sender] = letter.position
        self._streams[head.stream].append(number)
        for case_id in dict.fromkeys(head.case_ids):
            self._cases[case_id].append(number)
        self._letters.append(letter)

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter filed."""
        return self._heard.get(sender, 0)

    def read(
        self, after: int = 0, limit: int = PAGE, upto: int | None = None,
        names: Collection[str] | None = None,
    ) -> Sequence[Filed]:
        """Letters after a number, in order."""
        found: list[Filed] = []
        for number in range(after + 1, self._end(upto) + 1):
            letter = self._letters[number - 1]
            if names is None or letter.name in names:
                found.append(Filed(number, letter))
                if len(found) == limit:
                    break
        return found

    def of_case(self, case_id: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a case, in order."""
        return self._filed(self._cases.get(case_id, ()), upto)

    def of_stream(self, stream: UUID, upto: int | None = None) -> Sequence[Filed]:
        """Every letter of a stream, in order."""
        return self._filed(self._streams.get(stream, ()), upto)

    def _filed(self, numbers: Sequence[int], upto: int | None) -> Sequence[Filed]:
        return [Filed(n, self._letters[n - 1]) for n in numbers if n <= self._end(upto)]

    def _end(self, upto: int | None) -> int:
        return self.last_number() if upto is None else min(upto, self.last_number())

    def number_of(self, sender: str, position: int) -> int | None:
        """The number of a sender's letter."""
        return self._places.get((sender, position))

    def last_number(self) -> int:
        """How many letters there are."""
        return len(self._letters)

    def number_at(self, instant: datetime) -> int:
        """The longest beginning recorded at or before an instant."""
        return bisect_right(self._known, micros(instant))

    def instant_of(self, number: int) -> datetime | None:
        """The latest instant recorded up to a number."""
        return from_micros(self._known[number - 1]) if 0 < number <= len(self._known) else None
