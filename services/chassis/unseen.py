"""Unseen: what is sealed or restricted answers whoever may not know of it as if it were not there."""

from typing import Any
from uuid import UUID

from contracts.record import Command, stream_of
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Origin
from services.chassis.identity import Identity
from services.chassis.loading import OfAnotherKind, nothing_under, origin_of
from services.chassis.scope import within
from services.chassis.work import KEPT, Intent, Work


def unseen(identity: Identity | None, origin: Origin | None, parties: frozenset[str] = frozenset()) -> bool:
    """Whether a stream must not exist for whoever asks; a service itself (None) sees all its streams."""
    if identity is None or origin is None or origin.confidentiality not in KEPT:
        return False
    return not within(identity, origin, parties)


def last_origin(app: Any, stream: UUID) -> Origin | None:
    """To whom a stream belongs, whatever its kind; None when there is none."""
    last = next(iter(app.events.get(stream, desc=True, limit=1)), None)
    return origin_of(last.head) if last is not None else None


def addressed_by(app: Any, work: Work, intent: Intent) -> Aggregate:
    """What a command is for; of what its sender may not know, an empty stream. Raises Refused as if nothing were there.

    Only an id that is taken cannot be given away twice: whoever creates something under it meets CONFLICT.
    """
    try:
        found: Aggregate = app.addressed(work, intent.command)
    except OfAnotherKind as other:
        if not unseen(intent.identity, last_origin(app, other.stream)):
            raise
        return _empty(app, intent.command, other.stream)
    origin = app.concerning(found, intent.command) or found.origin
    return _empty(app, intent.command, found.stream) if unseen(intent.identity, origin, app.parties(found)) else found


def _empty(app: Any, command: Command, stream: UUID) -> Aggregate:
    if stream_of(command) is None:
        raise nothing_under(getattr(command, type(command).entity_key or "", None))
    kind: type[Aggregate] = app.kind_of(type(command), stream)
    return kind(stream=stream)
