"""Reviewed policy documents as commands, at their own places or at a scenario's."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from contracts.record import derived_id
from contracts.registry.policy_document import Citation, PolicySource, PolicyStatus, PublishedValue, PublishPolicy
from services.chassis.policy_values import PolicyDocument
from services.cli.scenario.format import Jurisdiction
from services.cli.scenario.names import Unnamed
from services.cli.scenario.writing import NIL
from services.registry.policy_documents import reviewed_documents

NATION, LOCAL = "CN", "LOCAL"
ALSO_CALLED = {"WH": "SD-WH-EDZ"}
ZONE = "FUNCTIONAL_ZONE"


def published(named: Iterable[str], places: Iterable[Jurisdiction]) -> Iterator[PublishPolicy]:
    """The nation's and the local defaults, then the named places' documents at the scenario's own place.

    Raises Unnamed for a place without a reviewed document.
    """
    reviewed = _reviewed()
    for code in (NATION, LOCAL):
        yield from (publication(document) for document in reviewed if document.jurisdiction == code)
    for name in named:
        code = ALSO_CALLED.get(name, name)
        found = [document for document in reviewed if document.jurisdiction == code]
        if not found:
            raise Unnamed(f"没有名为“{name}”的政策文件")
        yield from (publication(rehomed(document, tuple(places))) for document in found if code not in (NATION, LOCAL))


@cache
def _reviewed() -> Sequence[PolicyDocument]:
    # Read once: whoever plays many scenarios would spend half the time on the same ten files.
    return tuple(reviewed_documents())


def rehomed(document: PolicyDocument, places: tuple[Jurisdiction, ...]) -> PolicyDocument:
    """The same text with its real clauses, holding at the world's top or, for a zone's text, at its zone."""
    tops = [place for place in places if place.parent is None]
    zones = [place for place in places if place.kind == ZONE and document.kind == ZONE]
    if not tops:
        raise Unnamed("世界里没有可以适用政策的地方")
    place = (zones or tops)[0]
    return msgspec.structs.replace(document, jurisdiction=place.code, parent=NATION)


def publication(document: PolicyDocument) -> PublishPolicy:
    """The command that publishes a document."""
    header = {name: getattr(document, name) for name in PolicyDocument.__struct_fields__}
    values = tuple(
        msgspec.convert({**msgspec.to_builtins(entry), "key": key}, PublishedValue)
        for key, entry in document.values.items()
    )
    header |= {
        "values": values, "status": PolicyStatus(document.status), "source": PolicySource(document.source),
        "cites": tuple(msgspec.convert(msgspec.to_builtins(cited), Citation) for cited in document.cites),
    }
    made = PublishPolicy(document_id=NIL, **header)
    return msgspec.structs.replace(made, document_id=derived_id(made))
