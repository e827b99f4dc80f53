"""Turns: commands that would take from the same register wait for each other, instead of clashing when they commit."""

from collections.abc import Hashable
from contextlib import AbstractContextManager
from threading import Lock

STRIPES = 64


class Turns:
    """A fixed number of locks for any number of registers: two that share one only wait a little longer."""

    def __init__(self) -> None:
        self._locks = tuple(Lock() for _ in range(STRIPES))

    def at(self, *register: Hashable) -> AbstractContextManager[object]:
        """Held while one commits; between processes a clash is still decided afresh."""
        return self._locks[hash(register) % STRIPES]
