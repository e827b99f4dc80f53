"""Links: which keys hang on which, both ways."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

NONE: frozenset[str] = frozenset()


class Links:
    """A relation that is looked up from either side; a key is told all its targets at once."""

    def __init__(self) -> None:
        self._targets: dict[str, tuple[str, ...]] = {}
        self._keys: dict[str, set[str]] = {}

    def put(self, key: str, targets: Iterable[str]) -> set[str]:
        """Hang a key on these targets and on no others; returns these and those it hung on before."""
        before, now = self._targets.get(key, ()), tuple(dict.fromkeys(targets))
        for target in before:
            self._keys[target].discard(key)
        for target in now:
            self._keys.setdefault(target, set()).add(key)
        self._targets[key] = now
        return {*before, *now}

    def targets(self, key: str) -> tuple[str, ...]:
        """What a key hangs on."""
        return self._targets.get(key, ())

    def keys(self, target: str) -> AbstractSet[str]:
        """What hangs on a target."""
        return self._keys.get(target, NONE)

    def all_of(self, targets: Iterable[str]) -> set[str]:
        """What hangs on any of these."""
        return {key for target in targets for key in self.keys(target)}

    def hung_on(self) -> list[str]:
        """Every target that something hangs on."""
        return [target for target, keys in self._keys.items() if keys]
