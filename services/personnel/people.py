"""The people desk: whoever enrols puts a person's name into the vault; whoever may, reads it. No event has it."""

from collections.abc import Mapping
from uuid import UUID

from contracts.values import Role
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.chassis.vault import Vault

ENROLS = frozenset({Role.OFFICE_STAFF, Role.SECURITY_ADMINISTRATOR})
KNOWN = frozenset({"name", "telephone", "identityNumber"})
READERS = frozenset({Role.OFFICE_STAFF, Role.INSPECTOR, Role.TEAM_LEADER, Role.AUDIT_ADMINISTRATOR})


class People:
    """Names, telephones and identity numbers, by person id."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def enrol(self, by: Identity, person_id: UUID, fields: Mapping[str, str]) -> None:
        """Keep what identifies a person; Refused ROLE_NOT_ALLOWED, FIELD_UNKNOWN, NAME_MISSING or PERSON_DESTROYED."""
        _allow(by, ENROLS)
        strange = sorted(fields.keys() - KNOWN)
        if strange:
            raise Refused("FIELD_UNKNOWN", f"不保存此类个人信息：{'、'.join(strange)}")
        if not (fields.get("name") or self._vault.get(person_id).get("name", "")).strip():
            raise Refused("NAME_MISSING", "须写明姓名")
        self._vault.put(person_id, fields)

    def name_of(self, by: Identity, person_id: UUID) -> str:
        """The name, or 已销毁 when it was destroyed; anyone reads their own, others need the right."""
        if by.person_id != person_id:
            _allow(by, READERS)
        try:
            return self._vault.get(person_id).get("name", "")
        except Refused:
            return "（已销毁）"

    def forget(self, by: Identity, person_id: UUID) -> None:
        """Destroy the key of a person, for ever; the security administrator alone may."""
        _allow(by, frozenset({Role.SECURITY_ADMINISTRATOR}))
        self._vault.destroy(person_id)


def _allow(by: Identity, roles: frozenset[Role]) -> None:
    if not by.roles & roles:
        raise Refused("ROLE_NOT_ALLOWED", "您的角色无权执行此操作")
