"""Meters that count nothing: what a simulation counts are its faults."""

from typing import Any


class Mute:
    """Takes every call, and is every meter of every meter."""

    def __getattr__(self, name: str) -> "Mute":
        return self

    def __call__(self, *values: Any, **named: Any) -> "Mute":
        return self


MUTE: Any = Mute()
