"""Where a matter of accountability belongs: to which cases and unit, and who outside may act on it."""

from typing import Any
from uuid import UUID

from services.accountability.domain.accountability_case import AccountabilityCase
from services.accountability.domain.appraisal_reference import AppraisalReference
from services.accountability.remembered import Thread
from services.chassis.loading import origin_of
from services.chassis.reference import Unit

ADDRESSED = ("to_department_id", "to_authority_id", "to_body_id", "enforcement_body_id")


def cases(app: Any, command: Any) -> tuple[UUID, ...]:
    """The cases of what a command is based on: items and orders as they were told, own matters as they stand."""
    named = getattr(command, "source_ids", ()) or getattr(command, "basis_ids", ())
    sources = [*named, getattr(command, "accountability_case_id", None), getattr(command, "source_id", None)]
    found = (case for source in sources if source is not None for case in _cases_of(app, source))
    return tuple(dict.fromkeys(found))


def _cases_of(app: Any, source: UUID) -> tuple[UUID, ...]:
    thread = app.kept.find(Thread, source)
    if thread is not None:
        return tuple(thread.case_ids)
    records = list(app.events.get(source, lte=1))
    return tuple(origin_of(records[0].head).case_ids) if records else ()


def unit_path(app: Any, command: Any, otherwise: str | None) -> str | None:
    """The unit a command names or its subject is; a person's file is no unit's."""
    subject = getattr(command, "subject", None)
    named = getattr(command, "unit_id", None) or getattr(command, "subject_id", None) or getattr(subject, "id", None)
    if named is None:
        case_id = getattr(command, "accountability_case_id", None)
        case = app.load(AccountabilityCase, case_id) if case_id else None
        return case.origin.unit_path if case else otherwise
    return app.reference.unit_path(named) if app.reference.knows(Unit, named) else None


def parties(app: Any, aggregate: Any) -> frozenset[str]:
    """Bodies to which something was addressed; of a file, the departments of every place above it."""
    named = {getattr(aggregate, field, None) for field in ADDRESSED}
    named |= set(getattr(aggregate, "recipients", ()))
    named |= {suggestion.to_authority_id for suggestion in getattr(aggregate, "suggestions", ())}
    if isinstance(aggregate, AppraisalReference) and aggregate.origin is not None:
        places = (aggregate.origin.unit_path or aggregate.origin.owner_path).split("/")[:-1]
        named |= {body.body_id for place in places for body in app.reference.bodies_at(place, "DEPARTMENT")}
    return frozenset(map(str, named - {None}))
