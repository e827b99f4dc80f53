"""Short ids and the real ids they stand for."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from contracts.values import DUDAO


class Unnamed(ValueError):
    """A short id that stands for nothing yet, where it must."""

    code = "NAME_UNKNOWN"


class Names:
    """A new short id gets a real one that follows from the space's title, so that every play is the same."""

    def __init__(self, title: str, bound: Mapping[str, UUID] | None = None) -> None:
        self._space = uuid5(DUDAO, f"names/{title}")
        self.bound: dict[str, UUID] = dict(bound or {})

    def id_of(self, short: str) -> UUID:
        """The real id; written out, it stands for itself."""
        return self.known(short) or self.bound.setdefault(short, self.minted(short))

    def known(self, short: str) -> UUID | None:
        """The real id of a short one that was used before, or of an id written out."""
        try:
            return self.bound.get(short) or UUID(short)
        except ValueError:
            return None

    def existing(self, short: str, what: str = "对象") -> UUID:
        """As `known`; raises Unnamed."""
        found = self.known(short)
        if found is None:
            raise Unnamed(f"没有名为“{short}”的{what}")
        return found

    def minted(self, *parts: object) -> UUID:
        """The id that follows from the title and these words."""
        return uuid5(self._space, "/".join(map(str, parts)))

    def bind(self, short: str, real: UUID) -> None:
        """From now on the short id stands for this one."""
        self.bound[short] = real

    def short_of(self, text: str) -> str:
        """A text in which the ids that have a short name are written short."""
        for short, real in self.bound.items():
            text = text.replace(str(real), short)
        return text
