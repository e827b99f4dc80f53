"""A command on its way to a service, whatever the door: who sends it, when it happened, and why."""

from datetime import datetime
from uuid import UUID

import msgspec

from contracts.values import Confidentiality, Value


class Submission(Value, kw_only=True):
    """`command_id` is minted with the form, not with the click; `body` is the command's JSON."""

    command_id: UUID
    name: str
    body: msgspec.Raw
    token: str
    occurred_at: datetime | None = None
    reason: str | None = None
    correlation_id: UUID | None = None
    expected_version: int | None = None
    document_refs: tuple[str, ...] = ()
    confidentiality: Confidentiality | None = None
