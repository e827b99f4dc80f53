"""Scope: nobody sees or does anything outside the subtree of their body, or their own unit."""

from uuid import UUID

from services.chassis.facts import Origin
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused

EVERYWHERE = "/"
"""The scope of the deployment's own administrators and of a national reader."""
UNIT_FIELDS = ("unit_id", "school_id", "target_id")
"""Fields of a command that name the unit a new stream concerns; the first that is set."""


def covers(scope: str, path: str | None) -> bool:
    """Whether a path lies at or below a scope; `990000/` covers `990000/990101/…`, not `9900001/`."""
    if path is None or not scope:
        return False
    return scope == EVERYWHERE or path == scope or path.startswith(scope if scope.endswith("/") else f"{scope}/")


def last_of(path: str) -> UUID | None:
    """The body or unit a path ends with, None when it ends with a place."""
    try:
        return UUID(path.rpartition("/")[2])
    except ValueError:
        return None


def unit_named(said: object) -> UUID | None:
    """The unit that a command names, None when it names none."""
    return next((unit for field in UNIT_FIELDS if (unit := getattr(said, field, None)) is not None), None)


def within(identity: Identity, origin: Origin, parties: frozenset[str] = frozenset()) -> bool:
    """Whether the stream's owner or unit lies in the sender's scope, or the sender is a party to it."""
    mine = {str(identity.body_id), str(identity.unit_id), str(identity.acts_for)} - {"None"}
    inside = covers(identity.scope, origin.owner_path) or covers(identity.scope, origin.unit_path)
    return inside or bool(mine & parties)


def check_scope(identity: Identity, origin: Origin, parties: frozenset[str] = frozenset()) -> None:
    """Refuse unless `within`."""
    if not within(identity, origin, parties):
        raise Refused("OUT_OF_SCOPE", "该事项不在您的管辖范围内")
