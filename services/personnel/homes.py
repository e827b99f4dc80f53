"""To whom a new stream of personnel belongs, where the usual answer is not the right one."""

from uuid import UUID

import msgspec

from contracts.personnel.internal_supervisor import AppointLeader, EngageInternal
from contracts.values import Confidentiality, Tier
from services.chassis.facts import Origin
from services.chassis.scope import last_of
from services.chassis.work import Intent
from services.personnel.domain.inspector import Inspector
from services.personnel.finding import App, found


def of_the_school(app: App, command: AppointLeader | EngageInternal, intent: Intent) -> Origin:
    """A school's own staff: the level is the school's, the owner is whoever manages it."""
    unit = app.reference.unit(command.school_id)
    path, manager = app.reference.unit_path(unit.unit_id), unit.managed(intent.at).managed_by
    return Origin(
        jurisdiction=unit.place, tier=Tier.SCHOOL, owner_body=manager,
        owner_path=app.reference.owner_path(manager) if manager else path, unit_path=path,
    )


def of_the_accused(app: App, inspector_id: UUID, intent: Intent) -> Origin:
    """A case of conduct belongs to the inspector's own body, else to the body that hears of it; it is restricted.

    Anybody may report: the unit's path is the reporter's own while the scope is checked, and is not recorded.
    """
    accused, cause = found(app, Inspector, inspector_id), intent.cause
    home = accused.origin if accused and accused.origin else _of_whoever_hears(app, intent)
    return msgspec.structs.replace(
        home, unit_path=_reporters_path(app, intent), case_ids=cause.case_ids if cause else (),
        correlation_id=cause.correlation_id if cause else None, confidentiality=Confidentiality.RESTRICTED,
    )


def _of_whoever_hears(app: App, intent: Intent) -> Origin:
    actor, cause = intent.actor, intent.cause
    owner = actor.acts_for or actor.body_id or (last_of(cause.owner_path) if cause else None)
    if owner is None and actor.unit_id is not None:
        owner = app.reference.unit(actor.unit_id).managed(intent.at).managed_by
    body = app.reference.body(owner)
    return Origin(
        jurisdiction=body.place, tier=body.tier, owner_body=body.body_id,
        owner_path=app.reference.owner_path(body.body_id),
    )


def _reporters_path(app: App, intent: Intent) -> str | None:
    if intent.identity is None:
        return None
    if intent.actor.unit_id is not None:
        return app.reference.unit_path(intent.actor.unit_id)
    return app.reference.owner_path(intent.actor.body_id) if intent.actor.body_id else None
