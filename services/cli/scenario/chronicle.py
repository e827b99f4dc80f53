"""The chronicle: every letter of every service in the one order in which they were carried."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from contracts.letter import Letter

REGISTRY = "registry"


class Chronicle:
    """Hears every service; what a letter causes stands behind it."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._heard: dict[str, int] = {}

    def heard(self, sender: str) -> int:
        """Position of the sender's last letter."""
        return self._heard.get(sender, 0)

    def hear(self, letters: Sequence[Letter]) -> None:
        """Put letters of one sender behind the others."""
        self.letters += letters
        self._heard[letters[-1].sender] = letters[-1].position

    def of_unit(self, unit_id: UUID) -> list[Letter]:
        """What stands in the files of one unit."""
        return [each for each in self._told() if (each.head.unit_path or "").endswith(str(unit_id))]

    def of_case(self, ids: Iterable[UUID]) -> list[Letter]:
        """The cases in which these ids are mentioned; all cases when none is."""
        words = [str(each).encode() for each in ids]
        cases = {
            case for letter in self._told() if any(word in letter.record for word in words)
            for case in letter.head.case_ids
        }
        return [each for each in self._told() if not cases or cases & {*each.head.case_ids}]

    def _told(self) -> list[Letter]:
        return [letter for letter in self.letters if letter.sender != REGISTRY]
