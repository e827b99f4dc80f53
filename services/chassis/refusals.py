"""The journal of refusals: what was not done is no event, but an audit can show who was refused what, and when.

One JSON line each, on the logger `dudao.refusals`, among the process's other lines; `dudao_commands_total` counts.
A line names ids only, as a record's head does: no name, no text, none of the command's content.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from contracts.submission import Submission
from contracts.wire import commands
from services.chassis.identity import Identity
from services.chassis.life_cycle import Refused

journal = logging.getLogger("dudao.refusals")


@contextmanager
def journaled(service: str, submission: Submission, identity: Identity) -> Iterator[None]:
    """Around the deciding of a command: a refusal is written down and goes on to whoever asked."""
    try:
        yield
    except Refused as refused:
        journal.info("%s", msgspec.json.encode({
            "service": service, "command": submission.name, "code": refused.code, "about": _about(submission),
            "commandId": submission.command_id, "correlationId": submission.correlation_id,
            "personId": identity.person_id, "roles": sorted(role.value for role in identity.roles),
            "bodyId": identity.body_id, "unitId": identity.unit_id, "actsFor": identity.acts_for,
        }).decode())
        raise


def _about(submission: Submission) -> dict[str, Any]:
    """The ids by which the command names what it is about; none for a command that nobody knows."""
    kind = commands().get(submission.name)
    if kind is None:
        return {}
    named = {*kind.stream_key, kind.entity_key}
    wanted = [field.encode_name for field in msgspec.structs.fields(kind) if field.name in named]
    said = msgspec.json.decode(bytes(submission.body))
    return {name: said[name] for name in wanted if name in said}
