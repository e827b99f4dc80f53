"""Directory: who holds which roles where, folded from the registry's letters; the door reads it to sign tokens."""

from typing import Any
from uuid import UUID

from contracts.letter import Letter
from contracts.registry.role_holding import RoleGranted, RoleRevoked
from contracts.values import Role
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.chassis.reference import Reference
from services.chassis.scope import EVERYWHERE


class Directory:
    """People and their roles; at one body or unit at a time a person acts."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._held: dict[UUID, list[Any]] = {}

    def hear(self, letter: Letter) -> None:
        """Take in a grant or its end."""
        event = letter.event
        if isinstance(event, RoleGranted):
            self._held.setdefault(event.person_id, []).append(event)
        elif isinstance(event, RoleRevoked):
            held = self._held.get(event.person_id, [])
            self._held[event.person_id] = [grant for grant in held if not _same(grant, event)]

    def identity(self, person_id: UUID, at: UUID | None = None) -> Identity:
        """The person as they act at one body or unit (the first, unless `at` says); Refused PERSON_UNKNOWN."""
        grants = [g for g in self._held.get(person_id, []) if at in (None, g.body_id, g.unit_id)]
        if not grants:
            raise Refused("PERSON_UNKNOWN", "没有此人的任职记录")
        first = grants[0]
        here = [g for g in grants if (g.body_id, g.unit_id) == (first.body_id, first.unit_id)]
        return Identity(
            person_id=person_id, roles=frozenset(g.role for g in here), scope=self._scope(first),
            body_id=first.body_id, unit_id=first.unit_id, acts_for=first.acts_for,
        )

    def _scope(self, grant: RoleGranted) -> str:
        if grant.unit_id is not None:
            return self._reference.unit_path(grant.unit_id)
        if grant.body_id is not None:
            return self._reference.scope_of(grant.body_id)
        return ""


def root(person_id: UUID, *roles: Role) -> Identity:
    """An administrator of the deployment itself, before any body is registered."""
    return Identity(person_id=person_id, roles=frozenset(roles), scope=EVERYWHERE)


def _same(grant: RoleGranted, event: RoleRevoked) -> bool:
    return (grant.role, grant.body_id, grant.unit_id) == (event.role, event.body_id, event.unit_id)
