"""RoleHolding (授权): the roles one person holds; three kinds of administrator never meet in one person."""

from typing import Any
from uuid import UUID

from contracts.registry import role_holding as said
from contracts.values import Role
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Facts
from services.chassis.life_cycle import NEW, SAME, LifeCycle, refuses, row

ADMINISTRATORS = frozenset({
    Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR,
})
SERVICES = frozenset({Role.POLICY, Role.TIMER})

Held = tuple[Role, UUID | None, UUID | None]


@refuses("系统、安全、审计三类管理员须由三个人分别担任")
def administrators_not_apart(holding: "RoleHolding", command: Any, _: Facts) -> bool:
    """No one holds two of the three (quality S5)."""
    others = {role for role, _, _ in holding.held} & ADMINISTRATORS - {command.role}
    return command.role in ADMINISTRATORS and bool(others)


@refuses("服务身份不能授予个人")
def service_identity(_: Any, command: Any, __: Facts) -> bool:
    """Policies and timers are no persons."""
    return command.role in SERVICES


@refuses("任何人不得给自己授权")
def granted_to_oneself(_: Any, command: Any, facts: Facts) -> bool:
    """A grant takes two people."""
    return command.person_id == facts.actor.person_id


@refuses("该人员并无此角色")
def not_held(holding: "RoleHolding", command: Any, _: Facts) -> bool:
    """Only what is held can be taken back."""
    return (command.role, command.body_id, command.unit_id) not in holding.held


HOLDING = LifeCycle("holding", "授权", "HELD", (
    row(f"{NEW}, HELD", said.GrantRole, {said.RoleGranted: "HELD"},
        who=[granted_to_oneself], when=[service_identity, administrators_not_apart]),
    row("HELD", said.RevokeRole, {said.RoleRevoked: SAME}, who=[granted_to_oneself], when=[not_held]),
))


class RoleHolding(Aggregate, kw_only=True):
    """Everything one person may do, by body and unit."""

    life_cycles = (HOLDING,)
    held: list[Held] = []

    def grant_role(self, _: Any, command: Any, __: Facts) -> tuple[Any, ...]:
        """Quiet when the role is held already."""
        held = (command.role, command.body_id, command.unit_id) in self.held
        return () if held else (said.RoleGranted(**_fields(command)),)

    def on_role_granted(self, _: Any, event: said.RoleGranted) -> None:
        """One more."""
        self.held.append((event.role, event.body_id, event.unit_id))

    def on_role_revoked(self, _: Any, event: said.RoleRevoked) -> None:
        """One less."""
        self.held.remove((event.role, event.body_id, event.unit_id))


def _fields(command: Any) -> dict[str, Any]:
    return {name: getattr(command, name) for name in said.RoleGranted.__struct_fields__}
