"""Bulk work: much is held, nothing of it in circles, so looking for circles in it would cost a third of the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_bulk() -> Iterator[None]:
    """The cycle collector rests; what is let go is freed by its count as always. Works may nest."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
