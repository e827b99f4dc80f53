"""RoleHolding (授权): the roles a person holds at bodies and units; one stream per person."""

from uuid import UUID

from contracts.record import Command, Event
from contracts.values import Role

# --- commands ---------------------------------------------------------------------------------


class _OfHolding(Command, kw_only=True):
    roles = frozenset({Role.SECURITY_ADMINISTRATOR})
    stream_key = ("holding_id",)
    natural_key = ("person_id",)
    holding_id: UUID
    person_id: UUID
    role: Role
    body_id: UUID | None = None
    unit_id: UUID | None = None
    acts_for: UUID | None = None


class GrantRole(_OfHolding, kw_only=True):
    """授予一个人在某机构或某单位的角色。"""


class RevokeRole(_OfHolding, kw_only=True):
    """收回一个人在某机构或某单位的角色。"""

    reason: str | None = None


# --- events -----------------------------------------------------------------------------------


class RoleGranted(Event, kw_only=True):
    """角色已授予。"""

    holding_id: UUID
    person_id: UUID
    role: Role
    body_id: UUID | None = None
    unit_id: UUID | None = None
    acts_for: UUID | None = None


class RoleRevoked(Event, kw_only=True):
    """角色已收回。"""

    holding_id: UUID
    person_id: UUID
    role: Role
    body_id: UUID | None = None
    unit_id: UUID | None = None
    acts_for: UUID | None = None
    reason: str | None = None
