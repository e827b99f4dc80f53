"""Policy documents as published, edition by edition; look-ups are those of `chassis.policies`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from contracts.letter import Letter
from contracts.registry.policy_document import PolicyPublished
from services.chassis.policies import PolicyStore
from services.chassis.policy_values import PolicyDocument, PolicyValue, fraction
from services.chassis.reference import NATION
from services.chassis.reference_letters import policy_document
from services.reporting.views.rolling import Piece
from services.reporting.views.telling import Happenings, keyed_by, names_of, owned, plainly, told_by
from services.reporting.views.view import Page, View


class Edition(msgspec.Struct, kw_only=True, gc=False):
    """One edition, and where the registry's log has it: editions of one place hold in that order."""

    position: int
    document: PolicyDocument


class Published(Page, kw_only=True, gc=False):
    """The editions of one document of one place."""

    editions: list[Edition] = []


def _publish(page: Published, event: PolicyPublished, letter: Letter) -> None:
    page.editions.append(Edition(position=letter.position, document=policy_document(event)))


HAPPENINGS: Happenings = {PolicyPublished: _publish}

POLICIES = View(
    name="policies", title="政策文件登记", fold_version=1, page=Published, listens=names_of(HAPPENINGS),
    keys=keyed_by("document_id"), show=plainly,
    fold=told_by(HAPPENINGS, lambda letter, _: Published(**owned(letter))),
)


class Policies:
    """What was published, to be looked up for a place; the pieces say which letters a look-up rests on."""

    def __init__(self, pieces: Sequence[Piece], at: datetime) -> None:
        editions = [(edition, piece) for piece in pieces for edition in piece.page.editions]
        self._store, self._at = PolicyStore(), at
        self._pieces: dict[str, list[Piece]] = {}
        for edition, piece in sorted(editions, key=lambda pair: pair[0].position):
            self._store = self._store.publish(edition.document)
            self._pieces.setdefault(edition.document.jurisdiction, []).append(piece)

    def find(self, key: str, place: str, tier: str | None = None) -> PolicyValue | None:
        """The value that holds for a place, given as a path, at the moment asked for."""
        return self._store.find(key, (NATION, *place.strip("/").split("/")), self._at, tier)

    def value(self, key: str, place: str, tier: str | None = None) -> Any:
        """What it says, None where nobody set it."""
        found = self.find(key, place, tier)
        return None if found is None else found.v

    def rate(self, key: str, place: str, tier: str | None = None) -> Any:
        """An exact ratio, None where nobody set one."""
        found = self.find(key, place, tier)
        return None if found is None else fraction(found)

    def pieces(self, key: str, place: str, tier: str | None = None) -> Iterable[Piece]:
        """The pages that a look-up rests on."""
        found = self.find(key, place, tier)
        return () if found is None else self._pieces[found.jurisdiction]
