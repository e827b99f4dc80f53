"""The lead desk: who may read the words of a lead and its source, and who may destroy them for ever."""

from uuid import UUID

import msgspec

from contracts.values import FIELD, Role
from services.chassis.application import ServiceApplication
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused
from services.chassis.scope import within
from services.findings.domain.public_lead import PublicLead


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, and by whom where they said so."""

    text: str
    source: str | None = None


class LeadDesk:
    """Reads sealed leads of one service."""

    def __init__(self, app: ServiceApplication) -> None:
        self._app = app

    def read(self, by: Identity, lead_id: UUID) -> Words:
        """In clear; Refused ROLE_NOT_ALLOWED, NOT_FOUND (also where nobody may know of it) or SEAL_DESTROYED."""
        if not by.roles & FIELD:
            raise Refused("ROLE_NOT_ALLOWED", "您的角色无权阅看群众反映")
        lead = self._lead(lead_id)
        if lead.origin is None or lead.text_sealed is None or by.unit_id == lead.school_id:
            raise _no_lead(lead_id)
        if not within(by, lead.origin):
            raise _no_lead(lead_id)
        source = self._app.sealing.open(lead.source_sealed, lead_id) if lead.source_sealed else None
        return Words(text=self._app.sealing.open(lead.text_sealed, lead_id), source=source)

    def forget(self, by: Identity, lead_id: UUID) -> None:
        """Destroy the key: nobody reads it any more, every hash and count stays; the security administrator alone."""
        if Role.SECURITY_ADMINISTRATOR not in by.roles:
            raise Refused("ROLE_NOT_ALLOWED", "您的角色无权执行此操作")
        self._app.sealing.destroy(self._lead(lead_id).stream)

    def _lead(self, lead_id: UUID) -> PublicLead:
        found = self._app.load(PublicLead, lead_id)
        if not isinstance(found, PublicLead):
            raise _no_lead(lead_id)
        return found


def _no_lead(lead_id: UUID) -> Refused:
    return Refused("NOT_FOUND", f"没有编号为“{lead_id}”的群众反映")
