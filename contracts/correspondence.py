"""Who hears whom: the senders whose letters each listener takes in, one queue for each pair.

A listener that is not named here gets no queue, and no sender answers when it asks for missed letters.
"""

from collections.abc import Mapping

WRITERS = ("registry", "personnel", "scheduling", "findings", "rectification", "accountability")

HEARS: Mapping[str, tuple[str, ...]] = {
    "registry": ("registry",),
    "personnel": ("registry", "personnel", "scheduling", "findings", "rectification"),
    "scheduling": ("registry", "personnel", "scheduling", "findings"),
    "findings": ("registry", "scheduling", "findings", "rectification"),
    "rectification": ("registry", "scheduling", "findings", "rectification"),
    "accountability": ("registry", "findings", "rectification", "accountability"),
    "audit": WRITERS,
}


def listeners_of(sender: str, hears: Mapping[str, tuple[str, ...]] = HEARS) -> tuple[str, ...]:
    """Who has a queue for this sender's letters."""
    return tuple(listener for listener, senders in hears.items() if sender in senders)
