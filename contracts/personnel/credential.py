"""Credential (督学证): what an inspector shows on duty; valid at that moment or not."""

from datetime import date
from uuid import UUID

from contracts.record import Command, Event
from contracts.values import BODY, SYSTEM, Instant, Role

# --- commands ---------------------------------------------------------------------------------


class _OfCredential(Command, kw_only=True):
    stream_key = ("credential_id",)
    credential_id: UUID


class ApplyForCredential(_OfCredential, kw_only=True):
    """为取得督学资格的人员申领督学证。"""

    roles = BODY | frozenset({Role.INSPECTOR})
    inspector_id: UUID


class IssueCredential(_OfCredential, kw_only=True):
    """颁发督学证；编号由系统给出。"""

    roles = BODY
    issuer_body_id: UUID
    valid_from: date
    valid_to: date


class SuspendCredential(_OfCredential, kw_only=True):
    """暂停督学证，写明原因。"""

    roles = BODY | SYSTEM
    reason: str


class RestoreCredential(_OfCredential, kw_only=True):
    """原因消除，恢复督学证。"""

    roles = BODY | SYSTEM


class RevokeCredential(_OfCredential, kw_only=True):
    """吊销督学证；写明所依据的决定和是否公开。"""

    roles = BODY | SYSTEM
    decision_id: UUID | None = None
    public: bool = False


class ExpireCredential(_OfCredential, kw_only=True):
    """督学证有效期届满（由时钟发出）。"""

    roles = SYSTEM
    at: Instant


# --- events -----------------------------------------------------------------------------------


class CredentialApplied(Event, kw_only=True):
    """督学证已申领。"""

    credential_id: UUID
    inspector_id: UUID


class CredentialIssued(Event, kw_only=True):
    """督学证已颁发。"""

    credential_id: UUID
    inspector_id: UUID
    number: str
    issuer_body_id: UUID
    valid_from: date
    valid_to: date


class CredentialSuspended(Event, kw_only=True):
    """督学证已暂停。"""

    credential_id: UUID
    reason: str


class CredentialRestored(Event, kw_only=True):
    """督学证已恢复。"""

    credential_id: UUID


class CredentialRevoked(Event, kw_only=True):
    """督学证已吊销。"""

    credential_id: UUID
    decision_id: UUID | None = None
    public: bool = False


class CredentialExpired(Event, kw_only=True):
    """督学证已到期。"""

    credential_id: UUID
    at: Instant
