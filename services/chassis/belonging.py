"""To whom a stream belongs: what a service may say differently about its owner, its unit, its cases and its parties."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from contracts.record import Command
from contracts.values import Confidentiality, case_id
from services.chassis.aggregates import Aggregate
from services.chassis.facts import Origin
from services.chassis.loading import origin_of
from services.chassis.logged import LoggedApplication
from services.chassis.reference import Reference
from services.chassis.scope import unit_named
from services.chassis.work import Intent


class Belonging(LoggedApplication):
    """The plain answers; places, bodies and units are looked up in the service's own copies."""

    reference: Reference

    def origin(self, intent: Intent, stream: UUID) -> Origin:
        """To whom a new stream belongs: the issuing or acting body (a unit's: its manager's), and the unit named."""
        command, cause = intent.command, intent.cause
        unit_id = unit_named(command)
        unit_path = self.reference.unit_path(unit_id) if unit_id else cause.unit_path if cause else None
        owner = getattr(command, "issuing_body_id", None) or intent.actor.acts_for or intent.actor.body_id
        owner = owner or self.reference.manager_of(intent.actor.unit_id, intent.at)
        cases = self.cases(command, stream) or (cause.case_ids if cause else ())
        if owner is None and cause is not None:
            return msgspec.structs.replace(origin_of(cause), unit_path=unit_path, case_ids=cases)
        body = self.reference.body(owner)
        return Origin(
            jurisdiction=body.place, tier=body.tier, owner_body=body.body_id,
            owner_path=self.reference.owner_path(body.body_id), unit_path=unit_path, case_ids=cases,
            correlation_id=cause.correlation_id if cause else None,
            confidentiality=origin_of(cause).confidentiality if cause else Confidentiality.INTERNAL,
        )

    def cases(self, command: Command, stream: UUID) -> tuple[UUID, ...]:
        """The cases (案卷) a new stream belongs to: its units in the activity or visit it names."""
        unit_id = unit_named(command)
        for field in ("activity_id", "source_activity_id", "visit_id"):
            source = getattr(command, field, None)
            if source is not None and unit_id is not None:
                return (case_id(source, unit_id),)
        return (case_id(stream, unit_id),) if unit_id is not None else ()

    def parties(self, aggregate: Aggregate) -> frozenset[str]:
        """Bodies and units outside the owner's and unit's subtree that may act on a stream."""
        return frozenset()

    def concerning(self, aggregate: Aggregate, command: Command) -> Origin | None:
        """Whom a command to a stream is about; None for a new stream."""
        return aggregate.origin

    def moved(self, aggregate: Aggregate, events: Iterable[Any], origin: Origin) -> Origin:
        """The origin after these events: a unit's successor carries the stream on."""
        for event in events:
            successor = getattr(event, "to_unit_id", None)
            if successor is not None:
                origin = msgspec.structs.replace(origin, unit_path=self.reference.unit_path(successor))
        return origin
